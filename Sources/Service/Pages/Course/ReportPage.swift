import Answers
import CourseModel
import HTTPTypes
import Hummingbird
import Partnership
import Storage

/// The page to report that a course’s listing is wrong, and the one that tells what came of it.
///
/// It asks no name and no address: who reports keeps the address of the second page.
struct ReportPage {
    private let frame: PageFrame
    private let call: Call
    private let language: AnswerLanguage

    init(_ frame: PageFrame) {
        self.frame = frame
        call = frame.call
        language = frame.language
    }

    private var course: ID<Course> { ID(call.parameters["id"] ?? "") }

    /// The empty form.
    func form() throws -> Response { try form(FormFields(), fault: nil) }

    /// Keeps what was filled in, and leads to the page that tells what comes of it.
    func receive() throws -> Response {
        let fields = try FormFields(body: call.body)
        guard let fault = fields["fault"].flatMap(ListingReport.Fault.init) else {
            return try form(
                fields,
                fault: language(
                    nl: "Kies wat er niet klopt.", en: "Choose what is wrong."))
        }
        let text = fields["text"] ?? ""
        guard text.unicodeScalars.count <= ListingReport.longestText else {
            return try form(
                fields,
                fault: language(
                    nl:
                        "Je uitleg is langer dan \(ListingReport.longestText) tekens. Maak hem korter.",
                    en: "Your explanation is longer than \(ListingReport.longestText) characters. "
                        + "Make it shorter."))
        }
        let report: ListingReport
        do { report = try ReportAPI.receive(course, fault, text, call) } catch let problem
            as Problem
            where problem.kind == .notUnderstood
        {
            // A course that is not there is told by the form itself.
            return try form(
                fields,
                fault: language(
                    nl: "Deze cursus is al vaker gemeld. De aanbieder moet er nog naar kijken.",
                    en: "This course was reported several times already. Its provider has still to "
                        + "look at it."))
        }
        return Response(
            status: .seeOther,
            headers: [
                .location: frame.path(.reported(report.reference)), .cacheControl: "no-store",
            ])
    }

    private func form(_ fields: FormFields, fault: String?) throws -> Response {
        let catalogue = try call.catalogue
        let shown = try catalogue.store.snapshot { snapshot in
            try catalogue.shown(in: snapshot).course(course, in: snapshot)
        }
        guard let known = shown?.stored.record.course else {
            throw Problem(
                .notFound,
                language(
                    nl: "Er is geen cursus met dit adres.",
                    en: "There is no course at this address."))
        }
        var all: Fields = [
            "courseTitle": known.title.text(in: language.preferences) ?? known.nativeID,
            "courseURL": frame.path(.course(course.value)),
            "action": frame.path(.report(course.value)), "privacyURL": frame.path(.privacy),
            "text": fields["text"] ?? "", "longest": ListingReport.longestText,
            "faults": ListingReport.Fault.allCases.map { fault -> Fields in
                [
                    "value": fault.rawValue, "label": fault.wording(language).capitalisedFirst,
                    "on": fields["fault"] == fault.rawValue,
                ]
            },
        ]
        if let fault { all["fault"] = fault }
        return try frame.respond(
            "report", title: language(nl: "Fout melden", en: "Report an error"),
            description: language(
                nl: "Meld wat er niet klopt aan een cursus.",
                en: "Report what is wrong with a course."), isPrivate: true,
            status: fault == nil ? .ok : .unprocessableContent, all)
    }

    /// What came of a report.
    func state() throws -> Response {
        let report = try ReportAPI.report(call.parameters["id"] ?? "", call)
        let wording = frame.wording
        func day(_ seconds: Int64) -> String {
            wording.date(Moment(secondsSince1970: seconds).day)
        }
        var fields: Fields = [
            "courseTitle": report.title, "courseURL": frame.path(.course(report.course.value)),
            "reference": report.reference, "fault": report.fault.wording(language).capitalisedFirst,
            "state": report.stateWording(language).capitalisedFirst,
            "received": day(report.receivedAt),
            "address": call.base + frame.path(.reported(report.reference)),
            "kept": wording.date(report.keptUntil.day),
        ]
        if let answer = report.answer { fields["answer"] = answer }
        if let decided = report.decidedAt { fields["decided"] = day(decided) }
        return try frame.respond(
            "reported", title: language(nl: "Je melding", en: "Your report"),
            description: language(
                nl: "Hoe het staat met je melding.", en: "How your report is doing."),
            isPrivate: true, fields)
    }
}

extension String {
    /// The text with its first letter as a capital.
    fileprivate var capitalisedFirst: String { prefix(1).uppercased() + dropFirst() }
}
