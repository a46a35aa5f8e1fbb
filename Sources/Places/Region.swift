/// A kind of region by which courses are sought and counted.
public enum RegionKind: String, Hashable, Sendable, Codable, CaseIterable {
    /// A municipality (gemeente). In order of precedence when several kinds bear one name.
    case municipality
    /// A province.
    case province
    /// A labour-market region (arbeidsmarktregio).
    case labourRegion = "labour-region"
    /// A COROP area: a set of municipalities used in statistics (NUTS 3).
    case corop

    /// The Dutch word for it.
    public var dutchName: String {
        switch self {
        case .municipality: "gemeente"
        case .province: "provincie"
        case .labourRegion: "arbeidsmarktregio"
        case .corop: "COROP-gebied"
        }
    }
}

/// The number of a region within one gazetteer: dense from 0, so that columns and counters can be
/// indexed by it.
public struct RegionIndex: Hashable, Sendable, Comparable, RawRepresentable {
    /// The position in ``Gazetteer/regions``.
    public let rawValue: UInt16

    /// The region at that position in ``Gazetteer/regions``.
    public init(rawValue: UInt16) { self.rawValue = rawValue }

    /// Orders by position.
    public static func < (first: Self, second: Self) -> Bool { first.rawValue < second.rawValue }
}

/// A municipality, province, labour-market region or COROP area.
public struct Region: Hashable, Sendable {
    /// Its number in the gazetteer.
    public let index: RegionIndex
    /// What it is.
    public let kind: RegionKind
    /// Its official code: `GM0321`, `PV26`, `AM13`, `CR17`.
    public let code: String
    /// Its official name.
    public let name: String

    /// Its name after its kind: `gemeente Utrecht`, `provincie Utrecht`.
    public var label: String { "\(kind.dutchName) \(name)" }
}

/// The four regions in which a point in the Netherlands lies.
public struct AreaCodes: Hashable, Sendable {
    /// The municipality.
    public let municipality: RegionIndex
    /// The province.
    public let province: RegionIndex
    /// The labour-market region.
    public let labourRegion: RegionIndex
    /// The COROP area.
    public let corop: RegionIndex

    /// The region of a kind.
    public subscript(kind: RegionKind) -> RegionIndex {
        switch kind {
        case .municipality: municipality
        case .province: province
        case .labourRegion: labourRegion
        case .corop: corop
        }
    }

    /// Whether it is one of the four.
    public func contains(_ region: RegionIndex) -> Bool {
        region == municipality || region == province || region == labourRegion || region == corop
    }
}

/// What a region's name stands for.
public enum RegionResolution: Hashable, Sendable {
    /// One region; `others` bear the same name and are of a kind of lower precedence. Say which was
    /// taken (``Region/label``), and that the others can be had by naming their kind.
    case found(Region, others: [Region])
    /// Several of the same kind: ask.
    case ambiguous([Region])
    /// None; perhaps one of these was meant, likeliest first.
    case unknown(suggestions: [Region])
}
