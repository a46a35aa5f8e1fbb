import Answers
import CourseModel
import Places
import SearchIndex

/// The counts beside a search, each a link to the question with that value.
struct FacetLinks {
    let question: SearchQuestion
    let answer: SearchAnswer
    let gazetteer: Gazetteer
    let words: FilterWording

    private struct Link {
        var label: String
        var href: String
        var count: Int
        var isSelected = false
    }

    /// The facets, as the template takes them.
    var fields: [Fields] {
        [
            facet(.kind, "kind", nl: "Soort", en: "Kind"),
            facet(.level, "level", nl: "Niveau", en: "Level"),
            facet(.mode, "mode", nl: "Manier", en: "Form"),
            group(nl: "Regio", en: "Region", regions, isOpen: true),
            group(nl: "Prijs", en: "Price", prices),
            group(nl: "Begint in", en: "Starts in", months),
            facet(.provider, "provider", nl: "Aanbieder", en: "Provider", isOpen: false),
            facet(.audience, "audience", nl: "Voor wie", en: "For whom", isOpen: false),
            facet(.language, "language", nl: "Taal", en: "Language", isOpen: false),
        ].compactMap { $0 }
    }

    private static let most = 12

    private func values(_ kind: FacetKind) -> [FacetValue] {
        answer.results.facets.first { $0.kind == kind }?.values ?? []
    }

    private func facet(
        _ kind: FacetKind, _ name: String, nl: String, en: String, isOpen: Bool = true
    ) -> Fields? {
        let all = values(kind)
        let shown = all.prefix(Self.most) + all.dropFirst(Self.most).filter(\.isSelected)
        let links = shown.map { value in
            Link(
                label: words.label(kind, value),
                href: toggle(name, value).address(), count: value.count,
                isSelected: value.isSelected)
        }
        return group(nl: nl, en: en, links, isOpen: isOpen)
    }

    /// A value may have been asked for in other words than the facet's own, as by a part of a
    /// provider's name; choosing it then leaves those words out.
    private func toggle(_ name: String, _ value: FacetValue) -> SearchQuestion {
        let asked = question.values(of: name)
        if value.isSelected, !asked.contains(value.value) { return question.without(name) }
        return question.toggling(name, value.value)
    }

    private func group(nl: String, en: String, _ links: [Link], isOpen: Bool = false) -> Fields? {
        // A choice of one is none, unless it was made.
        guard links.count > 1 || links.contains(where: \.isSelected) else { return nil }
        return [
            "title": words.language(nl: nl, en: en),
            "open": isOpen || links.contains(where: \.isSelected),
            "values": links.map { link -> Fields in
                [
                    "label": link.label, "href": link.href, "count": link.count,
                    "selected": link.isSelected,
                ]
            },
        ]
    }

    /// Labour-market regions; within one, its municipalities.
    private var regions: [Link] {
        let chosen = answer.understood.region
        let codes: Set<String>? = chosen.flatMap { region in
            region.kind == .municipality
                ? nil : Set(gazetteer.municipalities(of: region.index).map { gazetteer[$0].code })
        }
        let kind: FacetKind = codes == nil ? .labourMarketRegion : .municipality
        let known = Dictionary(
            gazetteer.regions.map { ($0.code, $0) }, uniquingKeysWith: { first, _ in first })
        let links = values(kind).filter { codes?.contains($0.value) ?? true }
            .prefix(Self.most).compactMap { value -> Link? in
                guard let region = known[value.value] else { return nil }
                let isChosen = region.index == chosen?.index
                return Link(
                    label: region.name,
                    href: question.setting("region", isChosen ? nil : region.label).address(),
                    count: value.count, isSelected: isChosen)
            }
        guard let chosen, !links.contains(where: \.isSelected) else { return links }
        return [
            Link(
                label: chosen.label, href: question.without("region").address(),
                count: answer.results.total, isSelected: true)
        ] + links
    }

    /// Prices up to a limit: bands are added up, since who pays 500 will also pay 100.
    private var prices: [Link] {
        var count = 0
        return values(.price).compactMap { value -> Link? in
            guard let limit = PriceBand.allCases.first(where: { $0.name == value.value })?.limit
            else { return nil }
            count += value.count
            return Link(
                label: limit == 0
                    ? words.language(nl: "gratis", en: "free")
                    : words.language(nl: "tot € \(limit)", en: "up to €\(limit)"),
                href: toggling("max-price", "\(limit)"), count: count,
                isSelected: question["max-price"] == "\(limit)")
        }
    }

    private func toggling(_ name: String, _ value: String) -> String {
        question.setting(name, question[name] == value ? nil : value).address()
    }

    private var months: [Link] {
        values(.startMonth).prefix(Self.most).compactMap { value in
            guard let label = words.month(value.value) else { return nil }
            let parts = value.value.split(separator: "-").compactMap { Int($0) }
            guard parts.count == 2,
                let first = CalendarDate(year: parts[0], month: parts[1], day: 1),
                let next = CalendarDate(
                    year: parts[1] == 12 ? parts[0] + 1 : parts[0],
                    month: parts[1] == 12 ? 1 : parts[1] + 1, day: 1)
            else { return nil }
            let last = next.adding(days: -1)
            let isChosen =
                question["start-after"] == first.iso && question["start-before"] == last.iso
            return Link(
                label: label,
                href: question.setting("start-after", isChosen ? nil : first.iso)
                    .setting("start-before", isChosen ? nil : last.iso).address(),
                count: value.count, isSelected: isChosen)
        }
    }
}
