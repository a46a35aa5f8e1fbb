/// A postal address, in the parts that feeds give.
public struct Address: Hashable, Sendable, Codable {
    /// Street and number as one text: Dutch feeds do not part them reliably.
    public var street: String?
    /// The postcode as written, without outer spaces.
    public var postcode: String?
    /// The town.
    public var city: String?
    /// The country, ISO 3166-1 alpha-2 in upper case, when given.
    public var country: String?
    /// Lines that fit nowhere else.
    public var other: [String]

    /// An address; what the feed does not say stays absent.
    public init(
        street: String? = nil, postcode: String? = nil, city: String? = nil,
        country: String? = nil, other: [String] = []
    ) {
        self.street = street
        self.postcode = postcode
        self.city = city
        self.country = country
        self.other = other
    }

    /// Whether nothing is said.
    public var isEmpty: Bool { self == Address() }

    /// The parsed Dutch postcode, when it is one.
    public var dutchPostcode: DutchPostcode? {
        guard country == nil || country == "NL" else { return nil }
        return postcode.flatMap { DutchPostcode($0) }
    }
}

/// A Dutch postcode: four digits (PC4), with or without two letters (PC6).
public struct DutchPostcode: Hashable, Sendable, CustomStringConvertible {
    /// 1000...9999.
    public let digits: Int
    /// Two upper-case letters, or `nil` for a PC4.
    public let letters: String?

    /// Reads `3992AB`, `3992 ab`, `3992-AB`, `3992`.
    public init?(_ text: some StringProtocol) {
        let bytes = text.utf8.filter { $0 != 32 && $0 != 45 && $0 != 9 }
        guard bytes.count == 4 || bytes.count == 6, bytes[0] != 48,
            bytes[..<4].allSatisfy({ 48...57 ~= $0 })
        else { return nil }
        digits = bytes[..<4].reduce(0) { $0 * 10 + Int($1 - 48) }
        guard bytes.count == 6 else {
            letters = nil
            return
        }
        let upper = bytes[4...].map { 97...122 ~= $0 ? $0 - 32 : $0 }
        guard upper.allSatisfy({ 65...90 ~= $0 }) else { return nil }
        letters = String(decoding: upper, as: UTF8.self)
    }

    /// `3992 AB` or `3992`.
    public var description: String { letters.map { "\(digits) \($0)" } ?? "\(digits)" }
}

/// A place where teaching takes place.
public struct Venue: Hashable, Sendable, Codable {
    /// What the feed calls it.
    public var nativeID: String?
    /// Its name.
    public var name: LocalizedText
    /// Its address.
    public var address: Address
    /// Where it is, as the feed says.
    public var coordinates: Coordinates?
    /// Its page.
    public var url: String?

    /// A venue.
    public init(
        nativeID: String? = nil, name: LocalizedText = LocalizedText(),
        address: Address = Address(), coordinates: Coordinates? = nil, url: String? = nil
    ) {
        self.nativeID = nativeID
        self.name = name
        self.address = address
        self.coordinates = coordinates
        self.url = url
    }
}
