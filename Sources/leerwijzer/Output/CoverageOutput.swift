import Answers
import CourseModel
import Partnership
import Places
import SearchIndex

/// What `report coverage` prints.
struct CoverageOutput {
    let coverage: Coverage
    let ledger: CoverageLedger
    let progress: [TargetProgress]
    /// The way to travel that details are told of.
    let mode: TravelMode
    /// For whom; everyone when `nil`.
    let audience: Audience?
    let language: AnswerLanguage

    private func number(_ value: Double) -> String {
        value == 0 ? "–" : CoverageWording.number(value, language)
    }

    private func print(_ table: TextTable) throws {
        for line in table.lines(width: Terminal.output.width, heading: Terminal.output.bold) {
            try Console.print(line)
        }
    }

    private var question: String {
        let whom =
            audience.map {
                language(
                    nl: " voor \(CoverageWording.audience($0, language))",
                    en: " for \(CoverageWording.audience($0, language))")
            } ?? ""
        let minutes = Int(coverage.minutes.rounded())
        return language(
            nl: "Uitvoeringen\(whom) binnen \(minutes) minuten, gemiddeld per postcode",
            en: "Offerings\(whom) within \(minutes) minutes, mean over postcodes")
    }

    /// All regions of a kind, one a line.
    func print(_ regions: [Places.Region], of kind: RegionKind) throws {
        try Console.print(
            question
                + language(
                    nl: "; minste en zonder: \(CoverageWording.way(mode, language))",
                    en: "; least and without: \(CoverageWording.way(mode, language))"))
        try Console.print("")
        var table = TextTable([
            .init(heading: language(nl: "regio", en: "region"), canShrink: true),
            .init(heading: language(nl: "hier", en: "here"), isNumeric: true),
            .init(heading: language(nl: "lopen", en: "foot"), isNumeric: true),
            .init(heading: language(nl: "fiets", en: "bike"), isNumeric: true),
            .init(heading: language(nl: "ov", en: "transit"), isNumeric: true),
            .init(heading: language(nl: "auto", en: "car"), isNumeric: true),
            .init(heading: language(nl: "minste", en: "least"), isNumeric: true),
            .init(heading: language(nl: "zonder", en: "without"), isNumeric: true),
        ])
        var without = 0
        for region in regions.sorted(by: { $0.name < $1.name }) {
            let means = TravelMode.allCases.map {
                coverage.reached(from: region.index, by: $0, for: audience).total
            }
            let here = coverage.offerings(in: region, for: audience)
            guard here > 0 || means.contains(where: { $0 > 0 }) else {
                without += 1
                continue
            }
            let spread = coverage.spread(in: region.index, by: mode, for: audience)
            let postcodes = coverage.postcodes(of: region.index)
            table.append(
                [region.name, "\(here)"] + means.map(number) + [
                    "\(spread.least)", "\(spread.without) / \(postcodes)",
                ])
        }
        try print(table)
        if without > 0 {
            let what = CoverageWording.regions(kind, language)
            try Console.print(
                language(
                    nl: "\(without) andere \(what) bereiken niets",
                    en: "\(without) other \(what) reach nothing"))
        }
        try printAnywhere()
        try printTargets()
    }

    private func printAnywhere() throws {
        let count = Int(coverage.withoutTravel(for: audience).total)
        try Console.print(
            language(
                nl: "overal te volgen zonder reizen: \(count)",
                en: "can be taken anywhere without travel: \(count)"))
    }

    private func printTargets() throws {
        guard !progress.isEmpty else { return }
        try Console.print("")
        try Console.print(Terminal.output.bold(language(nl: "Doelen", en: "Targets")))
        for entry in progress {
            let first = ledger.entries.lazy.compactMap { $0.targets[entry.target.name] }.first
            try Console.print(CoverageWording.progress(entry, since: first, language))
        }
    }

    /// One region by audience, level, price and field.
    func print(_ region: Places.Region) throws {
        try Console.print(Terminal.output.bold(region.label))
        let postcodes = coverage.postcodes(of: region.index)
        try Console.print(
            question
                + language(nl: " (\(postcodes) postcodes)", en: " (\(postcodes) postcodes)"))
        try Console.print("")
        try printAudiences(region)
        let counts = coverage.reached(from: region.index, by: mode, for: audience)
        let way = CoverageWording.way(mode, language)
        for (heading, names, values) in [
            (
                language(nl: "niveau", en: "level"),
                (1...8).map { "NLQF \($0)" } + [language(nl: "onbekend", en: "not known")],
                counts.levels
            ),
            (
                language(nl: "prijs", en: "price"),
                PriceBand.allCases.map { CoverageWording.price($0, language) }, counts.prices
            ),
            (
                language(nl: "vakgebied", en: "field"),
                coverage.fields.map { $0.name(language) }, counts.fields
            ),
        ] {
            try Console.print("")
            var table = TextTable([
                .init(heading: heading, canShrink: true), .init(heading: way, isNumeric: true),
            ])
            for (name, value) in zip(names, values) where value > 0 || heading == self.level {
                table.append([name, number(value)])
            }
            try print(table)
        }
        try Console.print("")
        try printAnywhere()
        try printTargets()
    }

    private var level: String { language(nl: "niveau", en: "level") }

    private func printAudiences(_ region: Places.Region) throws {
        var table = TextTable([
            .init(heading: language(nl: "voor", en: "for"), canShrink: true),
            .init(heading: language(nl: "hier", en: "here"), isNumeric: true),
            .init(heading: language(nl: "lopen", en: "foot"), isNumeric: true),
            .init(heading: language(nl: "fiets", en: "bike"), isNumeric: true),
            .init(heading: language(nl: "ov", en: "transit"), isNumeric: true),
            .init(heading: language(nl: "auto", en: "car"), isNumeric: true),
        ])
        for audience in audience.map({ [$0] }) ?? Coverage.audiences {
            table.append(
                [
                    CoverageWording.audience(audience, language),
                    "\(coverage.offerings(in: region, for: audience))",
                ]
                    + TravelMode.allCases.map {
                        number(coverage.reached(from: region.index, by: $0, for: audience).total)
                    })
        }
        try print(table)
    }

    /// What was within reach of regions in each generation of the ledger.
    func printTrend(of regions: [Places.Region]) throws {
        try Console.print(
            language(
                nl: "Uitvoeringen binnen 30 minuten, gemiddeld per postcode, per generatie",
                en: "Offerings within 30 minutes, mean over postcodes, by generation"))
        try Console.print("")
        var table = TextTable([
            .init(heading: language(nl: "regio", en: "region"), canShrink: true),
            .init(heading: language(nl: "generatie", en: "generation"), isNumeric: true),
            .init(heading: language(nl: "dag", en: "day")),
            .init(heading: language(nl: "hier", en: "here"), isNumeric: true),
            .init(heading: language(nl: "lopen", en: "foot"), isNumeric: true),
            .init(heading: language(nl: "fiets", en: "bike"), isNumeric: true),
            .init(heading: language(nl: "ov", en: "transit"), isNumeric: true),
            .init(heading: language(nl: "auto", en: "car"), isNumeric: true),
        ])
        for region in regions.sorted(by: { $0.name < $1.name }) {
            let codes = ledger.entries.filter { $0.regions[region.code] != nil }
            guard !codes.isEmpty else { continue }
            for entry in ledger.entries {
                let figures = entry.regions[region.code] ?? Array(repeating: 0, count: 5)
                table.append(
                    [region.name, "\(entry.generation)", entry.day] + figures.map(number))
            }
        }
        try print(table)
    }
}
