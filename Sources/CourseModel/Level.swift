/// A level of the Dutch qualifications framework NLQF: 1...8 and 4+ (vwo).
public enum NLQFLevel: String, Hashable, Sendable, Codable, CaseIterable, Comparable {
    /// Entry (mbo 1, vmbo-bb).
    case one = "1"
    /// mbo 2.
    case two = "2"
    /// mbo 3.
    case three = "3"
    /// mbo 4, havo.
    case four = "4"
    /// vwo; EQF 4 like ``four``.
    case fourPlus = "4+"
    /// Associate degree.
    case five = "5"
    /// Bachelor.
    case six = "6"
    /// Master.
    case seven = "7"
    /// Doctorate.
    case eight = "8"

    /// The level of the European Qualifications Framework, 1...8.
    public var eqf: Int {
        switch self {
        case .one: 1
        case .two: 2
        case .three: 3
        case .four, .fourPlus: 4
        case .five: 5
        case .six: 6
        case .seven: 7
        case .eight: 8
        }
    }

    /// The lowest NLQF level that stands at an EQF level 1...8.
    public init?(eqf: Int) {
        guard let level = Self.allCases.first(where: { $0.eqf == eqf }) else { return nil }
        self = level
    }

    /// Orders levels from entry to doctorate.
    public static func < (first: Self, second: Self) -> Bool {
        first.rank < second.rank
    }

    private var rank: Int { Self.allCases.firstIndex(of: self) ?? 0 }
}

/// How advanced a course is: what the feed calls it, and where that stands in the frameworks.
public struct Level: Hashable, Sendable, Codable {
    /// What the NLQF level rests on.
    public enum Basis: String, Hashable, Sendable, Codable {
        /// The feed names a framework level or its register code.
        case stated
        /// It follows from the national name of the level (`mbo niveau 3`, `bachelor`).
        case derived
    }

    /// The NLQF level, when it is stated or follows from the national name.
    public var nlqf: NLQFLevel?
    /// The EQF level 1...8; stated, or from the NLQF level.
    public var eqf: Int?
    /// What the feed calls the level, in its own words (`mbo niveau 3`, `hbo`, `QCF Level 4`).
    public var nationalName: String?
    /// What ``nlqf`` and ``eqf`` rest on; `nil` when both are absent.
    public var basis: Basis?

    /// A level in the framework, stated by the feed.
    public init(stated level: NLQFLevel, nationalName: String? = nil) {
        nlqf = level
        eqf = level.eqf
        basis = .stated
        self.nationalName = nationalName
    }

    /// A level that follows from its national name.
    public init(derived level: NLQFLevel?, nationalName: String) {
        nlqf = level
        eqf = level?.eqf
        basis = level == nil ? nil : .derived
        self.nationalName = nationalName
    }

    /// An EQF level outside the Dutch framework, 1...8.
    public init?(eqf: Int, nationalName: String? = nil, basis: Basis = .stated) {
        guard (1...8).contains(eqf) else { return nil }
        self.eqf = eqf
        self.basis = basis
        self.nationalName = nationalName
    }
}
