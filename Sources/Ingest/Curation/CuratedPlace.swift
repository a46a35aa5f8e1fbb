import CourseModel

/// Places as corrections write them: “street, postcode town”, “town”, “online” or “workplace”.
enum CuratedPlace {
    /// Reads a place; `nil` when there is nothing.
    @Sendable static func read(_ text: String) -> TeachingPlace? {
        switch text.trimmingSpaces() {
        case "": return nil
        case "online": return .online
        case "workplace": return .workplace
        default: break
        }
        var parts = text.split(separator: ",").map { String($0.trimmingSpaces()) }
        guard let last = parts.popLast(), !last.isEmpty else { return nil }
        var address = Address(street: parts.isEmpty ? nil : parts.joined(separator: ", "))
        // 3991 AB Houten, 3991AB Houten, 3991 Houten, Houten
        let words = last.split(separator: " ")
        for count in [2, 1] where words.count > count {
            let postcode = words.prefix(count).joined(separator: " ")
            if DutchPostcode(postcode) != nil {
                address.postcode = postcode
                address.city = words.dropFirst(count).joined(separator: " ")
                break
            }
        }
        if address.city == nil { address.city = last }
        return .venue(Venue(address: address))
    }

    /// A place in one line.
    @Sendable static func text(_ place: TeachingPlace) -> String {
        switch place {
        case .online: return "online"
        case .workplace: return "workplace"
        case .venue(let venue):
            let address = venue.address
            let town = [address.postcode, address.city].compactMap { $0 }
            return [address.street, town.isEmpty ? nil : town.joined(separator: " ")]
                .compactMap { $0 }.joined(separator: ", ")
        }
    }
}
