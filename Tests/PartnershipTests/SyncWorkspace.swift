import CourseModel
import Foundation
import HTTPClient
import Ingest
import Storage
import TestSupport

@testable import Partnership

/// A workspace whose sources are at addresses of a local server.
final class SyncWorkspace {
    static let today = CalendarDate(year: 2026, month: 11, day: 24)!

    let scratch: Scratch

    /// A workspace without sources, with the sample's places and skills.
    init() throws {
        scratch = try Scratch()
        let sample =
            URL(fileURLWithPath: #filePath).deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent().path + "/catalog/"
        try FileManager.default.createDirectory(
            atPath: scratch.path("catalog"), withIntermediateDirectories: true)
        try FileManager.default.createSymbolicLink(
            atPath: scratch.path("catalog/skills"), withDestinationPath: sample + "skills")
        // All regions, and of the places only Houten: loading them takes longer than most tests.
        for name in try FileManager.default.contentsOfDirectory(atPath: sample + "places")
        where name.hasSuffix(".tsv") {
            var lines = try String(contentsOfFile: sample + "places/" + name, encoding: .utf8)
                .split(separator: "\n")
            if ["postcodes.tsv", "towns.tsv", "aliases.tsv"].contains(name) {
                lines = lines.prefix(1) + lines.dropFirst().filter { $0.contains("\tHouten\t") }
            }
            try scratch.write(
                "catalog/places/" + name, lines.joined(separator: "\n") + "\n")
        }
    }

    /// Writes `catalog.toml` with one source `school` at an address.
    func configure(_ address: String, more: String = "allow-private = true") throws {
        try scratch.write(
            "catalog/catalog.toml",
            """
            [[partner]]
            id = "school"
            name = "School"
            [[partner.source]]
            id = "school"
            feed = "\(address)"
            \(more)
            """)
    }

    /// The catalogue, some seconds after the start of today.
    func open(after seconds: Int64 = 0) throws -> (catalogue: Catalogue, now: Moment) {
        let now = Moment(secondsSince1970: Moment(Self.today).secondsSince1970 + seconds)
        let workspace = try Workspace(folder: scratch.path("catalog"))
        return (Catalogue(workspace, today: Self.today, now: now), now)
    }

    /// Syncs all sources, with short pauses between attempts.
    ///
    /// - Parameter patience: Seconds for a document; a loaded machine needs many.
    func sync(
        after seconds: Int64 = 0, onlyDue: Bool = false, patience: Int = 30
    ) throws -> [SyncOutcome] {
        let (catalogue, now) = try open(after: seconds)
        var limits = HTTPLimits()
        limits.seconds = Double(patience)
        limits.slowSeconds = max(1, patience / 2)
        limits.attempts = 3
        limits.firstPause = 0.01
        limits.longestPause = 0.1
        let sync = SourceSync(catalogue, now: now, limits: limits)
        return try sync.run(catalogue.workspace.configuration.sources, onlyDue: onlyDue)
    }

    /// The titles of the courses that are offered.
    func titles() throws -> [String] {
        var titles: [String] = []
        try open().catalogue.store().snapshot { snapshot in
            try snapshot.forEachRecord { record in
                titles.append(record.record.course.title.text(in: [.dutch]) ?? "")
            }
        }
        return titles.sorted()
    }

    /// The runs of a source, newest first.
    func runs(_ source: String = "school") throws -> [RunRecord] {
        try open().catalogue.store().snapshot { try $0.runs(of: ID(source), limit: 50) }
    }
}
