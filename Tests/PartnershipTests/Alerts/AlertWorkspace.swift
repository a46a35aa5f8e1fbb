import CourseModel
import Foundation
import HTTPClient
import Ingest
import Matching
import Places
import Storage
import TestSupport

@testable import Partnership

/// A workspace with one feed, whose offerings a test draws in a line each, and alerts.
final class AlertWorkspace {
    let workspace: SyncWorkspace
    private var seconds: Int64 = 0

    /// Days after ``SyncWorkspace/today`` that are taken for today.
    var days: Int32 = 0

    init(settings: String = #"from = "Leerwijzer <post@leerwijzer.example>""#) throws {
        workspace = try SyncWorkspace()
        try configure(settings)
    }

    func configure(_ settings: String) throws {
        try workspace.scratch.write(
            "catalog/catalog.toml",
            """
            name.nl = "Leren in Houten"
            name.en = "Learning in Houten"
            [[partner]]
            id = "school"
            name = "School"
            [[partner.source]]
            id = "school"
            feed = "feed.csv"
            [limits]
            max-loss = 1.0
            [alerts]
            \(settings)
            """)
    }

    /// Reads a feed of these rows: course, title, offering, start, status, places left.
    func offer(_ rows: String...) throws {
        try workspace.scratch.write(
            "catalog/feed.csv",
            "course_id,provider_id,provider,title,offering_id,start,status,places_left,city,"
                + "postcode\n" + rows.map { columns($0) + "\n" }.joined())
        seconds += 1
        let results = try catalogue().ingestAll()
        for result in results { _ = try result.outcome.get() }
    }

    private func columns(_ row: String) -> String {
        var cells = row.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
        cells += Array(repeating: "", count: 6 - cells.count)
        return ([cells[0], "p", "School"] + cells[1...] + ["Houten", "3991 AA"])
            .joined(separator: ",")
    }

    /// Writes an alert.
    func alert(_ name: String, _ text: String) throws {
        try workspace.scratch.write("catalog/alerts/\(name).toml", text)
    }

    /// An alert about pruning whose mail goes to a folder.
    func alertAboutPruning(_ more: String = "") throws {
        try alert(
            "snoeien",
            """
            title = "Snoeien"
            language = "nl"
            \(more)
            [search]
            words = "snoeien"
            [mail]
            to = "anna@example.org"
            folder = "mail"
            """)
    }

    func catalogue() throws -> Catalogue {
        let day = SyncWorkspace.today.adding(days: Int(days))
        return Catalogue(
            try Workspace(folder: workspace.scratch.path("catalog")), today: day,
            now: Moment(secondsSince1970: Moment(day).secondsSince1970 + seconds))
    }

    /// A run over the alerts, a second after what was done before it.
    func alertRun(clock: Int64 = 1_700_000_000) throws -> AlertRun {
        seconds += 1
        let catalogue = try catalogue()
        return AlertRun(
            catalogue, travel: TravelTimes(),
            now: Moment(secondsSince1970: Moment(catalogue.today).secondsSince1970 + seconds),
            clock: { clock }, waiting: .init(pause: { _ in }, random: { 0 }))
    }

    /// Runs the alerts and tells what became of the first way of the only one.
    @discardableResult
    func run() throws -> AlertOutcome {
        let outcome = try alertRun().run()[0]
        if let failure = outcome.failure { throw failure }
        return outcome
    }

    /// The messages in the mail folder, oldest first.
    func mail() throws -> [String] {
        let folder = workspace.scratch.path("catalog/mail")
        guard FileManager.default.fileExists(atPath: folder) else { return [] }
        let files = try FileManager.default.contentsOfDirectory(atPath: folder).map {
            try String(contentsOfFile: folder + "/" + $0, encoding: .utf8)
        }
        return files.sorted { date($0) < date($1) }
    }

    private func date(_ message: String) -> Substring {
        message.split(separator: "\r\n").first { $0.hasPrefix("Date: ") }?.dropFirst(11) ?? ""
    }
}
