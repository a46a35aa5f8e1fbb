import CourseModel

/// Which town a name stands for, and how to write a town so that it stands for one.
extension Gazetteer {
    /// How near two towns of one name must be, in metres, to count as one that lies over a border.
    static let sameTown = 8_000.0

    /// All towns of a name with or without a qualifier behind it, largest first; a town that lies
    /// in several municipalities stands here once, in its largest part.
    ///
    /// Qualifiers: a province or its abbreviation, a municipality or another region, a nearby town
    /// (“Rijswijk bij Den Haag”), a part of town (“Amsterdam Zuidoost”), the country.
    func towns(named name: FoldedName) -> [Int] {
        guard name.count > 0 else { return [] }
        let whole = names.towns(name.key[...])
        if !whole.isEmpty { return merged(whole) }
        for cut in stride(from: min(name.count - 1, names.words(of: name)), to: 0, by: -1) {
            let candidates = names.towns(name.key(0..<cut))
            guard !candidates.isEmpty else { continue }
            var first = cut
            while first < name.count - 1, Self.joiningWords.contains(name.word(first)) {
                first += 1
            }
            let qualified = candidates.filter {
                qualifier(name, first..<name.count, fits: $0)
            }
            if !qualified.isEmpty { return merged(qualified) }
            if (first..<name.count).allSatisfy({ Self.partsOfTown.contains(name.word($0)) }) {
                return merged(candidates)
            }
        }
        return []
    }

    /// The one of several towns that a plain name means; `nil` when one must ask.
    ///
    /// It is the only one, or the one that gives its municipality its name, or one with four times
    /// the postcodes of the others together.
    func principal(of candidates: [Int]) -> Int? {
        if candidates.count == 1 { return candidates[0] }
        let namesakes = candidates.filter { isNamesakeOfMunicipality($0) }
        if namesakes.count == 1,
            candidates.allSatisfy({ towns[$0].postcodes <= towns[namesakes[0]].postcodes })
        {
            return namesakes[0]
        }
        guard namesakes.count < 2, let largest = candidates.first else { return nil }
        let rest = candidates.dropFirst().reduce(0) { $0 + towns[$1].postcodes }
        return towns[largest].postcodes >= 4 * max(rest, 1) ? largest : nil
    }

    /// The name with what tells it apart from its namesakes: `Bergen (NH)`, `Beek (Montferland)`.
    func label(ofTown index: Int) -> String {
        let town = towns[index]
        let base = FoldedName(town.base)
        let others = names.towns(base.key[...]).filter {
            $0 != index && FoldedName(towns[$0].base).key == base.key
                && towns[$0].coordinates.distance(to: town.coordinates) > Self.sameTown
        }
        let areas = areasOfMunicipality[Int(town.municipality.rawValue)]
        // Zeeland is a village in Noord-Brabant, and a province elsewhere.
        let isElsewhereARegion = names.regions(base.key[...]).contains {
            $0 >= areasOfMunicipality.count && !areas.contains(RegionIndex(rawValue: UInt16($0)))
        }
        guard !others.isEmpty || isElsewhereARegion else { return town.name }
        let province = areas.province
        let isOnlyOneInProvince = others.allSatisfy {
            areasOfMunicipality[Int(towns[$0].municipality.rawValue)].province != province
        }
        let qualifier =
            isOnlyOneInProvince
            ? provinceAbbreviations.first { $0.province == province }?.text
            : self[town.municipality].name
        return "\(town.base) (\(qualifier ?? self[province].name))"
    }

    func place(ofTown index: Int) -> Place {
        let town = towns[index]
        let areas = areasOfMunicipality[Int(town.municipality.rawValue)]
        return Place(
            kind: .town, name: town.name, label: label(ofTown: index),
            coordinates: town.coordinates, areas: areas, regions: regions(of: areas))
    }

    func regions(of areas: AreaCodes) -> [Region] {
        RegionKind.allCases.map { self[areas[$0]] }
    }

    private func isNamesakeOfMunicipality(_ index: Int) -> Bool {
        names.regions(FoldedName(towns[index].base).key[...])
            .contains(Int(towns[index].municipality.rawValue))
    }

    /// Largest first; of parts within ``sameTown`` of a larger one, only that one.
    private func merged(_ candidates: [Int]) -> [Int] {
        guard candidates.count > 1 else { return candidates }
        var kept: [Int] = []
        for index in candidates.sorted(by: {
            (towns[$1].postcodes, $0) < (towns[$0].postcodes, $1)
        }) {
            let isPart = kept.contains {
                towns[$0].coordinates.distance(to: towns[index].coordinates) <= Self.sameTown
            }
            if !isPart { kept.append(index) }
        }
        return kept
    }

    private func qualifier(_ name: FoldedName, _ words: Range<Int>, fits index: Int) -> Bool {
        let key = name.key(words)
        let areas = areasOfMunicipality[Int(towns[index].municipality.rawValue)]
        return provinceAbbreviations.contains {
            $0.province == areas.province && $0.key[...] == key
        }
            || names.targets(key).contains { target in
                switch target {
                case .region(let region):
                    areas.contains(RegionIndex(rawValue: UInt16(region)))
                case .town(let other):
                    other != index
                        && towns[other].coordinates.distance(to: towns[index].coordinates) < 15_000
                }
            }
    }

    /// Words that join a place and its qualifier.
    private static let joiningWords: Set = [
        "bij", "by", "gem", "gemeente", "in", "near", "nabij", "prov", "provincie", "te",
    ]

    /// Words behind a town that do not lead to another one.
    private static let partsOfTown: Set = [
        "binnenstad", "centraal", "centrum", "city", "cs", "centre", "en", "eo", "holland",
        "nederland",
        "netherlands", "nl", "noord", "noordoost", "noordwest", "north", "omgeving", "omstreken",
        "oost", "stad", "station", "the", "west", "zuid", "zuidoost", "zuidwest",
    ]
}
