import Matching

/// What machines can rely on for `profile check`: how a profile was understood.
public struct ProfileJSON: Encodable {
    struct Alternative: Encodable {
        var id: String
        var label: String
        var confidence: Double
    }

    struct Item: Encodable {
        var field: String
        var said: Nullable<String>
        var understood: Nullable<String>
        var id: Nullable<String>
        var confidence: Nullable<Double>
        var alternatives: [Alternative]
    }

    var items: [Item]
    var gap: [String]
    var optionalGapCount: Int

    /// The account of a profile.
    public init(_ account: ProfileAccount) {
        items = account.items.map { item in
            Item(
                field: item.field, said: Nullable(item.said),
                understood: Nullable(item.understood), id: Nullable(item.id),
                confidence: Nullable(item.confidence.map(Self.rounded)),
                alternatives: item.alternatives.map {
                    Alternative(
                        id: $0.id, label: $0.label, confidence: Self.rounded($0.confidence))
                })
        }
        gap = account.gap
        optionalGapCount = account.optionalGapCount
    }

    private static func rounded(_ share: Double) -> Double { (share * 1000).rounded() / 1000 }
}
