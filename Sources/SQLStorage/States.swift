import Storage

extension RecordState {
    /// The number that stands for a state in the tables.
    var code: Int {
        switch self {
        case .present: 0
        case .closed: 1
        case .expired: 2
        case .withdrawn: 3
        }
    }

    /// The state by its number; `nil` for records that were never published.
    init?(code: Int) {
        guard let state = Self.allCases.first(where: { $0.code == code }) else { return nil }
        self = state
    }

    /// The change that brings a record into this state.
    var change: Change.Kind {
        switch self {
        case .present: .reopened
        case .closed: .closed
        case .expired: .expired
        case .withdrawn: .withdrawn
        }
    }
}

/// The state of a course that only a held run has brought.
let unpublishedState = 9

extension Change.Kind {
    /// The number that stands for a kind in the tables.
    var code: Int {
        switch self {
        case .added: 0
        case .changed: 1
        case .closed: 2
        case .expired: 3
        case .withdrawn: 4
        case .reopened: 5
        case .curated: 6
        }
    }

    /// The kind by its number.
    init?(code: Int) {
        guard let kind = Self.allCases.first(where: { $0.code == code }) else { return nil }
        self = kind
    }
}

extension ChangeCounts {
    /// Counts one more.
    mutating func count(_ kind: Change.Kind, _ number: Int = 1) {
        switch kind {
        case .added: added += number
        case .changed, .curated: changed += number
        case .closed: closed += number
        case .expired: expired += number
        case .withdrawn: withdrawn += number
        case .reopened: reopened += number
        }
    }
}
