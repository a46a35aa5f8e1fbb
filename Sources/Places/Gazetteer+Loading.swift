import CourseModel

extension Gazetteer {
    /// Reads the tables; regions first, since the others refer to them.
    init(folder: String) throws(PlacesError) {
        var regions: [Region] = []
        regions.reserveCapacity(512)
        var names = NameIndex(capacity: 4096)
        var foldedNames = FoldedNames(capacity: 3200)
        var byCode = NameIndex(capacity: 512)

        func add(_ kind: RegionKind, _ table: Table) throws(PlacesError) -> RegionIndex {
            guard !table.field(0).isEmpty, !table.field(1).isEmpty else {
                throw table.damaged("a \(kind.rawValue) needs a code and a name")
            }
            guard byCode.first(table.field(0)) == nil else {
                throw table.damaged("the code \(table.string(0)) stands for two regions")
            }
            let index = RegionIndex(rawValue: UInt16(regions.count))
            regions.append(
                Region(index: index, kind: kind, code: table.string(0), name: table.string(1)))
            byCode.insert(table.field(0), .region(Int(index.rawValue)))
            return index
        }
        func region(
            _ table: Table, _ column: Int, _ kind: RegionKind
        ) throws(PlacesError)
            -> RegionIndex
        {
            guard case .region(let index)? = byCode.first(table.field(column)),
                regions[index].kind == kind
            else {
                throw table.damaged("there is no \(kind.rawValue) “\(table.string(column))”")
            }
            return RegionIndex(rawValue: UInt16(index))
        }

        // Municipalities come first, so that their indices also number the table of their regions;
        // what they refer to is looked up once the other regions are there.
        var municipalities = try Table(
            file: folder + "/municipalities.tsv",
            columns: ["code", "name", "province", "labour-region", "corop"])
        let unread = municipalities
        while try municipalities.advance() { _ = try add(.municipality, municipalities) }

        var abbreviations: [(key: [UInt8], province: RegionIndex, text: String)] = []
        var provinces = try Table(
            file: folder + "/provinces.tsv", columns: ["code", "name", "abbreviations"])
        while try provinces.advance() {
            let index = try add(.province, provinces)
            for text in provinces.string(2).split(separator: ",") {
                abbreviations.append((FoldedName(text).key, index, String(text)))
            }
        }
        for (kind, file) in [(RegionKind.labourRegion, "labour-regions"), (.corop, "corop")] {
            var table = try Table(file: folder + "/\(file).tsv", columns: ["code", "name"])
            while try table.advance() { _ = try add(kind, table) }
        }

        var areas: [AreaCodes] = []
        municipalities = unread
        while try municipalities.advance() {
            areas.append(
                AreaCodes(
                    municipality: try region(municipalities, 0, .municipality),
                    province: try region(municipalities, 2, .province),
                    labourRegion: try region(municipalities, 3, .labourRegion),
                    corop: try region(municipalities, 4, .corop)))
        }
        func insert(
            _ folded: FoldedName, _ target: NameIndex.Target, province: RegionIndex?
        )
            -> Int
        {
            names.insert(folded.key[...], target)
            foldedNames.append(folded.key[...], target)
            // “Bergen (NH.)” is also just Bergen, when the last word stands for its province.
            guard folded.count > 1, let province else { return folded.count }
            let last = folded.key(folded.count - 1..<folded.count)
            guard abbreviations.contains(where: { $0.province == province && $0.key[...] == last })
            else { return folded.count }
            names.insert(folded.key(0..<folded.count - 1), target)
            foldedNames.append(folded.key(0..<folded.count - 1), target)
            return folded.count - 1
        }
        for region in regions {
            let position = Int(region.index.rawValue)
            _ = insert(
                FoldedName(region.name), .region(position),
                province: region.kind == .municipality ? areas[position].province : nil)
        }

        var folded = FoldedName("")
        var towns: [Town] = []
        towns.reserveCapacity(2600)
        // By town code, and by name and municipality as they stand in the postcodes.
        var townKeys = NameIndex(capacity: 6000)
        var table = try Table(
            file: folder + "/towns.tsv",
            columns: ["code", "name", "municipality", "lat", "lon", "placed"])
        while try table.advance() {
            let municipality = try region(table, 2, .municipality)
            let index = towns.count
            guard townKeys.first(table.field(0)) == nil,
                townKeys.first(table.fields(1, 2)) == nil
            else { throw table.damaged("the town “\(table.string(1))” stands here twice") }
            townKeys.insert(table.field(0), .town(index))
            townKeys.insert(table.fields(1, 2), .town(index))
            folded.fold(table.field(1))
            let name = table.string(1)
            let words = insert(
                folded, .town(index),
                province: areas[Int(municipality.rawValue)].province)
            towns.append(
                Town(
                    name: name,
                    baseLength: words == folded.count ? name.utf8.count : Self.baseLength(of: name),
                    municipality: municipality,
                    coordinates: try Self.coordinates(in: table, at: 3), postcodes: 0))
        }

        table = try Table(file: folder + "/aliases.tsv", columns: ["alias", "code", "name"])
        while try table.advance() {
            let code = table.field(1)
            guard
                let target = byCode.first(code) ?? townKeys.first(code)
            else { throw table.damaged("no region or town has the code “\(table.string(1))”") }
            let key = FoldedName(bytes: table.field(0)).key
            names.insert(key[...], target)
            foldedNames.append(key[...], target)
        }

        var postcodes: [Postcode] = []
        postcodes.reserveCapacity(4200)
        var rows = [Int16](repeating: -1, count: 9000)
        var last: (key: ArraySlice<UInt8>, town: Int) = ([], -1)
        let own = Array(PostcodeArea.Position.postcode.rawValue.utf8)[...]
        table = try Table(
            file: folder + "/postcodes.tsv",
            columns: ["pc4", "place", "municipality", "lat", "lon", "placed"])
        while try table.advance() {
            let pc4 = try table.number(0, in: 1000...9999, "postcode")
            guard rows[pc4 - 1000] < 0 else {
                throw table.damaged("the postcode \(pc4) stands here twice")
            }
            // Neighbours by number are mostly of one town.
            if table.fields(1, 2) != last.key {
                guard case .town(let index)? = townKeys.first(table.fields(1, 2)) else {
                    throw table.damaged(
                        "towns.tsv has no “\(table.string(1))” in municipality \(table.string(2))")
                }
                last = (table.fields(1, 2), index)
            }
            let town = last.town
            let position: PostcodeArea.Position
            if table.field(5) == own {
                position = .postcode
            } else if let other = PostcodeArea.Position(rawValue: table.string(5)) {
                position = other
            } else {
                throw table.damaged("“\(table.string(5))” is neither “postcode” nor “town”")
            }
            rows[pc4 - 1000] = Int16(postcodes.count)
            towns[town].postcodes += 1
            postcodes.append(
                Postcode(
                    pc4: pc4, town: town, coordinates: try Self.coordinates(in: table, at: 3),
                    position: position))
        }
        guard !postcodes.isEmpty else { throw table.damaged("there are no postcodes") }

        self.regions = regions
        areasOfMunicipality = areas
        self.towns = towns
        self.postcodes = postcodes
        self.rows = rows
        // Latitude and row in one integer: sorting integers needs no closure.
        northwards = postcodes.indices
            .map { Int(postcodes[$0].coordinates.latitude * 1e7) << 16 | $0 }.sorted()
            .map { Int16(truncatingIfNeeded: $0) }
        self.names = names
        provinceAbbreviations = abbreviations
        self.foldedNames = foldedNames
    }

    private static func coordinates(
        in table: Table, at column: Int
    ) throws(PlacesError)
        -> Coordinates
    {
        let latitude = try table.degrees(column, in: -90...90, "latitude")
        let longitude = try table.degrees(column + 1, in: -180...180, "longitude")
        guard let point = Coordinates(latitude: latitude, longitude: longitude) else {
            throw table.damaged("the coordinates are no point on the earth")
        }
        return point
    }

    /// How many bytes of “Bergen (NH)” or “Afferden L” stand before the qualifier.
    private static func baseLength(of name: String) -> Int {
        let bytes = Array(name.utf8)
        guard var end = bytes.lastIndex(of: 32) else { return bytes.count }
        while end > 0, bytes[end - 1] == 32 || bytes[end - 1] == 40 { end -= 1 }
        return end
    }
}
