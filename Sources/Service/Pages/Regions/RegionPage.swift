import Answers
import CourseModel
import Hummingbird
import Matching
import Places
import SearchIndex
import Skills

/// What a region offers, by kind and level, for which jobs, by whom; and what is missing.
struct RegionPage {
    /// How many jobs are told of.
    private static let jobs = 8

    private let frame: PageFrame
    private let language: AnswerLanguage
    private let wording: Wording

    init(_ frame: PageFrame) {
        self.frame = frame
        language = frame.language
        wording = frame.wording
    }

    /// What is counted in one pass over the region's offerings.
    private struct Tally {
        var offerings = 0
        var courses: Set<Int> = []
        /// By kind, then level.
        var boxes: [Int: [Int: Int]] = [:]
        var providers: [ID<Provider>: (name: String, count: Int)] = [:]
    }

    /// The page.
    ///
    /// - Throws: A ``Problem`` when there is no such region; ``IndexError``.
    func response() throws -> Response {
        let catalogue = try frame.call.catalogue
        let code = frame.call.parameters["id"] ?? ""
        guard let region = catalogue.gazetteer.regions.first(where: { $0.code == code }) else {
            throw Problem(.notFound, "there is no region with this code")
        }
        var filters = Filters()
        filters.region = region.label
        let understood = try frame.call.understood(filters)
        let tally = try tally(understood.query, catalogue.index)
        let question = SearchQuestion(path: frame.path(.search)).setting("region", region.label)
        let providers = tally.providers.sorted {
            ($1.value.count, $0.value.name) < ($0.value.count, $1.value.name)
        }
        let jobs = try jobs(tally, catalogue)
        return try frame.respond(
            "region", title: region.name,
            description: language(
                nl: "Wat er te leren is in \(region.name), en wat ontbreekt.",
                en: "What can be learnt in \(region.name), and what is missing."),
            [
                "name": region.name, "kind": kind(region.kind),
                "regionsURL": frame.path(.regions), "coverageURL": frame.path(.coverage(code)),
                "searchURL": question.address(),
                "figures": [
                    (tally.courses.count, language(nl: "cursussen", en: "courses")),
                    (tally.offerings, language(nl: "uitvoeringen", en: "offerings")),
                    (providers.count, language(nl: "aanbieders", en: "providers")),
                ].map { ["value": $0.0, "label": $0.1] as Fields },
                "levels": levels.map(\.label), "kinds": kinds(tally, question),
                "jobs": jobs, "hasJobs": !jobs.isEmpty, "hasProviders": !providers.isEmpty,
                "providers": providers.map { id, provider -> Fields in
                    [
                        "name": provider.name, "count": provider.count,
                        "href": question.setting("provider", id.value).address(),
                    ]
                },
            ])
    }

    private func kind(_ kind: RegionKind) -> String {
        switch kind {
        case .municipality: language(nl: "gemeente", en: "municipality")
        case .province: language(nl: "provincie", en: "province")
        case .labourRegion: language(nl: "arbeidsmarktregio", en: "labour-market region")
        case .corop: language(nl: "COROP-gebied", en: "COROP area")
        }
    }

    private func tally(_ query: Query, _ index: IndexReader) throws -> Tally {
        var tally = Tally()
        var counts: [Int: Int] = [:]
        try index.forEachMatch(of: query) { match in
            tally.offerings += 1
            counts[match.course, default: 0] += 1
            tally.boxes[Int(match.courseRow.kind), default: [:]][
                Int(match.courseRow.level), default: 0] += 1
        }
        tally.courses = Set(counts.keys)
        for (number, count) in counts {
            let course = try index.stored(course: number)
            tally.providers[course.provider, default: (course.providerName, 0)].count += count
        }
        return tally
    }

    // MARK: By kind and level

    private var levels: [(codes: [Int], label: String, filter: String)] {
        (1...8).map { level in
            (
                level == 4 ? [4, 9] : [level], "NLQF \(level)", level == 4 ? "4-4+" : "\(level)"
            )
        } + [([0], language(nl: "onbekend", en: "not known"), "unknown")]
    }

    private func kinds(_ tally: Tally, _ question: SearchQuestion) -> [Fields] {
        let most = tally.boxes.values.flatMap(\.values).max() ?? 0
        return CourseKind.allCases.enumerated().map { number, kind in
            [
                "label": wording.kind(kind),
                "cells": levels.map { level -> Fields in
                    let count = level.codes.reduce(0) { $0 + (tally.boxes[number]?[$1] ?? 0) }
                    var cell: Fields = [
                        "count": count, "tint": count == 0 ? 0 : 1 + 3 * (count - 1) / max(most, 1),
                        "label": "\(wording.kind(kind)), \(level.label)",
                    ]
                    if count > 0 {
                        cell["href"] = question.setting("kind", kind.rawValue)
                            .setting("level", level.filter).address()
                    }
                    return cell
                },
            ]
        }
    }

    // MARK: For jobs

    /// The jobs of which most skills are taught, with those that are not.
    private func jobs(_ tally: Tally, _ catalogue: OpenCatalogue) throws -> [Fields] {
        var taught: Set<Int> = []
        for course in tally.courses {
            for skill in try catalogue.index.skills(ofCourse: course) {
                let id = try catalogue.index.skillID(skill.skill)
                if let number = catalogue.skills.number(of: ID<Skill>(id)) { taught.insert(number) }
            }
        }
        let skills = catalogue.skills
        var jobs: [(occupation: Int, taught: [Int], missing: [Int])] = []
        for occupation in 0..<skills.occupationCount {
            let needed = skills.needs(ofOccupation: occupation)
                .filter { $0.importance == .essential }.map(\.skill)
            let known = needed.filter(taught.contains)
            guard !known.isEmpty else { continue }
            jobs.append((occupation, known, needed.filter { !taught.contains($0) }))
        }
        // Gaps first, those that are nearly closed before the others.
        jobs.sort { first, second in
            if first.missing.isEmpty != second.missing.isEmpty { return second.missing.isEmpty }
            return (second.taught.count, first.missing.count, first.occupation)
                < (first.taught.count, second.missing.count, second.occupation)
        }
        return jobs.prefix(Self.jobs).map { job in
            let all = job.taught.count + job.missing.count
            var fields: Fields = [
                "name": skills.occupationLabel(job.occupation, in: language.tag),
                "taught": language(
                    nl: "\(job.taught.count) van \(all)", en: "\(job.taught.count) of \(all)"),
                "percent": 100 * job.taught.count / all,
                "href": SearchQuestion(path: frame.path(.search))
                    .setting("occupation", skills.occupationID(job.occupation).value).address(),
            ]
            if !job.missing.isEmpty {
                let names = job.missing.prefix(6).map { skills.skillLabel($0, in: language.tag) }
                let more = job.missing.count - names.count
                fields["missing"] =
                    names.joined(separator: ", ")
                    + (more > 0 ? language(nl: " en nog \(more)", en: " and \(more) more") : "")
            }
            return fields
        }
    }
}
