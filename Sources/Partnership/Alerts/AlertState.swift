import Answers
import CourseModel
import FoundationEssentials
import Glibc
import Storage

/// What is remembered of an alert: which offerings it told in which way, and nothing of who asked.
public struct AlertState: Codable, Sendable {
    /// When an offering was told.
    struct Told: Codable {
        /// When, in seconds since 1970.
        var at: Int64
        /// The last day on which it was found, in days since 1970.
        var found: Int32
    }

    /// What is remembered of one way.
    public struct Channel: Codable, Sendable {
        /// When it began, in seconds since 1970.
        var began: Int64
        /// What it told, by the offerings' ids.
        var told: [String: Told] = [:]
        /// When it last told something, in seconds since 1970.
        public internal(set) var lastTold: Int64?
        /// The generation of the catalogue that it last told from.
        public internal(set) var generation: Int?
        /// Why it cannot deliver now.
        public internal(set) var failure: String?
        /// Since when it cannot, in seconds since 1970.
        public internal(set) var failingSince: Int64?

        /// How many offerings it told, or found when it began.
        public var count: Int { told.count }
    }

    /// For how many days it is remembered that something was told that is found no more.
    fileprivate static let keptDays: Int32 = 400

    private var channels: [String: Channel] = [:]

    /// What is remembered of a way; `nil` before its first time.
    public subscript(channel: Alert.Channel) -> Channel? {
        get { channels[channel.rawValue] }
        set { channels[channel.rawValue] = newValue }
    }

    /// Forgets ways that the alert has no more.
    mutating func keep(only known: [Alert.Channel]) {
        channels = channels.filter { name, _ in known.contains { $0.rawValue == name } }
    }

    /// The state in a file; an empty one when it is not there.
    static func read(_ path: String) throws -> AlertState {
        guard access(path, F_OK) == 0 else { return AlertState() }
        guard let text = AtomicFile.read(path),
            let state = try? JSONDecoder().decode(AlertState.self, from: Data(text.utf8))
        else {
            throw AlertError.unreadable(
                path: path,
                reason:
                    "it is damaged, and without it everything would be told again; remove it to "
                    + "begin anew from what is there now")
        }
        return state
    }

    /// The state as it is kept.
    func text() throws -> String { try JSONOutput.line(self) + "\n" }
}

extension AlertState.Channel {
    /// Notes what is found today, and forgets what was not found for long.
    mutating func seen(_ found: [ID<Offering>], on today: CalendarDate) {
        let day = today.daysSince1970
        for id in found where told[id.value] != nil { told[id.value]?.found = day }
        told = told.filter { $0.value.found >= day - AlertState.keptDays }
    }

    /// Notes what was told.
    mutating func tell(_ ids: [ID<Offering>], at now: Moment, on today: CalendarDate) {
        for id in ids {
            told[id.value] = .init(at: now.secondsSince1970, found: today.daysSince1970)
        }
    }
}
