import CourseModel

extension Gazetteer {
    /// Towns whose name begins with what was typed, largest first; for completion while typing.
    ///
    /// O(towns).
    public func completions(of prefix: String, limit: Int = 8) -> [Place] {
        let typed = FoldedName(prefix).key
        guard !typed.isEmpty else { return [] }
        var found: [Int] = []
        for (key, target) in allNames() where key.starts(with: typed) {
            if case .town(let index) = target, !found.contains(index) { found.append(index) }
        }
        return found.sorted { (towns[$1].postcodes, $0) < (towns[$0].postcodes, $1) }
            .prefix(limit).map { place(ofTown: $0) }
    }

    /// Towns, and municipalities that are no town, that a misspelt or unfinished name may mean.
    func suggestions(for name: FoldedName, limit: Int = 5) -> [Place] {
        var seen: Set<String> = []
        var places: [Place] = []
        for target in near(name) where places.count < limit {
            let place: Place
            switch target {
            case .town(let index): place = self.place(ofTown: index)
            case .region(let index):
                guard index < areasOfMunicipality.count,
                    names.towns(FoldedName(regions[index].name).key[...]).isEmpty
                else { continue }
                place = self.place(ofMunicipality: index)
            }
            if seen.insert(place.label).inserted { places.append(place) }
        }
        return places
    }

    /// Regions that a misspelt or unfinished name, or a town's name, may mean.
    func regionSuggestions(for name: FoldedName, kind: RegionKind?, limit: Int = 5) -> [Region] {
        var found: [Region] = []
        func add(_ region: Region) {
            guard kind == nil || region.kind == kind, found.count < limit,
                !found.contains(region)
            else { return }
            found.append(region)
        }
        for town in towns(named: name) { add(self[towns[town].municipality]) }
        for target in near(name) {
            if case .region(let index) = target { add(regions[index]) }
        }
        return found
    }

    /// The names within one letter of four, two letters up to nine, three beyond, and those that
    /// the typed letters begin; nearest first, then largest.
    private func near(_ name: FoldedName) -> [NameIndex.Target] {
        let typed = name.key
        guard !typed.isEmpty else { return [] }
        let limit = typed.count <= 4 ? 1 : typed.count <= 9 ? 2 : 3
        var distanceFromTyped = EditDistance(from: typed, limit: limit)
        var cost: [NameIndex.Target: Int] = [:]
        for (key, target) in allNames() {
            var distance = distanceFromTyped(to: key).map { $0 * 2 }
            // An unfinished name costs more than one wrong letter, less than two.
            if distance ?? .max > 3, typed.count >= 3, key.starts(with: typed) { distance = 3 }
            if let distance, distance < cost[target] ?? .max { cost[target] = distance }
        }
        func size(_ target: NameIndex.Target) -> Int {
            switch target {
            case .town(let index): towns[index].postcodes
            case .region(let index): index < areasOfMunicipality.count ? 1 : 0
            }
        }
        func order(_ target: NameIndex.Target) -> Int {
            switch target {
            case .town(let index): index
            case .region(let index): towns.count + index
            }
        }
        return cost.sorted {
            ($0.value, -size($0.key), order($0.key)) < ($1.value, -size($1.key), order($1.key))
        }.map(\.key)
    }

    /// Every name and alias, folded; with and without its qualifier.
    ///
    /// Folded anew each time: only wrong names need it, and most starts of the program meet none.
    private func allNames() -> [(key: [UInt8], target: NameIndex.Target)] {
        var all = aliases
        all.reserveCapacity(aliases.count + towns.count + regions.count + 64)
        for (index, town) in towns.enumerated() {
            let folded = FoldedName(town.name)
            all.append((folded.key, .town(index)))
            if town.baseLength < town.name.utf8.count {
                all.append((folded.dropLast(1).key, .town(index)))
            }
        }
        for (index, region) in regions.enumerated() {
            all.append((FoldedName(region.name).key, .region(index)))
        }
        return all
    }
}
