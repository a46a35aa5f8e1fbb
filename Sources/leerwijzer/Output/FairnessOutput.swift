import Answers
import Matching

/// What `report fairness` answers.
struct FairnessOutput {
    var regions = FairnessTally()
    var levels = FairnessTally()
    /// How many lines were no profiles.
    var faulty = 0

    private struct Group: Encodable {
        var name: String
        var profiles: Int
        /// `null` for some, but fewer than ten.
        var withoutOffer: Nullable<Int>
        var medianOfferings: Int
        var medianMinutes: Double?
        var medianPrice: Double?

        init(_ group: FairnessTally.Group) {
            name = group.name
            profiles = group.profiles
            withoutOffer = Nullable(group.withoutOffer)
            medianOfferings = group.medianOfferings
            medianMinutes = group.medianMinutes.map { $0.rounded() }
            medianPrice = group.medianCents.map { Double($0) / 100 }
        }
    }

    private struct Tally: Encodable {
        var groups: [Group]
        /// `null` for some, but fewer than ten.
        var suppressed: Nullable<Int>

        init(_ tally: FairnessTally) {
            groups = tally.groups.map { Group($0) }
            suppressed = Nullable(tally.suppressed)
        }
    }

    private struct Answer: Encodable {
        var leastGroup = FairnessTally.leastGroup
        var faulty: Int
        var regions: Tally
        var levels: Tally
    }

    func print(as format: TableOrJSON, in language: AnswerLanguage) throws {
        let answer = Answer(faulty: faulty, regions: Tally(regions), levels: Tally(levels))
        if format == .json { return try Console.print(try JSONOutput.line(answer)) }
        try print(
            answer.regions, heading: language(nl: "provincie", en: "province"), in: language)
        try Console.print("")
        try print(answer.levels, heading: language(nl: "niveau", en: "level"), in: language)
    }

    private func print(_ tally: Tally, heading: String, in language: AnswerLanguage) throws {
        var table = TextTable([
            .init(heading: heading, canShrink: true),
            .init(heading: language(nl: "profielen", en: "profiles"), isNumeric: true),
            .init(heading: language(nl: "zonder aanbod", en: "no offer"), isNumeric: true),
            .init(heading: language(nl: "aanbod", en: "offerings"), isNumeric: true),
            .init(heading: language(nl: "reis (min)", en: "travel (min)"), isNumeric: true),
            .init(heading: language(nl: "prijs (€)", en: "price (€)"), isNumeric: true),
        ])
        let few = "<\(FairnessTally.leastGroup)"
        for group in tally.groups {
            table.append([
                group.name, "\(group.profiles)", group.withoutOffer.value.map { "\($0)" } ?? few,
                "\(group.medianOfferings)", group.medianMinutes.map { "\(Int($0))" } ?? "–",
                group.medianPrice.map { "\(Int($0.rounded()))" } ?? "–",
            ])
        }
        for line in table.lines(width: Terminal.output.width, heading: Terminal.output.bold) {
            try Console.print(line)
        }
        guard tally.suppressed.value != 0 else { return }
        let number = tally.suppressed.value.map { "\($0)" } ?? few
        let least = FairnessTally.leastGroup
        try Console.print(
            language(
                nl:
                    "\(number) profielen niet getoond: groepen van minder dan \(least), en zo nodig "
                    + "de kleinste andere",
                en: "\(number) profiles not shown: groups of fewer than \(least), and where needed "
                    + "the smallest other one"))
    }
}
