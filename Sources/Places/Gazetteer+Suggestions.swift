import CourseModel

extension Gazetteer {
    /// Towns whose name begins with what was typed, largest first; for completion while typing.
    ///
    /// O(towns).
    public func completions(of prefix: String, limit: Int = 8) -> [Place] {
        let typed = FoldedName(prefix).key
        guard !typed.isEmpty else { return [] }
        var found: [Int] = []
        for target in foldedNames.targets(beginningWith: typed[...]) {
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
        let cost = foldedNames.targets(near: typed[...], limit: limit)
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
}
