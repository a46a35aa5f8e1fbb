extension Offering {
    /// Where it is given; when it says nothing, and is not online or at the workplace, at its
    /// provider's address (XCRI-CAP 1.2, 3.16).
    ///
    /// - Parameter usual: The provider's address, when known.
    public func venues(usual: Venue?) -> [Venue] {
        guard places.isEmpty else { return places.compactMap(\.venue) }
        guard modes.isDisjoint(with: [.online, .distance, .workplace]), let usual else { return [] }
        return [usual]
    }
}
