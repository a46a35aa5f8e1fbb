import CourseModel

/// What an offering asks of the week and provides to those who need it, as far as it is known.
///
/// Few of these differ, so the index keeps each once and a number for each offering.
public struct TeachingConditions: Hashable, Sendable {
    /// What it says it provides.
    public var provides: Set<Accessibility>
    /// What it says it does not provide.
    public var lacks: Set<Accessibility>
    /// When it meets, each stretch once, in order; empty unless all meetings say when.
    public var meetings: [WeeklyHours]

    /// Conditions; left out is not known.
    public init(
        provides: Set<Accessibility> = [], lacks: Set<Accessibility> = [],
        meetings: [WeeklyHours] = []
    ) {
        self.provides = provides
        self.lacks = lacks
        self.meetings = meetings
    }
}

// MARK: - As a name of the index

extension TeachingConditions {
    /// `1,0|1.1140.1290 4.1140.1290`: what it provides and lacks in bits, then day, begin and end.
    var name: String {
        guard self != TeachingConditions() else { return "" }
        let times = meetings.map {
            "\(Weekday.allCases.firstIndex(of: $0.day) ?? 0).\($0.begins).\($0.ends)"
        }
        return "\(bits(of: provides)),\(bits(of: lacks))|" + times.joined(separator: " ")
    }

    /// Reads a name; what is no name is not known.
    init(name: String) {
        self.init()
        let parts = name.split(separator: "|", omittingEmptySubsequences: false)
        guard parts.count == 2 else { return }
        let sets = parts[0].split(separator: ",").map { Self.cases(UInt8($0) ?? 0) }
        if sets.count == 2 { (provides, lacks) = (sets[0], sets[1]) }
        meetings = parts[1].split(separator: " ").compactMap { time in
            let numbers = time.split(separator: ".").compactMap { Int($0) }
            guard numbers.count == 3, Weekday.allCases.indices.contains(numbers[0]) else {
                return nil
            }
            return WeeklyHours(Weekday.allCases[numbers[0]], from: numbers[1], to: numbers[2])
        }
    }

    private static func cases(_ bits: UInt8) -> Set<Accessibility> {
        Set(
            Accessibility.allCases.enumerated().filter { bits & 1 << UInt8($0.offset) != 0 }
                .map(\.element))
    }
}
