import Answers
import Partnership
import Places
import Skills

/// What `report gaps` prints.
struct GapsOutput {
    let gaps: Gaps
    let demand: DemandTally?
    /// How many occupations are told of a region.
    let limit: Int
    let skills: SkillsCatalogue
    let language: AnswerLanguage

    private var question: String {
        guard case .time(let minutes, let mode) = gaps.reach else { return "" }
        let way = CoverageWording.way(mode, language)
        return language(
            nl: "Beroepen waarvoor te leren is binnen \(Int(minutes.rounded())) minuten \(way) "
                + "of zonder reizen",
            en: "Occupations that can be learnt for within \(Int(minutes.rounded())) minutes "
                + "\(way) or without travel")
    }

    private func print(_ table: TextTable) throws {
        for line in table.lines(width: Terminal.output.width, heading: Terminal.output.bold) {
            try Console.print(line)
        }
    }

    private func skillNames(_ numbers: [Int]) -> String {
        numbers.map { skills.skillLabel($0, in: language.tag) }.joined(separator: ", ")
    }

    private func occupation(_ number: Int) -> String {
        skills.occupationLabel(number, in: language.tag)
    }

    /// All regions, one a line.
    func print(_ regions: [Gaps.InRegion]) throws {
        try Console.print(question)
        try Console.print("")
        var columns: [TextTable.Column] = [
            .init(heading: language(nl: "regio", en: "region"), canShrink: true),
            .init(heading: language(nl: "helemaal", en: "whole"), isNumeric: true),
            .init(heading: language(nl: "deels", en: "part"), isNumeric: true),
            .init(heading: language(nl: "niets", en: "nothing"), isNumeric: true),
            .init(heading: language(nl: "het dichtstbij", en: "nearest"), canShrink: true),
        ]
        if demand != nil {
            columns.append(
                .init(heading: language(nl: "zonder aanbod", en: "no offer"), isNumeric: true))
        }
        var table = TextTable(columns)
        for entry in regions.sorted(by: { $0.region.name < $1.region.name }) {
            let nearest = entry.incomplete.first.map {
                "\(occupation($0.number)): " + skillNames($0.missing)
            }
            var cells = [
                entry.region.name, "\(entry.complete)", "\(entry.incomplete.count)",
                "\(entry.without)", nearest ?? "",
            ]
            if let demand { cells.append(without(demand, entry.region.index)) }
            table.append(cells)
        }
        try print(table)
        try printSuppressed()
    }

    /// `12 of 40`, or that they are too few to tell.
    private func without(_ demand: DemandTally, _ region: RegionIndex) -> String {
        guard let profiles = demand.profiles(in: region) else { return "" }
        let without = demand.withoutOffer(in: region).map { "\($0)" } ?? "?"
        return language(nl: "\(without) van \(profiles)", en: "\(without) of \(profiles)")
    }

    private func printSuppressed() throws {
        guard let demand, demand.suppressed != 0 else { return }
        let least = DemandTally.leastGroup
        let count =
            demand.suppressed.map { "\($0)" }
            ?? language(nl: "minder dan \(least)", en: "fewer than \(least)")
        try Console.print(
            language(
                nl: "\(count) profielen in regio’s met minder dan \(least) of zonder bekende "
                    + "plaats: niet getoond",
                en: "\(count) profiles in regions with fewer than \(least) or without a known "
                    + "place: not shown"))
    }

    /// One region.
    func print(_ entry: Gaps.InRegion) throws {
        try Console.print(Terminal.output.bold(entry.region.label))
        try Console.print(question)
        try Console.print(
            language(
                nl: "\(entry.complete) helemaal, \(entry.incomplete.count) deels, "
                    + "\(entry.without) helemaal niet",
                en: "\(entry.complete) wholly, \(entry.incomplete.count) in part, "
                    + "\(entry.without) not at all"))
        try Console.print("")
        var table = TextTable([
            .init(heading: language(nl: "beroep", en: "occupation"), canShrink: true),
            .init(heading: language(nl: "te leren", en: "taught"), isNumeric: true),
            .init(heading: language(nl: "ontbreekt", en: "missing"), canShrink: true),
        ])
        for gap in entry.incomplete.prefix(limit) {
            table.append([
                occupation(gap.number),
                language(
                    nl: "\(gap.taught.count) van \(gap.needed)",
                    en: "\(gap.taught.count) of \(gap.needed)"), skillNames(gap.missing),
            ])
        }
        try print(table)
        let more = entry.incomplete.count - limit
        if more > 0 {
            try Console.print(
                language(
                    nl: "en nog \(more); --limit toont er meer",
                    en: "and \(more) more; --limit shows more"))
        }
        guard let demand else { return }
        try print(demand, in: entry.region)
        try printSuppressed()
    }

    private func print(_ demand: DemandTally, in region: Region) throws {
        try Console.print("")
        guard let profiles = demand.profiles(in: region.index) else {
            return try Console.print(
                language(
                    nl: "minder dan \(DemandTally.leastGroup) profielen: hun wensen worden niet "
                        + "getoond",
                    en: "fewer than \(DemandTally.leastGroup) profiles: their wishes are not shown"
                ))
        }
        let without = demand.withoutOffer(in: region.index).map { "\($0)" } ?? "?"
        try Console.print(
            language(
                nl: "\(profiles) profielen, \(without) zonder passend aanbod",
                en: "\(profiles) profiles, \(without) without a fitting offer"))
        var table = TextTable([
            .init(heading: language(nl: "gevraagd", en: "asked for"), canShrink: true),
            .init(heading: language(nl: "profielen", en: "profiles"), isNumeric: true),
            .init(heading: language(nl: "ontbreekt", en: "missing"), canShrink: true),
        ])
        for wish in gaps.unmetOccupations(demand, in: region.index, skills) {
            table.append([
                occupation(wish.count.number), "\(wish.count.profiles)", skillNames(wish.missing),
            ])
        }
        for wish in gaps.unmetSkills(demand, in: region.index) {
            table.append([
                skills.skillLabel(wish.number, in: language.tag), "\(wish.profiles)",
                language(nl: "wordt nergens gegeven", en: "is taught nowhere"),
            ])
        }
        guard !table.rows.isEmpty else {
            return try Console.print(
                language(
                    nl: "wat van hun wensen getoond mag worden, is binnen bereik te leren",
                    en: "what may be shown of their wishes can be learnt within reach"))
        }
        try print(table)
    }
}
