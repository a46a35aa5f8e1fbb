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

/// Minutes for a distance.
func travelEstimate(metres: Double, by mode: TravelMode) -> Double {
    switch mode {
    case .foot: metres * 1.22 / (4900 / 60)
    case .bike: 2 + metres * 1.2 / (15_500 / 60)
    case .transit: 13 + metres * 1.34 / 500
    case .car: 3 + metres * 1.34 / 700
    }
}
