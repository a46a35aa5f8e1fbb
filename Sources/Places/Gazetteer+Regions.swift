import CourseModel

extension Gazetteer {
    /// Finds the region that a person means: a municipality, province, labour-market region or
    /// COROP area, by name, alias or code (`GM0321`, `PV26`, `AM13`, `CR17`).
    ///
    /// A kind before the name decides: `gemeente Utrecht`, `provincie Utrecht`,
    /// `arbeidsmarktregio Amersfoort`, `corop Utrecht`, or behind it: `Utrecht (provincie)`.
    /// Without one, a name of several kinds means the first of municipality, province,
    /// labour-market region, COROP area; the others come with the answer. Case, accents,
    /// apostrophes, hyphens and spaces do not matter.
    public func region(named text: String) -> RegionResolution {
        let code = text.trimmingSpaces().uppercased()
        if let region = regions.first(where: { $0.code == code }) {
            return .found(region, others: [])
        }
        let folded = FoldedName(text)
        let (kind, name) = Self.splitKind(folded) ?? (nil, folded)
        let found = regions(named: name).map { regions[$0] }
            .filter { kind == nil || $0.kind == kind }
        guard let first = found.first else {
            return .unknown(suggestions: regionSuggestions(for: name, kind: kind))
        }
        let same = found.filter { $0.kind == first.kind }
        return same.count > 1
            ? .ambiguous(same) : .found(first, others: Array(found.dropFirst()))
    }

    /// The regions of a name with or without a province behind it, in order of precedence.
    func regions(named name: FoldedName) -> [Int] {
        guard name.count > 0 else { return [] }
        let whole = names.regions(name.key[...])
        if !whole.isEmpty { return inPrecedence(whole) }
        for cut in stride(from: min(name.count - 1, names.words(of: name)), to: 0, by: -1) {
            let key = name.key(cut..<name.count)
            let qualified = names.regions(name.key(0..<cut)).filter { index in
                guard index < areasOfMunicipality.count else { return false }
                let areas = areasOfMunicipality[index]
                return provinceAbbreviations.contains {
                    $0.province == areas.province && $0.key[...] == key
                }
                    || names.regions(key).contains {
                        areas.contains(RegionIndex(rawValue: UInt16($0)))
                    }
            }
            if !qualified.isEmpty { return inPrecedence(qualified) }
        }
        return []
    }

    private func inPrecedence(_ found: [Int]) -> [Int] {
        let order = RegionKind.allCases
        return found.sorted {
            (order.firstIndex(of: regions[$0].kind) ?? 0, $0)
                < (order.firstIndex(of: regions[$1].kind) ?? 0, $1)
        }
    }

    /// Parts the words for a kind of region from the name they stand before or behind.
    static func splitKind(_ name: FoldedName) -> (RegionKind, FoldedName)? {
        for (words, kind) in kindWords {
            let count = words.count
            guard name.count > count else { continue }
            let joined = words.joined().utf8
            if name.key(0..<count).elementsEqual(joined) {
                var first = count
                while first < name.count - 1, ["van", "of"].contains(name.word(first)) {
                    first += 1
                }
                return (kind, name.dropFirst(first))
            }
            if name.key(name.count - count..<name.count).elementsEqual(joined) {
                return (kind, name.dropLast(count))
            }
        }
        return nil
    }

    /// Longer forms first, so that “COROP-gebied” is not a place called “gebied”.
    private static let kindWords: [([String], RegionKind)] = [
        (["labour", "market", "region"], .labourRegion),
        (["corop", "gebied"], .corop), (["corop", "regio"], .corop),
        (["gemeente"], .municipality), (["municipality"], .municipality), (["gem"], .municipality),
        (["provincie"], .province), (["province"], .province), (["prov"], .province),
        (["arbeidsmarktregio"], .labourRegion), (["amr"], .labourRegion),
        (["coropgebied"], .corop), (["corop"], .corop),
    ]
}
