import CourseModel

extension Gazetteer {
    /// Finds the place that a person means.
    ///
    /// Understood are, without regard to case, accents, apostrophes, hyphens and spaces:
    /// - a latitude and a longitude: `52.0336, 5.1692`, also parted by `;` or a space;
    /// - a postcode, with or without letters, alone, beside a town or in an address: `3992 AB
    ///   Houten`. All postcodes of one PC4 lie at its centre;
    /// - a town or village by its name or alias: `Den Haag`, `'s-Gravenhage`, `The Hague`;
    ///   a namesake by its qualifier: `Bergen (NH)`, `Bergen NH`, `Bergen, Limburg`;
    /// - a municipality that is no town: `Westland`, `gemeente Houten`.
    ///
    /// A name that several towns bear means the one that gives its municipality its name, or one
    /// with at least four times the postcodes of the others together; otherwise one must ask. Its
    /// ``Place/label`` says which one was taken.
    public func resolve(_ text: String) -> PlaceResolution {
        let text = String(text.trimmingSpaces())
        if let point = Coordinates(text: text) { return resolve(point) }
        if let postcode = DutchPostcode(text) { return resolve(postcode) }
        if let (postcode, rest) = Self.splitPostcode(text) {
            if let found = self.postcode(postcode) {
                return .found(place(found, letters: postcode.letters))
            }
            if case .found(let place) = resolve(rest) { return .unknown(suggestions: [place]) }
        }

        let name = FoldedName(text)
        if let (kind, rest) = Self.splitKind(name) {
            if kind == .municipality,
                let index = regions(named: rest).first(where: {
                    self.regions[$0].kind == .municipality
                })
            {
                return .found(place(ofMunicipality: index))
            }
            if case .found(let region, _) = self.region(named: text) { return .region(region) }
        }
        let candidates = towns(named: name)
        if let town = principal(of: candidates) { return .found(place(ofTown: town)) }
        if !candidates.isEmpty { return .ambiguous(candidates.map { place(ofTown: $0) }) }
        if let index = regions(named: name).first {
            return regions[index].kind == .municipality
                ? .found(place(ofMunicipality: index)) : .region(regions[index])
        }
        return .unknown(suggestions: suggestions(for: name))
    }

    private func resolve(_ point: Coordinates) -> PlaceResolution {
        if let place = nearby(point) { return .found(place) }
        // “5.17, 52.03” lies off Somalia; whoever types it means Houten.
        if let swapped = point.swapped, !Self.europe.contains(point), let place = nearby(swapped) {
            return .unknown(suggestions: [place])
        }
        return .found(
            Place(
                kind: .coordinates, name: point.text, label: point.text, coordinates: point,
                areas: nil, regions: []))
    }

    private func nearby(_ point: Coordinates) -> Place? {
        area(containing: point).map {
            Place(
                kind: .coordinates, name: point.text, label: "\(point.text) (\($0.place))",
                coordinates: point, areas: $0.areas, regions: regions(of: $0.areas))
        }
    }

    private func resolve(_ postcode: DutchPostcode) -> PlaceResolution {
        if let found = self.postcode(postcode) {
            return .found(place(found, letters: postcode.letters))
        }
        // The neighbours by number, at most ten away: they lie side by side in most towns.
        let near = postcodes.filter { abs($0.pc4 - postcode.digits) <= 10 }
            .sorted { abs($0.pc4 - postcode.digits) < abs($1.pc4 - postcode.digits) }
        return .unknown(
            suggestions: near.prefix(3).compactMap { neighbour in
                self.postcode(neighbour.pc4).map { place($0, letters: nil) }
            })
    }

    private func place(_ area: PostcodeArea, letters: String?) -> Place {
        let code = letters.map { "\(area.pc4) \($0)" } ?? "\(area.pc4)"
        return Place(
            kind: .postcode, name: code, label: "\(code) \(area.place)",
            coordinates: area.coordinates, areas: area.areas, regions: regions(of: area.areas))
    }

    func place(ofMunicipality index: Int) -> Place {
        let region = regions[index]
        let areas = areasOfMunicipality[index]
        let inside = postcodes.filter { towns[$0.town].municipality == region.index }
            .map(\.coordinates)
        let parts =
            inside.isEmpty
            ? towns.filter { $0.municipality == region.index }.map(\.coordinates) : inside
        let namesake = names.towns(FoldedName(region.name).key[...])
            .first { towns[$0].municipality == region.index }
        let centre =
            namesake.map { towns[$0].coordinates }
            ?? Coordinates(
                latitude: parts.reduce(0) { $0 + $1.latitude } / Double(max(parts.count, 1)),
                longitude: parts.reduce(0) { $0 + $1.longitude } / Double(max(parts.count, 1)))
        return Place(
            kind: .municipality, name: region.name, label: region.label,
            coordinates: centre ?? towns[0].coordinates, areas: areas, regions: regions(of: areas))
    }

    /// A postcode within a text, and the text without it: with letters anywhere (`Plein 1, 3992 AB
    /// Houten`), four digits at the beginning or the end (`3992 Houten`).
    private static func splitPostcode(_ text: String) -> (DutchPostcode, String)? {
        let words = text.split(whereSeparator: { $0 == " " || $0 == "," })
        guard words.count > 1 else { return nil }
        for first in words.indices {
            for count in [2, 1] where first + count <= words.count {
                let isAtEdge = first == 0 || first + count == words.count
                guard let code = DutchPostcode(words[first..<first + count].joined()),
                    code.letters != nil || count == 1 && isAtEdge
                else { continue }
                let rest = words[..<first] + words[(first + count)...]
                return (code, rest.joined(separator: " "))
            }
        }
        return nil
    }

    /// Longitudes and latitudes between which a stated point is believed as it stands.
    private static let europe = BoundingBox(
        south: 34, west: -32, north: 72, east: 45)
}

extension Coordinates {
    /// Latitude and longitude exchanged, when that is a point.
    var swapped: Coordinates? { Coordinates(latitude: longitude, longitude: latitude) }

    /// `52.0336, 5.1692`: four decimals, 11 metres.
    var text: String { "\(Self.text(latitude)), \(Self.text(longitude))" }

    private static func text(_ degrees: Double) -> String {
        let scaled = Int((degrees * 10_000).rounded())
        let fraction = String(abs(scaled) % 10_000)
        return (scaled < 0 ? "-" : "") + "\(abs(scaled) / 10_000)."
            + String(repeating: "0", count: 4 - fraction.count) + fraction
    }

    /// Reads two decimal numbers of degrees, latitude first.
    ///
    /// They are parted by a comma, a semicolon or spaces. With a semicolon or space a decimal comma is understood too.
    init?(text: String) {
        let separator: Character =
            text.contains(";") ? ";" : text.contains(".") && text.contains(",") ? "," : " "
        let parts = text.split(separator: separator, omittingEmptySubsequences: true)
            .map { $0.trimmingSpaces() }.filter { !$0.isEmpty }
        guard parts.count == 2 else { return nil }
        let numbers = parts.compactMap { part -> Double? in
            let bytes = part.utf8.map { $0 == 44 ? 46 : $0 }
            // “3992 12” is no point: a degree is written with its fraction.
            guard bytes.contains(46) else { return nil }
            return Double(decimal: bytes[...])
        }
        guard numbers.count == 2 else { return nil }
        self.init(latitude: numbers[0], longitude: numbers[1])
    }
}
