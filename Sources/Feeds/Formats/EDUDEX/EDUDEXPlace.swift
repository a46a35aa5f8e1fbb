import CourseModel

/// What EDU-DEX's `location` means.
enum EDUDEXPlace {
    /// A venue, or online when that is what it says; `nil` when it says nothing.
    static func place(_ venue: Venue) -> TeachingPlace? {
        if venue == Venue() { return nil }
        if let city = venue.address.city {
            return EDUDEXVocabulary.meansOnline(city) ? .online : .venue(venue)
        }
        let words = [venue.address.street].compactMap { $0 } + venue.name.wordings.map(\.text)
        if venue.address.postcode == nil, words.contains(where: EDUDEXVocabulary.meansOnline) {
            return .online
        }
        return .venue(venue)
    }

    /// Whether two places are one: they share an id, or everything that is said of both.
    static func isSame(_ first: TeachingPlace, _ second: TeachingPlace) -> Bool {
        guard let one = first.venue, let other = second.venue else { return first == second }
        if let id = one.nativeID, let otherID = other.nativeID { return id == otherID }
        return one == other
    }

    /// Adds a place; what it says more of one that is there already is taken over.
    static func add(_ place: TeachingPlace, to places: inout [TeachingPlace]) {
        guard let index = places.firstIndex(where: { isSame($0, place) }) else {
            places.append(place)
            return
        }
        guard var venue = places[index].venue, let other = place.venue else { return }
        if venue.name.isEmpty { venue.name = other.name }
        venue.address.street = venue.address.street ?? other.address.street
        venue.address.postcode = venue.address.postcode ?? other.address.postcode
        venue.address.city = venue.address.city ?? other.address.city
        venue.address.country = venue.address.country ?? other.address.country
        venue.coordinates = venue.coordinates ?? other.coordinates
        places[index] = .venue(venue)
    }
}
