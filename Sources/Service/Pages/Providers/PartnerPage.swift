import Answers
import CourseModel
import Hummingbird
import Partnership
import Quality
import Storage

/// One partner: what it offers, and how good the information is that it gives.
struct PartnerPage {
    /// How many kinds of remark are told of.
    private static let remarks = 8

    private let frame: PageFrame
    private let language: AnswerLanguage

    init(_ frame: PageFrame) {
        self.frame = frame
        language = frame.language
    }

    /// The page.
    ///
    /// - Throws: A ``Problem`` when there is no such partner; ``StoreError``.
    func response() throws -> Response {
        let catalogue = try frame.call.catalogue
        let id = ID<Partner>(frame.call.parameters["id"] ?? "")
        guard let partner = catalogue.workspace.configuration.partners.first(where: { $0.id == id })
        else { throw Problem(.notFound, "there is no partner with this id") }
        let feeds = try catalogue.store.snapshot { snapshot in
            try snapshot.sources().filter { $0.source.partner == id }.map { status in
                try FeedQuality(
                    of: status, in: snapshot, index: catalogue.index, today: frame.call.today)
            }
        }
        let present = feeds.reduce(RecordCount()) { $0 + $1.status.present }
        var figures: [(String, String)] = [
            ("\(present.courses)", language(nl: "cursussen", en: "courses")),
            ("\(present.offerings)", language(nl: "uitvoeringen", en: "offerings")),
        ]
        let scores = feeds.compactMap(\.completeness.score)
        if !scores.isEmpty {
            let mean = scores.reduce(0, +) / Double(scores.count)
            figures.append(
                (
                    "\(Int(mean.rounded())) %",
                    language(
                        nl: "van de gegevens is ingevuld", en: "of the information is filled in")
                ))
        }
        var fields: Fields = [
            "name": partner.name, "roles": Self.roles(partner, language),
            "providersURL": frame.path(.providers),
            "searchURL": SearchQuestion(path: frame.path(.search))
                .setting("partner", partner.id.value).address(),
            "figures": figures.map { ["value": $0.0, "label": $0.1] },
            "sources": feeds.enumerated().map { source($1, number: $0 + 1) },
        ]
        if let website = partner.website, CoursePage.isWeb(website) { fields["website"] = website }
        return try frame.respond(
            "partner", title: partner.name,
            description: language(
                nl: "Wat \(partner.name) aanbiedt, en hoe goed de gegevens zijn.",
                en: "What \(partner.name) offers, and how good the information is."), fields)
    }

    /// What a partner is, in words.
    static func roles(_ partner: Partner, _ language: AnswerLanguage) -> String {
        partner.roles.map { role in
            switch role {
            case .provider: language(nl: "aanbieder", en: "provider")
            case .publisher: language(nl: "uitgever", en: "publisher")
            case .sectorBody: language(nl: "brancheorganisatie", en: "sector body")
            case .employer: language(nl: "werkgever", en: "employer")
            case .coordinator: language(nl: "coördinator", en: "coordinator")
            }
        }.joined(separator: ", ")
    }

    private func source(_ feed: FeedQuality, number: Int) -> Fields {
        let run = feed.run
        let quality = QualityWording(language: language)
        let wording = CompletenessWording(language: language)
        var facts = [
            (
                language(nl: "Laatst opgehaald", en: "Last fetched"),
                frame.wording.date(feed.status.lastRun.startedAt.day)
            ), (language(nl: "Formaat", en: "Format"), run.format),
            (
                language(nl: "Aangeboden", en: "Offered"),
                language(
                    nl: "\(run.offered.courses) cursussen", en: "\(run.offered.courses) courses")
            ),
            (
                language(nl: "Overgenomen", en: "Accepted"),
                language(
                    nl: "\(run.accepted.courses) cursussen", en: "\(run.accepted.courses) courses")
            ),
            (
                language(nl: "Apart gezet", en: "Set apart"),
                run.quarantined.courses == 0
                    ? language(nl: "niets", en: "nothing")
                    : language(
                        nl: "\(run.quarantined.courses) cursussen, om na te kijken",
                        en: "\(run.quarantined.courses) courses, to be checked")
            ),
        ]
        if let score = feed.completeness.score {
            facts.append((language(nl: "Compleet", en: "Complete"), wording.score(score)))
        }
        let gains = feed.completeness.gains.prefix(5)
        let repairs = feed.repairs.prefix(FeedQuality.repairCount)
        let counts = run.diagnosticCounts.filter { $0.severity != .note }
        var fields: Fields = [
            "id": feed.status.source.id.value, "number": number,
            "hasRepairs": !repairs.isEmpty,
            "repairs": repairs.map { repair -> Fields in
                ["advice": quality.advice(repair), "gain": quality.gain(repair)]
            },
            "facts": facts.map { ["label": $0.0, "value": $0.1] },
            "gains": gains.map { gain -> Fields in
                [
                    "label": language(
                        nl: "\(wording.name(gain.field)), bij \(gain.courses) cursussen",
                        en: "\(wording.name(gain.field)), in \(gain.courses) courses"),
                    "points": wording.points(gain.points),
                ]
            }, "hasGains": !gains.isEmpty, "hasRemarks": !counts.isEmpty,
            "remarks": counts.prefix(Self.remarks).map { count -> Fields in
                [
                    "title": quality.title(count.code), "reason": quality.reason(count.code) ?? "",
                    "count": count.count,
                ]
            },
        ]
        if feed.status.heldRun != nil {
            fields["held"] = language(
                nl:
                    "De nieuwste gegevens wijken sterk af. Ze wachten op controle; je ziet de vorige.",
                en:
                    "The newest information differs a lot. It waits to be checked; you see the last."
            )
        }
        return fields
    }
}
