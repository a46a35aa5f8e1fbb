import Answers
import CourseModel
import HTTPTypes
import Hummingbird
import Partnership
import Settings
import Storage

/// Reporting that a course’s listing is wrong, and asking what came of it.
enum ReportAPI {
    /// The largest report, in bytes: a thousand characters, each as an escape.
    static let mostBytes = 16_384

    static let operations: [Operation] = [
        Operation(
            .post, "/v1/reports", id: "report", "Report that a course’s listing is wrong.",
            detail: "Nothing is asked of who reports. Whoever has the reference in the answer can "
                + "ask for the status; it cannot be guessed and is not told again. A report is "
                + "erased \(ListingReport.daysClosed) days after it is closed, and "
                + "\(ListingReport.daysOpen) days after it came when nobody closes it. One client "
                + "may send a few at once and one a minute in the long run.",
            body: .init(
                "What is wrong. Do not write who you are.",
                schema: Schemas.reference("ReportDraft"),
                example: [
                    "course": "snoeischaar:snoeischaar:BS-REDDING", "fault": "price",
                    "text": "It is €50 more at the school.",
                ], most: mostBytes),
            answer: .init(
                "The report as it was kept.", schema: Schemas.reference("Report"),
                status: .created), problems: [.notUnderstood], caching: .never,
            effort: .heavy, keepsSomething: true, handle: receive),
        Operation(
            .get, "/v1/reports/{reference}", id: "report-status", "What came of a report.",
            parameters: [.path("reference", "The reference that the report was given.")],
            answer: .init("The report.", schema: Schemas.reference("Report")),
            problems: [.notFound], caching: .never
        ) { call in
            try .json(try report(call.parameters["reference"] ?? "", call).json)
        },
    ]

    private static func receive(_ call: Call) throws -> Response {
        let (course, fault, text) = try draft(call)
        let report = try receive(ID(course), fault, text, call)
        var response = try Response.json(report.json)
        response.status = .created
        response.headers[.location] = call.address("/v1/reports/\(report.reference)")
        return response
    }

    /// Reads a report of a request's body.
    private static func draft(
        _ call: Call
    ) throws(Problem) -> (course: String, fault: ListingReport.Fault, text: String) {
        guard let text = String(validating: call.body, as: UTF8.self) else {
            throw Problem(.malformedRequest, faults: [.init("body", "is not UTF-8 text")])
        }
        let table: SettingsTable
        do { table = try SettingsTable.read(json: text, file: "body") } catch {
            throw Problem(.malformedRequest, faults: [.init("body", error.message)])
        }
        let course = table.string("course")
        let fault = table.choice("fault", of: ListingReport.Fault.self)
        let words = table.string("text") ?? ""
        if course?.isEmpty ?? true, !table.has("course") || course != nil {
            table.missing("course", "give the id of the course")
        }
        if !table.has("fault") { table.missing("fault", "say what is wrong") }
        if words.unicodeScalars.count > ListingReport.longestText {
            table.fault("text", "is longer than \(ListingReport.longestText) characters")
        }
        do { try table.finish() } catch {
            throw Problem(
                .malformedRequest,
                faults: error.faults.map { .init($0.field.isEmpty ? "body" : $0.field, $0.message) }
            )
        }
        guard let course, let fault else {
            throw Problem(.malformedRequest, faults: [.init("body", "holds null")])
        }
        return (course, fault, words)
    }

    // MARK: For API and pages

    /// Keeps a report.
    ///
    /// - Throws: A ``Problem``: no course has that id, or reports are not taken now.
    static func receive(
        _ id: ID<Course>, _ fault: ListingReport.Fault, _ text: String, _ call: Call
    ) throws -> ListingReport {
        let catalogue = try call.catalogue
        let shown = try catalogue.store.snapshot { snapshot in
            try catalogue.shown(in: snapshot).course(id, in: snapshot)
        }
        guard let course = shown?.stored.record.course else {
            throw Problem(
                .notUnderstood, faults: [.init("course", "no course has the id “\(id)”")])
        }
        return try refusing {
            () throws(ReportBox.Refusal) in
            try ReportBox(catalogue.workspace).receive(
                of: course,
                title: course.title.text(in: catalogue.language.preferences) ?? course.nativeID,
                fault: fault, text: text, at: call.now)
        }
    }

    /// The report of a reference.
    ///
    /// - Throws: A ``Problem``: there is none.
    static func report(_ reference: String, _ call: Call) throws -> ListingReport {
        let workspace = try call.catalogue.workspace
        return try refusing { () throws(ReportBox.Refusal) in
            try ReportBox(workspace).report(reference, at: call.now)
        }
    }

    private static func refusing(
        _ body: () throws(ReportBox.Refusal) -> ListingReport
    ) throws -> ListingReport {
        do { return try body() } catch {
            switch error {
            case .unknown:
                throw Problem(.notFound, "there is no such report, or it is no longer kept")
            case .tooLong(let limit):
                throw Problem(
                    .malformedRequest,
                    faults: [.init("text", "is longer than \(limit) characters")])
            case .enoughOfCourse:
                throw Problem(.notUnderstood, faults: [.init("course", error.description)])
            case .full: throw Problem.unavailable(error.description, retryAfter: 86_400)
            case .unusable: throw error
            }
        }
    }
}

extension Call {
    /// The moment that is taken for now.
    var now: Moment { service.now }
}
