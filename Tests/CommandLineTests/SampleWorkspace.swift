import Foundation
import TestSupport

/// A copy of the sample catalogue in a folder of its own, without what was made of it.
final class SampleWorkspace: Sendable {
    /// The day that the sample feeds were made for; tests take it for today.
    static let today = "2026-11-24"

    let scratch: Scratch
    let program = Program.built("leerwijzer")

    /// Copies the whole sample, or only its data when a test brings its own feeds.
    init(feeds: Bool = true) throws {
        scratch = try Scratch()
        let sample = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent()
            .appendingPathComponent("catalog")
        let names = ["places", "skills"] + (feeds ? ["catalog.toml", "feeds", "profiles"] : [])
        for name in names {
            let target = URL(fileURLWithPath: scratch.path("catalog/" + name))
            try FileManager.default.createDirectory(
                at: target.deletingLastPathComponent(), withIntermediateDirectories: true)
            try FileManager.default.copyItem(at: sample.appendingPathComponent(name), to: target)
        }
    }

    /// Runs the program in the folder that holds `catalog`.
    func run(
        _ arguments: String..., input: String = "", today: String = SampleWorkspace.today,
        environment: [String: String] = [:], through wrapper: [String] = []
    ) throws -> Program.Outcome {
        try program.run(
            arguments + ["--today", today], in: scratch.folder, environment: environment,
            input: input, through: wrapper)
    }
}

/// The answer of a command as JSON.
func json(_ outcome: Program.Outcome) throws -> [String: Any] {
    let value = try JSONSerialization.jsonObject(with: Data(outcome.output.utf8))
    return value as? [String: Any] ?? [:]
}
