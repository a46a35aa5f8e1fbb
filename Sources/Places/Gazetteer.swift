import CourseModel

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Darwin)
import Darwin
#endif

/// The places of the Netherlands: postcodes, towns, municipalities and the regions above them.
///
/// Immutable after ``load(folder:)``. The tables and their sources
/// are described in the `README.md` of the folder.
public struct Gazetteer: Sendable, CustomStringConvertible {
    /// A town as it stands in `towns.tsv`.
    struct Town: Sendable {
        let name: String
        /// How many UTF-8 bytes of the name are left without a qualifier such as “(NH)”.
        let baseLength: Int
        let municipality: RegionIndex
        let coordinates: Coordinates
        /// How many postcodes it has: its size, as far as we know it.
        var postcodes: Int

        var base: String { String(decoding: name.utf8.prefix(baseLength), as: UTF8.self) }
    }

    /// A postcode as it stands in `postcodes.tsv`.
    struct Postcode: Sendable {
        let pc4: Int
        let town: Int
        let coordinates: Coordinates
        let position: PostcodeArea.Position
    }

    /// Municipalities, provinces, labour-market regions, COROP areas; by ``RegionIndex``.
    ///
    /// The order, and so every index, is that of the files; ``regionFingerprint`` tells whether two
    /// gazetteers agree on it.
    public let regions: [Region]

    /// By municipality: the regions it lies in.
    ///
    /// Municipalities are the first regions.
    let areasOfMunicipality: [AreaCodes]
    let towns: [Town]
    /// Ascending by digits.
    let postcodes: [Postcode]
    /// By digits − 1000: the position in ``postcodes``, or −1.
    let rows: [Int16]
    /// Positions in ``postcodes``, from south to north.
    let northwards: [Int16]
    let names: NameIndex
    /// Folded abbreviations and names of provinces, for telling namesakes apart; the first
    /// abbreviation of a province is the one shown.
    let provinceAbbreviations: [(key: [UInt8], province: RegionIndex, text: String)]
    /// Names and aliases for suggestions, with and without their qualifiers.
    let foldedNames: FoldedNames

    /// The places of a folder with the tables of `catalog/places`.
    ///
    /// - Throws: ``PlacesError`` that names the file, and the line when a row is damaged.
    public static func load(folder: String) throws(PlacesError) -> Gazetteer {
        try Gazetteer(folder: folder)
    }

    /// A number that changes when the regions, their codes or their order change.
    ///
    /// Whoever stores a ``RegionIndex`` stores this beside it. O(regions).
    public var regionFingerprint: UInt64 {
        var text: [UInt8] = []
        for region in regions {
            text.append(contentsOf: region.code.utf8)
            text.append(10)
        }
        return hash(text[...])
    }

    /// How much it holds, in one line.
    public var description: String {
        "gazetteer of \(postcodes.count) postcodes, \(towns.count) towns, \(regions.count) regions"
    }

    /// The region at an index of this gazetteer.
    public subscript(region: RegionIndex) -> Region { regions[Int(region.rawValue)] }

    /// The regions of a municipality, province first.
    public func areas(ofMunicipality index: RegionIndex) -> AreaCodes? {
        Int(index.rawValue) < areasOfMunicipality.count
            ? areasOfMunicipality[Int(index.rawValue)] : nil
    }

    /// The municipalities that make up a region, ascending; the region itself when it is one.
    public func municipalities(of region: RegionIndex) -> [RegionIndex] {
        areasOfMunicipality.filter { $0.contains(region) }.map(\.municipality)
    }

    /// The centre of a postcode's area; `nil` when there is no such postcode.
    public func coordinates(pc4: Int) -> Coordinates? {
        row(pc4).map { postcodes[$0].coordinates }
    }

    /// The area of a postcode, whatever its letters; `nil` when there is no such postcode.
    public func postcode(_ postcode: DutchPostcode) -> PostcodeArea? {
        row(postcode.digits).map { area($0) }
    }

    /// The area of four digits; `nil` when there is no such postcode.
    public func postcode(_ pc4: Int) -> PostcodeArea? { row(pc4).map { area($0) } }

    /// All postcodes, ascending.
    public var allPostcodes: [Int] { postcodes.map(\.pc4) }

    /// How far a point may lie from a postcode's centre and still count as Dutch, in metres.
    ///
    /// Of 13,680 points drawn evenly over the municipalities, 99.3 % lie nearer. A larger bound
    /// would take in Aachen, 5.6 km from the centre of Vaals.
    public static let reachOfPostcode = 5_000.0

    /// The postcode area whose centre is nearest, within ``reachOfPostcode``; `nil` beyond it.
    ///
    /// An approximation: for evenly drawn points it gives the right municipality in 85 of 100
    /// cases, for points in built-up areas more often. O(√postcodes) comparisons.
    public func area(containing point: Coordinates) -> PostcodeArea? {
        nearestRow(to: point, within: Self.reachOfPostcode).map { area($0) }
    }

    func row(_ pc4: Int) -> Int? {
        guard (1000...9999).contains(pc4), rows[pc4 - 1000] >= 0 else { return nil }
        return Int(rows[pc4 - 1000])
    }

    func area(_ row: Int) -> PostcodeArea {
        let postcode = postcodes[row]
        let town = towns[postcode.town]
        let areas = areasOfMunicipality[Int(town.municipality.rawValue)]
        return PostcodeArea(
            pc4: postcode.pc4, place: town.name, coordinates: postcode.coordinates,
            position: postcode.position, areas: areas, municipality: self[areas.municipality],
            province: self[areas.province], labourRegion: self[areas.labourRegion],
            corop: self[areas.corop])
    }

    func nearestRow(to point: Coordinates, within bound: Double) -> Int? {
        // Flat distances are within a thousandth of the great circle at a few kilometres.
        let metresNorth = 111_195.0
        let metresEast = metresNorth * cos(point.latitude * .pi / 180)
        var best: (row: Int, square: Double)?
        var limit = bound * bound
        func consider(_ place: Int) -> Bool {
            let row = Int(northwards[place])
            let centre = postcodes[row].coordinates
            let north = (centre.latitude - point.latitude) * metresNorth
            guard north * north <= limit else { return false }
            let east = (centre.longitude - point.longitude) * metresEast
            let square = north * north + east * east
            if square < limit || (square == limit && row < best?.row ?? .max) {
                best = (row, square)
                limit = square
            }
            return true
        }
        var low = 0
        var high = northwards.count
        while low < high {
            let middle = (low + high) / 2
            if postcodes[Int(northwards[middle])].coordinates.latitude < point.latitude {
                low = middle + 1
            } else {
                high = middle
            }
        }
        var place = low
        while place < northwards.count, consider(place) { place += 1 }
        place = low - 1
        while place >= 0, consider(place) { place -= 1 }
        return best?.row
    }
}
