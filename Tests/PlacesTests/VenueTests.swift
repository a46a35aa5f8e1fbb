import CourseModel
import Places
import Testing

/// A venue in one line: what the feed states, and what should come of it.
struct VenueCase: Sendable, CustomTestStringConvertible {
    var testDescription: String
    var postcode: String?
    var city: String?
    var country: String?
    var stated: (Double, Double)?
    var position: PlacedVenue.Position
    /// The nearest postcode area of the position, or `nil` abroad and when not placed.
    var municipality: String?
    var codes: [DiagnosticCode]

    init(
        _ name: String, _ postcode: String?, _ city: String?, _ country: String?,
        _ stated: (Double, Double)?, _ position: PlacedVenue.Position, _ municipality: String?,
        _ codes: [DiagnosticCode]
    ) {
        testDescription = name
        self.postcode = postcode
        self.city = city
        self.country = country
        self.stated = stated
        self.position = position
        self.municipality = municipality
        self.codes = codes
    }
}

private let houten = (52.03, 5.17)
private let groningen = (53.22, 6.57)
private let london = (51.50, -0.12)

@Suite("Placing venues")
struct VenueTests {
    let gazetteer: Gazetteer

    init() throws { gazetteer = try SampleGazetteer.load() }

    static let cases: [VenueCase] = [
        VenueCase(
            "good address and coordinates", "3992 AB", "Houten", "NL", houten, .stated,
            "Houten", []),
        VenueCase("country unstated", "3992AB", "HOUTEN", nil, houten, .stated, "Houten", []),
        VenueCase("postcode only", "3992 AB", nil, nil, nil, .postcode, "Houten", []),
        VenueCase("town only", nil, "Houten", nil, nil, .town, "Houten", [.placedByTown]),
        VenueCase(
            "town by alias", nil, "Den Haag", "NL", nil, .town, "'s-Gravenhage",
            [.placedByTown]),
        VenueCase("coordinates only", nil, nil, nil, houten, .stated, "Houten", []),
        VenueCase(
            "coordinates far from postcode", "3992 AB", "Houten", "NL", groningen, .postcode,
            "Houten", [.coordinatesContradictPostcode]),
        VenueCase(
            "coordinates far from town", nil, "Houten", "NL", groningen, .town, "Houten",
            [.coordinatesContradictTown, .placedByTown]),
        VenueCase(
            "swapped, with postcode", "3992 AB", "Houten", "NL", (5.17, 52.03), .stated,
            "Houten", [.coordinatesSwapped]),
        VenueCase(
            "swapped, with town", nil, "Houten", nil, (5.17, 52.03), .stated, "Houten",
            [.coordinatesSwapped]),
        VenueCase(
            "swapped, alone", nil, nil, nil, (5.17, 52.03), .stated, "Houten",
            [.coordinatesSwapped]),
        VenueCase(
            "swapped, alone, Dutch", nil, nil, "NL", (5.17, 52.03), .stated, "Houten",
            [.coordinatesSwapped]),
        VenueCase(
            "null island, with postcode", "3992 AB", nil, nil, (0, 0), .postcode, "Houten",
            [.coordinatesZero]),
        VenueCase(
            "null island, alone", nil, nil, nil, (0, 0), .none, nil,
            [.coordinatesZero, .venueNotPlaced]),
        VenueCase(
            "Dutch, coordinates abroad, postcode", "3992 AB", nil, "NL", london, .postcode,
            "Houten", [.coordinatesContradictPostcode]),
        VenueCase(
            "Dutch, coordinates abroad, alone", nil, nil, "NL", london, .none, nil,
            [.coordinatesOutsideCountry, .venueNotPlaced]),
        VenueCase("coordinates abroad, country unstated", nil, nil, nil, london, .stated, nil, []),
        VenueCase(
            "unknown postcode, known town", "1999 ZZ", "Houten", "NL", nil, .town, "Houten",
            [.unknownPostcode, .placedByTown]),
        VenueCase(
            "malformed postcode, Dutch", "39921 AB", "Houten", "NL", nil, .town, "Houten",
            [.unknownPostcode, .placedByTown]),
        VenueCase(
            "unknown postcode, nothing else", "1999 ZZ", nil, "NL", nil, .none, nil,
            [.unknownPostcode, .venueNotPlaced]),
        VenueCase(
            "town far from postcode", "3992 AB", "Groningen", "NL", nil, .postcode, "Houten",
            [.townContradictsPostcode]),
        VenueCase("neighbouring town", "3992 AB", "Utrecht", "NL", nil, .postcode, "Houten", []),
        VenueCase(
            "misspelt town with postcode", "3992 AB", "Houtne", "NL", nil, .postcode,
            "Houten", [.unknownTown]),
        VenueCase(
            "misspelt town alone", nil, "Houtne", "NL", nil, .none, nil,
            [.unknownTown, .venueNotPlaced]),
        VenueCase(
            "namesake decided by postcode", "1861 AA", "Bergen", "NL", nil, .postcode,
            "Bergen (NH.)", []),
        VenueCase(
            "namesake decided by coordinates", nil, "Bergen", "NL", (51.60, 6.03), .stated,
            "Bergen (L.)", []),
        VenueCase(
            "namesake undecided", nil, "Bergen", "NL", nil, .none, nil,
            [.ambiguousTown, .venueNotPlaced]),
        VenueCase("British", "TR15 3RD", "Redruth", "GB", (50.23, -5.23), .stated, nil, []),
        VenueCase(
            "British, country unstated", "TR15 3RD", "Redruth", nil, nil, .none, nil,
            [.venueNotPlaced]),
        VenueCase(
            "Belgian, Dutch-looking postcode and town", "2011", "Bergen", "BE",
            (50.45, 3.95), .stated, nil, []),
        VenueCase(
            "Belgian, country unstated", "2000", "Antwerpen", nil, (51.22, 4.40), .stated,
            nil, []),
        VenueCase(
            "German without coordinates", "34117", "Kassel", "DE", nil, .none, nil,
            [.venueNotPlaced]),
        VenueCase("country by name", "3992 AB", nil, "Nederland", houten, .stated, "Houten", []),
        VenueCase("empty country", "3992 AB", nil, "", houten, .stated, "Houten", []),
        VenueCase("postcode with country", "NL-3992 AB", nil, nil, nil, .postcode, "Houten", []),
        VenueCase(
            "online in the town", nil, "Online", nil, nil, .none, nil,
            [.townIsNoPlace, .venueNotPlaced]),
        VenueCase(
            "in company, with a postcode", "3992 AB", "In-company", "NL", nil, .postcode,
            "Houten", [.townIsNoPlace]),
        VenueCase("nothing stated", nil, nil, nil, nil, .none, nil, []),
        VenueCase("empty fields", "", " ", nil, nil, .none, nil, [.venueNotPlaced]),
    ]

    @Test(
        "a venue is placed by the best of what is stated, and contradictions are told",
        arguments: cases)
    func placing(item: VenueCase) throws {
        let venue = Venue(
            address: Address(postcode: item.postcode, city: item.city, country: item.country),
            coordinates: item.stated.flatMap { Coordinates(latitude: $0.0, longitude: $0.1) })
        let placed = gazetteer.place(venue, file: "feed.xml", record: "o-1")
        #expect(placed.position == item.position)
        #expect(placed.areas.map { gazetteer[$0.municipality].name } == item.municipality)
        #expect(placed.diagnostics.map(\.code) == item.codes)
        #expect((placed.coordinates == nil) == (item.position == .none))
        for diagnostic in placed.diagnostics {
            #expect(diagnostic.file == "feed.xml")
            #expect(diagnostic.record == "o-1")
            #expect(diagnostic.message.count > 30)
        }
    }

    @Test("ten kilometres is where coordinates begin to contradict their postcode")
    func tolerance() throws {
        let centre = try #require(gazetteer.coordinates(pc4: 3992))
        for (kilometres, position) in [(9.9, PlacedVenue.Position.stated), (10.1, .postcode)] {
            let stated = Coordinates(
                latitude: centre.latitude + kilometres / 111.195, longitude: centre.longitude)
            let venue = Venue(address: Address(postcode: "3992 AB"), coordinates: stated)
            #expect(gazetteer.place(venue).position == position)
        }
    }

    @Test("every postcode's own centre is believed, and gives back its regions")
    func everyPostcode() throws {
        for pc4 in gazetteer.allPostcodes {
            let area = try #require(gazetteer.postcode(pc4))
            let venue = Venue(
                address: Address(postcode: "\(pc4) AB", city: area.place, country: "NL"),
                coordinates: area.coordinates)
            let placed = gazetteer.place(venue)
            #expect(placed.position == .stated)
            #expect(placed.areas == area.areas)
            #expect(placed.diagnostics.isEmpty, "\(pc4): \(placed.diagnostics)")
        }
    }

    @Test("the message says what, where, what was done and what to do")
    func wording() {
        let venue = Venue(
            address: Address(postcode: "3992 AB"),
            coordinates: Coordinates(latitude: groningen.0, longitude: groningen.1))
        #expect(
            gazetteer.place(venue).diagnostics.map(\.message) == [
                "the coordinates 53.2200, 6.5700 lie 162 km from postcode 3992 (Houten); the "
                    + "postcode was followed: correct one of them"
            ])
    }
}
