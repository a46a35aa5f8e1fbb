/// How someone travels.
public enum TravelMode: String, Hashable, Sendable, CaseIterable {
    /// On foot.
    case foot
    /// By bike.
    case bike
    /// By public transport.
    case transit
    /// By car.
    case car
}
