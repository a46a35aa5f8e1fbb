import Places
import Text

/// The names that are no words (providers, places, languages…) with their final numbers.
///
/// Numbers follow the order of the names' bytes, so they do not depend on the order of arrival.
struct NameTables {
    /// By name, its number among those of its space.
    let numbers: [UInt32]
    let areaRows: [AreaRow]
    private var strings: [UInt8: [[UInt8]]] = [:]
    private var providerNames: [[UInt8]] = []
    private let regions: [[UInt8]]

    /// How many labels there are.
    var labelCount: Int { strings[NameSpace.label]?.count ?? 0 }
    /// How many sets of conditions there are.
    var conditionCount: Int { strings[NameSpace.conditions]?.count ?? 0 }

    /// - Parameter isUsed: Whether each name is used by a course.
    init(_ names: ByteInterner, isUsed: [Bool]) throws(IndexError) {
        var bySpace: [UInt8: [Int]] = [:]
        for name in 0..<names.count where isUsed[name] {
            let space = names.prefix(name)
            if space >= NameSpace.provider { bySpace[space, default: []].append(name) }
        }
        var numbers = [UInt32](repeating: 0, count: names.count)
        for (space, members) in bySpace where space != NameSpace.area {
            let sorted = members.map { (name: $0, bytes: Array(names.string($0).dropFirst())) }
                .sorted { $0.bytes.lexicographicallyPrecedes($1.bytes) }
            var table: [[UInt8]] = []
            for (name, bytes) in sorted {
                guard space == NameSpace.provider else {
                    numbers[name] = UInt32(table.count)
                    table.append(bytes)
                    continue
                }
                // A provider with several names is known by the first of them.
                let end = bytes.firstIndex(of: 0) ?? bytes.count
                if table.last != Array(bytes[..<end]) {
                    table.append(Array(bytes[..<end]))
                    providerNames.append(Array(bytes[min(end + 1, bytes.count)...]))
                }
                numbers[name] = UInt32(table.count - 1)
            }
            strings[space] = table
        }
        for (space, what) in [
            (NameSpace.partner, "partners"), (NameSpace.languageSet, "sets of languages"),
            (NameSpace.fundingSet, "sets of funding"),
        ] where (strings[space]?.count ?? 0) >= Int(UInt16.max) {
            throw .tooLarge(what: what, limit: Int(UInt16.max) - 1)
        }

        // Areas name regions, which are numbered among themselves first.
        var lines: [Int: [[UInt8]]] = [:]
        var all = Set<[UInt8]>()
        for name in bySpace[NameSpace.area] ?? [] {
            let own = names.string(name).dropFirst().split(separator: 10).map(Array.init)
            lines[name] = own
            all.formUnion(own)
        }
        let regions = all.sorted { $0.lexicographicallyPrecedes($1) }
        guard regions.count < Int(UInt16.max) else {
            throw .tooLarge(what: "regions", limit: Int(UInt16.max) - 1)
        }
        var regionNumbers: [[UInt8]: UInt16] = [:]
        for (number, region) in regions.enumerated() { regionNumbers[region] = UInt16(number + 1) }
        var rowOfName: [Int: AreaRow] = [:]
        for (name, own) in lines {
            var row = AreaRow()
            for line in own {
                guard let digit = line.first, let kind = RegionKind(number: digit &- 48) else {
                    continue
                }
                row[kind] = regionNumbers[line] ?? 0
            }
            rowOfName[name] = row
        }
        let rows = Set(rowOfName.values).union([AreaRow()])
            .sorted { $0.sortKey.lexicographicallyPrecedes($1.sortKey) }
        guard rows.count <= Int(UInt16.max) else {
            throw .tooLarge(what: "sets of regions", limit: Int(UInt16.max))
        }
        var rowNumbers: [AreaRow: Int] = [:]
        for (number, row) in rows.enumerated() { rowNumbers[row] = number }
        for (name, row) in rowOfName { numbers[name] = UInt32(rowNumbers[row] ?? 0) }
        self.regions = regions
        areaRows = rows
        self.numbers = numbers
    }

    /// Writes the string tables and the areas.
    ///
    /// - Parameter boxes: The box of the venues in each area.
    func write(to file: inout IndexFileWriter, areaBoxes boxes: [PlaceBox]) throws(IndexError) {
        try file.write(.providerIDs, strings: strings[NameSpace.provider] ?? [])
        try file.write(.providerNames, strings: providerNames)
        try file.write(.partnerIDs, strings: strings[NameSpace.partner] ?? [])
        try file.write(.languageSets, strings: strings[NameSpace.languageSet] ?? [])
        try file.write(.fundingSets, strings: strings[NameSpace.fundingSet] ?? [])
        try file.write(.conditionSets, strings: strings[NameSpace.conditions] ?? [])
        try file.write(.labels, strings: strings[NameSpace.label] ?? [])
        try file.write(.regions, strings: regions)
        try file.write(.areas, areaRows)
        try file.write(.areaBoxes, boxes)
    }
}
