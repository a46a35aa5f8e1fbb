import Answers
import CourseModel
import Hummingbird
import Partnership
import Places
import SearchIndex

/// What the people of a region can reach: by way to travel, for whom, at what level and price, in which
/// field; how far the partnership's targets are; and which jobs lack something.
struct CoveragePage {
    /// How many jobs that lack something are told.
    private static let jobs = 8
    /// How many fields and generations are told at most.
    private static let fields = 12
    private static let generations = 12

    private let frame: PageFrame
    private let language: AnswerLanguage

    init(_ frame: PageFrame) {
        self.frame = frame
        language = frame.language
    }

    /// The page.
    ///
    /// - Throws: A ``Problem`` when there is no such region; ``IndexError``.
    func response() throws -> Response {
        let catalogue = try frame.call.catalogue
        let region = try RegionAPI.region(frame.call.parameters["id"], catalogue)
        let covered = try catalogue.reach.covered(catalogue, today: frame.call.today)
        let coverage = covered.coverage
        let gaps = try catalogue.reach.gaps(region.kind, catalogue, today: frame.call.today)
        let missing = gaps.regions.first { $0.region == region }
        let reached = coverage.reached(from: region.index, by: .transit)
        let trend = trend(of: region, covered.ledger)
        let jobs = jobs(missing, catalogue)
        // A municipality has part in what is wanted for the regions that it lies in.
        let around = catalogue.gazetteer.areas(ofMunicipality: region.index)
        let targets = covered.progress.filter { progress in
            guard let wanted = progress.region else { return true }
            return wanted == region || around?.contains(wanted.index) == true
        }
        let anywhere = Int(coverage.withoutTravel().total)
        return try frame.respond(
            "coverage", title: language(nl: "Bereik: \(region.name)", en: "Reach: \(region.name)"),
            description: language(
                nl: "Wat mensen in \(region.name) binnen een half uur bereiken.",
                en: "What people in \(region.name) reach within half an hour."),
            [
                "name": region.name, "regionURL": frame.path(.region(region.code)),
                "postcodes": coverage.postcodes(of: region.index), "anywhere": anywhere,
                "ways": ways(region, coverage), "audiences": audiences(region, coverage),
                "headings": TravelMode.allCases.map { CoverageWording.way($0, language) },
                "levels": rows(
                    (1...8).map { "NLQF \($0)" } + [language(nl: "onbekend", en: "not known")],
                    reached.levels),
                "prices": rows(
                    PriceBand.allCases.map { CoverageWording.price($0, language) }, reached.prices),
                "fields": rows(
                    coverage.fields.map { $0.name(language) }, reached.fields, most: Self.fields),
                "targets": targets.map { progress -> Fields in
                    let first = covered.ledger.entries.lazy
                        .compactMap { $0.targets[progress.target.name] }.first
                    return [
                        "text": CoverageWording.progress(progress, since: first, language),
                        "percent": Int((100 * progress.share).rounded()),
                    ]
                },
                "hasTargets": !targets.isEmpty, "trend": trend, "hasTrend": trend.count > 1,
                "jobs": jobs, "hasJobs": !jobs.isEmpty,
                "jobsTold": language(
                    nl: "Naar \(missing?.complete ?? 0) van \(missing?.occupations ?? 0) beroepen "
                        + "leidt wat binnen een half uur met het ov of zonder reizen te leren is.",
                    en: "What can be learnt within half an hour by public transport, or without "
                        + "travel, leads to \(missing?.complete ?? 0) of "
                        + "\(missing?.occupations ?? 0) jobs."),
            ])
    }

    private func number(_ value: Double) -> String {
        value == 0 ? "0" : CoverageWording.number(value, language)
    }

    private func ways(_ region: Places.Region, _ coverage: Coverage) -> [Fields] {
        TravelMode.allCases.map { mode in
            let spread = coverage.spread(in: region.index, by: mode)
            return [
                "value": number(coverage.reached(from: region.index, by: mode).total),
                "label": CoverageWording.way(mode, language),
                "spread": language(
                    nl: "van \(spread.least) tot \(spread.most), "
                        + "\(spread.without) postcodes zonder",
                    en: "from \(spread.least) to \(spread.most), "
                        + "\(spread.without) postcodes without"),
            ]
        }
    }

    private func audiences(_ region: Places.Region, _ coverage: Coverage) -> [Fields] {
        Coverage.audiences.map { audience in
            [
                "label": CoverageWording.audience(audience, language),
                "here": coverage.offerings(in: region, for: audience),
                "means": TravelMode.allCases.map {
                    number(coverage.reached(from: region.index, by: $0, for: audience).total)
                },
            ]
        }
    }

    /// Bars, each as long as its share of the longest.
    private func rows(_ names: [String], _ values: [Double], most: Int = .max) -> [Fields] {
        var told = zip(names, values).filter { $0.1 > 0 }
        if told.count > most {
            told = Array(told.sorted { $0.1 > $1.1 }.prefix(most))
        }
        let longest = told.map(\.1).max() ?? 1
        return told.map { name, value in
            [
                "label": name, "value": number(value),
                "percent": Int((100 * value / longest).rounded()),
            ]
        }
    }

    private func trend(of region: Places.Region, _ ledger: CoverageLedger) -> [Fields] {
        ledger.entries.suffix(Self.generations).map { entry in
            let figures = entry.regions[region.code] ?? Array(repeating: 0, count: 5)
            return [
                "generation": entry.generation,
                "day": CalendarDate(iso: entry.day).map { frame.wording.date($0) } ?? entry.day,
                "figures": figures.map(number),
            ]
        }
    }

    private func jobs(_ missing: Gaps.InRegion?, _ catalogue: OpenCatalogue) -> [Fields] {
        let skills = catalogue.skills
        return (missing?.incomplete ?? []).prefix(Self.jobs).map { job in
            let names = job.missing.prefix(6).map { skills.skillLabel($0, in: language.tag) }
            let more = job.missing.count - names.count
            return [
                "name": skills.occupationLabel(job.number, in: language.tag),
                "taught": language(
                    nl: "\(job.taught.count) van \(job.needed)",
                    en: "\(job.taught.count) of \(job.needed)"),
                "percent": 100 * job.taught.count / job.needed,
                "href": SearchQuestion(path: frame.path(.search))
                    .setting("occupation", skills.occupationID(job.number).value).address(),
                "missing": names.joined(separator: ", ")
                    + (more > 0 ? language(nl: " en nog \(more)", en: " and \(more) more") : ""),
            ]
        }
    }
}
