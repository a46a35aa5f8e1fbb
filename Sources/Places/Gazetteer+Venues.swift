import CourseModel

extension Gazetteer {
    /// How far stated coordinates may lie from their postcode's centre, in metres.
    static let postcodeTolerance = 10_000.0
    /// How far stated coordinates may lie from the middle of their town, in metres; towns are larger
    /// than postcodes.
    static let townTolerance = 15_000.0
    /// What a postcode that is placed by its town may be off, in metres.
    static let townUncertainty = 5_000.0

    /// Finds where a venue is.
    ///
    /// A postcode outranks coordinates, coordinates outrank a town that they do not contradict.
    /// Postcode and town are read as Dutch unless the country says otherwise, or the postcode has
    /// another form; a foreign venue keeps the coordinates that it states, and has no regions.
    ///
    /// - Parameters:
    ///   - file: The feed, for the diagnostics.
    ///   - record: The native id of the offering or course, for the diagnostics.
    public func place(_ venue: Venue, file: String = "", record: String? = nil) -> PlacedVenue {
        var placing = VenuePlacing(
            gazetteer: self, venue: venue, file: file, record: record ?? venue.nativeID)
        return placing.result()
    }

    static let netherlands = BoundingBox(south: 50.7, west: 3.3, north: 53.6, east: 7.3)
}

/// The steps of placing one venue.
private struct VenuePlacing {
    let gazetteer: Gazetteer
    let venue: Venue
    let file: String
    let record: String?
    var diagnostics: [Diagnostic] = []
    /// The stated coordinates, until they turn out to be wrong.
    var stated: Coordinates?
    var postcode: PostcodeArea?
    var town: Int?

    init(gazetteer: Gazetteer, venue: Venue, file: String, record: String?) {
        self.gazetteer = gazetteer
        self.venue = venue
        self.file = file
        self.record = record
        stated = venue.coordinates
    }

    mutating func result() -> PlacedVenue {
        if let point = stated, point.latitude == 0, point.longitude == 0 {
            stated = nil
            report(
                .warning, .coordinatesZero, "coordinates",
                "the coordinates 0, 0 lie in the Gulf of Guinea and were dropped; leave them out "
                    + "when they are not known")
        }
        guard !isForeign else { return foreign() }
        findPostcode()
        findTown()
        if let postcode { return placed(by: postcode) }
        if let town { return placed(byTown: town) }
        return placedByCoordinates()
    }

    private var country: String? {
        guard let text = venue.address.country?.trimmingSpaces(), !text.isEmpty else { return nil }
        return text.uppercased()
    }

    /// Another country is stated, or the postcode has another country's form.
    private var isForeign: Bool {
        if let country { return !Self.namesOfTheNetherlands.contains(country) }
        guard let text = venue.address.postcode?.trimmingSpaces(), !text.isEmpty else {
            return false
        }
        return Self.dutchPostcode(text) == nil
    }

    private static let namesOfTheNetherlands: Set = [
        "NL", "NLD", "NEDERLAND", "HOLLAND", "NETHERLANDS", "THE NETHERLANDS",
    ]

    /// Reads a postcode, also with the country before it: `NL-3992 AB`.
    private static func dutchPostcode(_ text: some StringProtocol) -> DutchPostcode? {
        DutchPostcode(text)
            ?? (text.uppercased().hasPrefix("NL") ? DutchPostcode(text.dropFirst(2)) : nil)
    }

    private mutating func findPostcode() {
        guard let text = venue.address.postcode?.trimmingSpaces(), !text.isEmpty else { return }
        if let code = Self.dutchPostcode(text) {
            postcode = gazetteer.postcode(code)
            // Four digits without a country may be Belgian, Danish, Swiss….
            if postcode == nil, code.letters != nil || country != nil { reportUnknown(text) }
        } else {
            reportUnknown(text)
        }
    }

    private mutating func reportUnknown(_ text: Substring) {
        report(
            .warning, .unknownPostcode, "postcode",
            "“\(text)” is not a Dutch postcode, so the venue is placed without it; write four "
                + "digits and two letters, such as 3992 AB")
    }

    private mutating func findTown() {
        guard let text = venue.address.city?.trimmingSpaces(), !text.isEmpty else { return }
        let folded = FoldedName(text)
        if Self.wordsForNoPlace.contains(String(decoding: folded.key, as: UTF8.self)),
            postcode?.place.lowercased() != text.lowercased()
        {
            report(
                .note, .townIsNoPlace, "city",
                "“\(text)” is no town; leave the town out, and say in the mode of delivery how the "
                    + "course is given")
            return
        }
        let candidates = gazetteer.towns(named: folded)
        guard !candidates.isEmpty else {
            guard country != nil || postcode != nil else { return }
            let near = gazetteer.suggestions(for: folded, limit: 1).first
            report(
                postcode == nil ? .warning : .note, .unknownTown, "city",
                "no town in the Netherlands is called “\(text)”"
                    + (near.map { "; perhaps \($0.label) is meant" } ?? ""))
            return
        }
        // Postcode or coordinates tell which of several namesakes is meant.
        if let anchor = postcode?.coordinates ?? stated {
            town = candidates.min {
                gazetteer.towns[$0].coordinates.distance(to: anchor)
                    < gazetteer.towns[$1].coordinates.distance(to: anchor)
            }
        } else if let principal = gazetteer.principal(of: candidates) {
            town = principal
        } else {
            report(
                .warning, .ambiguousTown, "city",
                "there are several towns called “\(text)”; give a postcode, or write one of "
                    + candidates.map { gazetteer.label(ofTown: $0) }.joined(separator: ", "))
        }
    }

    /// What feeds write in place of a town, folded.
    ///
    /// There is a hamlet called Nederland: only its postcode makes it a town.
    private static let wordsForNoPlace: Set = [
        "afstandsonderwys", "byudebuurt", "byuindebuurt", "diverse", "diverselocaties", "digitaal",
        "elearning", "geen", "heelnederland", "incompany", "incompanylocatie", "landelyk",
        "nadertebepalen", "nederland", "ntb", "nvt", "onbekend", "online", "onlinetraining",
        "oplocatie", "remote", "tbd", "teams", "thuis", "various", "virtueel", "virtual", "webinar",
        "zoom",
    ]

    private mutating func placed(by postcode: PostcodeArea) -> PlacedVenue {
        if let town, let text = venue.address.city {
            let distance = gazetteer.towns[town].coordinates.distance(to: postcode.coordinates)
            let isOwnTown = gazetteer.towns[town].name == postcode.place
            if distance > Gazetteer.postcodeTolerance, !isOwnTown {
                report(
                    .warning, .townContradictsPostcode, "city",
                    "“\(text)” lies \(kilometres(distance)) from postcode \(postcode.pc4) "
                        + "(\(postcode.place)); the postcode was followed: correct one of them")
            }
        }
        let tolerance =
            Gazetteer.postcodeTolerance
            + (postcode.position == .town ? Gazetteer.townUncertainty : 0)
        let point = believable(
            near: postcode.coordinates, within: tolerance, else: .coordinatesContradictPostcode,
            "postcode \(postcode.pc4) (\(postcode.place)); the postcode was followed: correct one "
                + "of them")
        return PlacedVenue(
            coordinates: point ?? postcode.coordinates, areas: postcode.areas, pc4: postcode.pc4,
            town: postcode.place, position: point == nil ? .postcode : .stated,
            diagnostics: diagnostics)
    }

    private mutating func placed(byTown index: Int) -> PlacedVenue {
        let town = gazetteer.towns[index]
        let point = believable(
            near: town.coordinates, within: Gazetteer.townTolerance,
            else: .coordinatesContradictTown,
            "\(town.name); the town was followed: correct one of them, or give the postcode")
        let name = gazetteer.label(ofTown: index)
        if let point {
            let area = gazetteer.area(containing: point)
            return PlacedVenue(
                coordinates: point,
                areas: area?.areas ?? gazetteer.areas(ofMunicipality: town.municipality),
                pc4: area?.pc4, town: name, position: .stated, diagnostics: diagnostics)
        }
        report(
            .note, .placedByTown, "postcode",
            "the venue is placed at the middle of \(name); give its postcode to place it better")
        return PlacedVenue(
            coordinates: town.coordinates,
            areas: gazetteer.areas(ofMunicipality: town.municipality), pc4: nil, town: name,
            position: .town, diagnostics: diagnostics)
    }

    /// No known postcode and no known town: the coordinates are all there is.
    private mutating func placedByCoordinates() -> PlacedVenue {
        guard let point = stated else { return unplaced() }
        if let area = gazetteer.area(containing: point) { return located(point, area) }
        if let swapped = point.swapped, !Gazetteer.netherlands.contains(point),
            let area = gazetteer.area(containing: swapped)
        {
            reportSwapped(point, swapped)
            return located(swapped, area)
        }
        guard country != nil, !Gazetteer.netherlands.contains(point) else {
            return PlacedVenue(
                coordinates: point, areas: nil, pc4: nil, town: venue.address.city,
                position: .stated, diagnostics: diagnostics)
        }
        stated = nil
        report(
            .warning, .coordinatesOutsideCountry, "coordinates",
            "the coordinates \(point.text) lie outside the Netherlands and were dropped; correct "
                + "them or the country")
        return unplaced()
    }

    private func located(_ point: Coordinates, _ area: PostcodeArea) -> PlacedVenue {
        PlacedVenue(
            coordinates: point, areas: area.areas, pc4: area.pc4,
            town: venue.address.city ?? area.place, position: .stated, diagnostics: diagnostics)
    }

    private mutating func foreign() -> PlacedVenue {
        guard let point = stated else { return unplaced() }
        return PlacedVenue(
            coordinates: point, areas: nil, pc4: nil, town: venue.address.city,
            position: .stated, diagnostics: diagnostics)
    }

    private mutating func unplaced() -> PlacedVenue {
        // A venue that states nothing at all, as online ones do, is no fault.
        if !venue.address.isEmpty || venue.coordinates != nil {
            report(
                .note, .venueNotPlaced, "venue",
                "the venue could not be placed, so it is not found by region or distance; give "
                    + (isForeign ? "its coordinates" : "its postcode"))
        }
        return PlacedVenue(
            coordinates: nil, areas: nil, pc4: nil, town: venue.address.city, position: .none,
            diagnostics: diagnostics)
    }

    /// The stated coordinates, as they stand or exchanged, when they fit what else is known.
    private mutating func believable(
        near centre: Coordinates, within tolerance: Double,
        else code: DiagnosticCode, _ from: String
    ) -> Coordinates? {
        guard let point = stated else { return nil }
        let distance = point.distance(to: centre)
        if distance <= tolerance { return point }
        if let swapped = point.swapped, swapped.distance(to: centre) <= tolerance {
            reportSwapped(point, swapped)
            return swapped
        }
        report(
            .warning, code, "coordinates",
            "the coordinates \(point.text) lie \(kilometres(distance)) from \(from)")
        return nil
    }

    private mutating func reportSwapped(_ point: Coordinates, _ swapped: Coordinates) {
        report(
            .warning, .coordinatesSwapped, "coordinates",
            "latitude and longitude stand in each other's place in \(point.text); they were read "
                + "as \(swapped.text)")
    }

    private mutating func report(
        _ severity: Diagnostic.Severity, _ code: DiagnosticCode, _ field: String, _ message: String
    ) {
        diagnostics.append(
            Diagnostic(severity, code, file: file, record: record, field: field, message: message))
    }

    private func kilometres(_ metres: Double) -> String { "\(Int((metres / 1000).rounded())) km" }
}
