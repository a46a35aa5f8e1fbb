import CourseModel
import Foundation
import Ingest
import Storage
import TestSupport
import Testing

@testable import Partnership

@Suite("Who reports a wrong listing hears what came of it, and leaves nothing of themself")
struct ListingReportTests {
    private let workspace: AlertWorkspace
    private let box: ReportBox
    private let course: Course
    private let now = Moment(SyncWorkspace.today)

    init() throws {
        workspace = try AlertWorkspace()
        try workspace.offer("a,Snoeien,a1,2027-02-01", "b,Zagen,b1,2027-02-01")
        let catalogue = try workspace.catalogue()
        box = ReportBox(catalogue.workspace)
        var courses: [Course] = []
        try catalogue.store().snapshot { snapshot in
            try snapshot.forEachRecord { courses.append($0.record.course) }
        }
        course = try #require(courses.first)
    }

    private func later(_ days: Int64) -> Moment {
        Moment(secondsSince1970: now.secondsSince1970 + days * 86_400)
    }

    private func receive(_ text: String = "", at moment: Moment? = nil) throws -> ListingReport {
        try box.receive(of: course, title: "Snoeien", fault: .price, text: text, at: moment ?? now)
    }

    @Test("its status comes back by its reference: received, answered, closed")
    func status() throws {
        let report = try receive("Het is € 50 meer.")
        #expect(try box.report(report.reference, at: now) == report)
        #expect(report.status == .received && report.source.value == "school")
        _ = try box.answer(report.reference, "We vragen het na.", at: later(1))
        let answered = try box.report(report.reference.uppercased(), at: later(1))
        #expect(answered.status == .answered && answered.answer == "We vragen het na.")
        _ = try box.close(report.reference, as: .mended, nil, at: later(2))
        let closed = try box.report(report.reference, at: later(2))
        #expect(closed.status == .closed && closed.outcome == .mended)
        #expect(closed.answer == "We vragen het na.")
        #expect(closed.keptUntil == later(92))
    }

    @Test("references are never the same, and what is no reference finds nothing")
    func references() throws {
        let references = Set((0..<500).map { _ in ReportReference.random() })
        #expect(references.count == 500)
        let report = try receive()
        for text in [
            "", ".", "../catalog", String(report.reference.dropLast()), report.reference + "0",
            String(repeating: "0", count: 26), "*", report.reference.replacing("a", with: "/"),
        ] where text != report.reference {
            #expect(throws: ReportBox.Refusal.self, "\(text)") {
                try box.report(text, at: now)
            }
        }
    }

    @Test("a closed report is erased after 90 days, one that nobody closed after a year")
    func retention() throws {
        let closed = try receive()
        let open = try receive()
        _ = try box.close(closed.reference, as: .wasRight, "Het klopte.", at: later(1))
        #expect(try box.all(at: later(90)).count == 2)
        #expect(try box.all(at: later(91)).map(\.reference) == [open.reference])
        #expect(throws: ReportBox.Refusal.unknown(closed.reference)) {
            try box.report(closed.reference, at: later(91))
        }
        // The next report that comes erases what is kept no longer.
        _ = try receive(at: later(366))
        let folder = workspace.workspace.scratch.path("catalog/.leerwijzer/reports")
        let files = try FileManager.default.contentsOfDirectory(atPath: folder)
            .filter { $0.hasSuffix(".json") }
        #expect(files.count == 1)
    }

    @Test("a flood of reports stops at its bound, for one course and in all")
    func flood() throws {
        for _ in 0..<ReportBox.capacityOfCourse { _ = try receive() }
        #expect(throws: ReportBox.Refusal.enoughOfCourse) { try receive() }
        let folder = workspace.workspace.scratch.path("catalog/.leerwijzer/reports/")
        for number in 0..<ReportBox.capacity {
            try Data().write(to: URL(fileURLWithPath: folder + "x\(number).json"))
        }
        #expect(throws: ReportBox.Refusal.full) { try receive() }
    }

    @Test("a text is kept as text: no control characters, not longer than it may be")
    func text() throws {
        let report = try receive("  een\u{1B}[31m\r\ntwee\u{202E}\u{0}  \n")
        #expect(report.text == "een [31m\ntwee")
        #expect(throws: ReportBox.Refusal.tooLong(limit: 1_000)) {
            try receive(String(repeating: "é", count: 1_001))
        }
        let kept = try receive(String(repeating: "é", count: 1_000))
        #expect(kept.text.count == 1_000)
    }

    @Test("a report is readable by its owner only, and a damaged one is told")
    func files() throws {
        let report = try receive()
        let folder = workspace.workspace.scratch.path("catalog/.leerwijzer/reports/")
        let name = try #require(
            try FileManager.default.contentsOfDirectory(atPath: folder)
                .first { $0.hasPrefix(report.reference) })
        let attributes = try FileManager.default.attributesOfItem(atPath: folder + name)
        #expect(attributes[.posixPermissions] as? Int == 0o600)
        try Data("{".utf8).write(to: URL(fileURLWithPath: folder + name))
        #expect(throws: ReportBox.Refusal.self) { try box.all(at: now) }
    }

    @Test("reports come in from several threads at once without loss")
    func atOnce() async throws {
        let (box, course, now) = (box, course, now)
        try await withThrowingTaskGroup(of: String.self) { group in
            for _ in 0..<20 {
                group.addTask {
                    try box.receive(of: course, title: "", fault: .date, text: "", at: now)
                        .reference
                }
            }
            var references: Set<String> = []
            for try await reference in group { references.insert(reference) }
            let kept = try box.all(at: now).map(\.reference)
            #expect(references.count == 20 && Set(kept) == references)
        }
    }
}
