import Answers
import CourseModel
import Places
import SearchIndex

/// The map beside a search: regions shaded by how much they offer, each a link.
struct MapView {
    let question: SearchQuestion
    let answer: SearchAnswer
    let gazetteer: Gazetteer
    let language: AnswerLanguage
    /// Where a region leads to; the question in that region when not said.
    var link: ((Places.Region) -> String)?

    /// How regions without, with few and with many offerings are shaded: 0...4.
    private func tint(_ count: Int, most: Int) -> Int {
        count == 0 ? 0 : min(4, 1 + 4 * count / max(most + 1, 1))
    }

    private func counts(_ kind: FacetKind) -> [String: Int] {
        Dictionary(
            (answer.results.facets.first { $0.kind == kind }?.values ?? []).map {
                ($0.value, $0.count)
            }, uniquingKeysWith: { first, _ in first })
    }

    private func label(_ region: Places.Region, _ count: Int) -> String {
        let offerings = language(
            nl: count == 1 ? "1 uitvoering" : "\(count) uitvoeringen",
            en: count == 1 ? "1 offering" : "\(count) offerings")
        return "\(region.name): \(offerings)"
    }

    /// The map, as the template takes it.
    var fields: Fields {
        let map = RegionMap.of(gazetteer)
        return chosen(on: map).map { zoomed($0, map) } ?? whole(map)
    }

    /// The labour-market region that is chosen, or the one that the chosen municipality lies in.
    private func chosen(on map: RegionMap) -> RegionMap.Shape? {
        guard let region = answer.understood.region else { return nil }
        let index =
            region.kind == .municipality
            ? gazetteer.areas(ofMunicipality: region.index)?.labourRegion : region.index
        return map.labourRegions.first { $0.region.index == index }
    }

    private func whole(_ map: RegionMap) -> Fields {
        let counts = counts(.labourMarketRegion)
        let most = counts.values.max() ?? 0
        let box = surroundings
        return [
            "title": language(nl: "Waar het is", en: "Where it is"),
            "hint": language(
                nl: "Kies een regio om daar te zoeken.", en: "Choose a region to search there."),
            "viewBox": box.text,
            "regions": map.labourRegions.map { shape in
                fields(shape, count: counts[shape.region.code] ?? 0, most: most)
            }, "pins": pins(map, size: box.size),
            "names": box.size < RegionMap.Box.whole.size ? names(map, in: box) : [Fields](),
            "here": here(size: box.size),
        ]
    }

    /// The country, or as much of it as lies around the circle within which is searched.
    private var surroundings: RegionMap.Box {
        guard let place = answer.understood.place,
            let metres = answer.understood.query.near?.metres
        else { return .whole }
        let point = RegionMap.point(place.coordinates)
        let reach = max(metres / 1000, 8) * 1.35
        guard reach < 75 else { return .whole }
        return RegionMap.Box(
            west: point.x - reach, north: point.y - reach, east: point.x + reach,
            south: point.y + reach)
    }

    /// The names of the municipalities with the most offerings in a part of the map.
    private func names(
        _ map: RegionMap, in box: RegionMap.Box, of codes: Set<String>? = nil
    ) -> [Fields] {
        let inside = counts(.municipality).sorted { ($1.value, $0.key) < ($0.value, $1.key) }
            .filter { codes?.contains($0.key) ?? true }
            .compactMap { map.municipalities[$0.key] }.filter { box.holds($0.middle) }
        // What would overlap a name that is there already is left out.
        var shown: [RegionMap.Shape] = []
        for shape in inside where shown.count < 8 {
            let isFree = shown.allSatisfy {
                abs($0.middle.y - shape.middle.y) > box.size * 0.045
                    || abs($0.middle.x - shape.middle.x) > box.size * 0.22
            }
            if isFree { shown.append(shape) }
        }
        return shown.map { name($0, in: box) }
    }

    private func name(_ shape: RegionMap.Shape, in box: RegionMap.Box) -> Fields {
        let size = box.size * 0.036
        // Half of what the name takes, by the mean width of a letter.
        let half = min(Double(shape.region.name.count) * size * 0.31, (box.east - box.west) / 2)
        let middle = min(max(shape.middle.x, box.west + half), box.east - half)
        return [
            "text": shape.region.name, "x": RegionMap.tenths(middle),
            "y": RegionMap.tenths(shape.middle.y - size * 0.67), "size": RegionMap.tenths(size),
        ]
    }

    private func zoomed(_ region: RegionMap.Shape, _ map: RegionMap) -> Fields {
        let counts = counts(.municipality)
        let box = region.box.widened(by: region.box.size * 0.06)
        let inside = gazetteer.municipalities(of: region.region.index).compactMap {
            map.municipalities[gazetteer[$0].code]
        }
        let most = inside.map { counts[$0.region.code] ?? 0 }.max() ?? 0
        let others = map.labourRegions.filter { $0.region.index != region.region.index }
        return [
            "title": region.region.name,
            "hint": language(
                nl: "Kies een gemeente om daar te zoeken.",
                en: "Choose a municipality to search there."),
            "backURL": question.without("region").address(), "viewBox": box.text,
            "regions": others.map { ["path": $0.path, "tint": 0] as Fields }
                + inside.map { fields($0, count: counts[$0.region.code] ?? 0, most: most) },
            "names": names(map, in: region.box, of: Set(inside.map(\.region.code))),
            "pins": pins(map, size: box.size, in: Set(inside.map(\.region.code))),
            "here": here(size: box.size),
        ]
    }

    private func fields(_ shape: RegionMap.Shape, count: Int, most: Int) -> Fields {
        let isChosen = shape.region.index == answer.understood.region?.index
        var fields: Fields = [
            "path": shape.path, "tint": tint(count, most: most), "selected": isChosen,
        ]
        if count > 0 {
            fields["href"] =
                link?(shape.region)
                ?? question.setting("region", shape.region.label).address()
            fields["label"] = label(shape.region, count)
        }
        return fields
    }

    /// A dot in each municipality where something is, larger for more.
    private func pins(
        _ map: RegionMap, size: Double, in codes: Set<String>? = nil
    ) -> [Fields] {
        counts(.municipality).sorted { $0.value > $1.value }.compactMap { code, count in
            guard codes?.contains(code) ?? true, let shape = map.municipalities[code] else {
                return nil
            }
            let radius = size * min(0.006 + 0.0016 * Double(count).squareRoot(), 0.022)
            return [
                "x": RegionMap.tenths(shape.middle.x), "y": RegionMap.tenths(shape.middle.y),
                "r": RegionMap.tenths(radius), "label": label(shape.region, count),
            ]
        }
    }

    /// The circle within which is searched.
    private func here(size: Double) -> [Fields] {
        guard let place = answer.understood.place else { return [] }
        let point = RegionMap.point(place.coordinates)
        let reach = (answer.understood.query.near?.metres).map { $0 / 1000 } ?? 0
        return [
            [
                "x": RegionMap.tenths(point.x), "y": RegionMap.tenths(point.y),
                "r": RegionMap.tenths(max(reach, size * 0.012)), "label": place.label,
            ]
        ]
    }
}
