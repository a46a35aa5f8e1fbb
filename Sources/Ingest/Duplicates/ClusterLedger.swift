import CourseModel
import FoundationEssentials
import Storage

/// Since when courses stand for others, or are stood for: so that who follows the catalogue is told when
/// a course becomes part of another one, or stands by itself again.
///
/// What is the same is found anew for each generation, and its own source may not have changed then. So
/// it is noted beside the store, generation by generation, what came of it.
public struct ClusterLedger: Hashable, Sendable {
    /// The last time that something changed for a course.
    struct Entry: Codable, Hashable, Sendable {
        /// The course that is shown in its place; `nil` when it stands by itself.
        var shownBy: ID<Course>?
        /// The courses that it stands for, in order of trust.
        var standsFor: [ID<Course>]
        /// The generation from which on that is so.
        var since: Int
    }

    private var entries: [ID<Course>: Entry] = [:]

    /// A ledger of a catalogue without courses that are the same.
    public init() {}

    /// Notes what a register says.
    mutating func note(_ register: DuplicateRegister) {
        var now: [ID<Course>: (shownBy: ID<Course>?, standsFor: [ID<Course>])] = [:]
        if register.isMerged {
            for cluster in register.clusters {
                now[cluster.shown] = (nil, cluster.others)
                for other in cluster.others { now[other] = (cluster.shown, []) }
            }
        }
        for course in Set(entries.keys).union(now.keys) {
            let state = now[course] ?? (nil, [])
            let known = entries[course]
            guard known?.shownBy != state.shownBy || (known?.standsFor ?? []) != state.standsFor
            else { continue }
            entries[course] = Entry(
                shownBy: state.shownBy, standsFor: state.standsFor,
                since: register.generation)
        }
    }

    /// What became of a course after a generation.
    public enum Change: Hashable, Sendable {
        /// It is no longer shown by itself, but as part of another.
        case hidden(by: ID<Course>)
        /// It is shown by itself, or stands for other courses than before.
        case shown
    }

    /// From which generation on a course stands as it does; `nil` when it always stood by itself.
    public func since(_ course: ID<Course>) -> Generation? {
        entries[course].map { Generation($0.since) }
    }

    /// The courses for which that changed after a generation, in order of id, with when it did.
    public func changes(
        after generation: Generation
    ) -> [(course: ID<Course>, change: Change, since: Generation)] {
        entries.filter { $0.value.since > generation.number }.sorted { $0.key < $1.key }.map {
            ($0.key, $0.value.shownBy.map { .hidden(by: $0) } ?? .shown, Generation($0.value.since))
        }
    }

    /// Reads a ledger; an empty one when there is none, or it cannot be understood.
    static func read(_ path: String) -> ClusterLedger {
        var ledger = ClusterLedger()
        guard let text = try? Workspace.read(path),
            let entries = try? JSONDecoder().decode([String: Entry].self, from: Data(text.utf8))
        else { return ledger }
        for (course, entry) in entries { ledger.entries[ID(course)] = entry }
        return ledger
    }

    /// The ledger as text, the same for the same content.
    func text() throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        let entries = Dictionary(uniqueKeysWithValues: entries.map { ($0.key.value, $0.value) })
        return String(decoding: try encoder.encode(entries), as: UTF8.self) + "\n"
    }
}

extension Workspace {
    /// Where it is noted since when courses stand for others.
    var clusterLedgerFile: String { stateFolder + "/clusters.json" }
}
