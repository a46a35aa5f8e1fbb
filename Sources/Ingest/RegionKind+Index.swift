import Places
import SearchIndex

extension SearchIndex.Region.Kind {
    /// The index's word for a kind of region of the gazetteer.
    public init(_ kind: RegionKind) {
        switch kind {
        case .municipality: self = .municipality
        case .province: self = .province
        case .labourRegion: self = .labourMarketRegion
        case .corop: self = .corop
        }
    }
}
