import Answers
import CourseModel
import Feeds
import HTTPTypes
import Hummingbird
import Matching
import SearchIndex

/// The first page: a form, what was found, counts to refine it by, and a map.
struct SearchPage {
    private static let size = 20

    /// The parameters: the words and filters of the command line, and which page.
    static let parameters: [Parameter] =
        [.words] + Parameter.filters + [
            Parameter("sort", .choice(Query.Sort.allCases.map(\.rawValue)), "The order."),
            Parameter("page", .integer(1...100_000), "Which page."),
        ]

    private let frame: PageFrame
    private let call: Call
    private let language: AnswerLanguage
    private let question: SearchQuestion
    private let words: FilterWording

    init(_ frame: PageFrame) {
        self.frame = frame
        call = frame.call
        language = frame.language
        question = SearchQuestion(call, path: frame.path(.search))
        words = FilterWording(language: frame.language)
    }

    /// The page.
    ///
    /// A filter that is not understood is told above the form, which keeps what was filled in.
    func response() throws -> Response {
        do {
            return try answered()
        } catch let fault as FilterFault {
            return try frame.respond(
                "search", title: title, description: description, isPrivate: true,
                status: .unprocessableContent,
                form.merging([
                    "headline": language(nl: "Dit begrijpen we niet", en: "We do not understand"),
                    "notes": [
                        [
                            "text": FaultWording(
                                language: language, gazetteer: try call.catalogue.gazetteer
                            ).text(fault.filter, question[fault.filter]), "warn": true,
                        ]
                    ],
                    "clearURL": question.address(),
                ]) { $1 })
        }
    }

    private func answered() throws -> Response {
        let catalogue = try call.catalogue
        let page = call.parameters.integer("page") ?? 1
        var filters = call.filters
        // A form sends its choice of distance along when no place was filled in.
        if filters.near == nil { (filters.within, filters.by) = (nil, nil) }
        var understood = try call.learnersQuestion(filters)
        understood.query.facets = Set(FacetKind.allCases)
        understood.query.groupsByCourse = true
        understood.query.limit = Self.size
        understood.query.offset = (page - 1) * Self.size
        understood.query.relaxesUpTo = 5
        if let sort = call.parameters["sort"].flatMap(Query.Sort.init),
            sort != .distance || understood.query.near != nil
        {
            understood.query.sort = sort
        }
        let answer = try SearchAnswer(
            understood, in: catalogue.index, language: language, extent: .snippets,
            documents: catalogue.documents)
        return try frame.respond(
            "search", title: title, description: description,
            isPrivate: page > 1 || question.pairs.count > 2,
            form.merging(fields(answer, page: page, catalogue)) { $1 })
    }

    private var isFirst: Bool { question.pairs.isEmpty }

    private var title: String {
        guard let words = question["q"] else {
            return question["near"].map {
                language(nl: "Leren bij \($0)", en: "Learning near \($0)")
            }
                ?? language(nl: "Leren bij jou in de buurt", en: "Learning near you")
        }
        return question["near"].map {
            language(nl: "\(words) bij \($0)", en: "\(words) near \($0)")
        } ?? words
    }

    private var description: String {
        language(
            nl:
                "Zoek cursussen, opleidingen en leerwerkplekken in de regio, van alle aanbieders bij elkaar.",
            en:
                "Search courses, programmes and training places in the region, from all providers together."
        )
    }

    // MARK: What was found

    private func fields(_ answer: SearchAnswer, page: Int, _ catalogue: OpenCatalogue) -> Fields {
        let results = answer.results
        let first = (page - 1) * Self.size
        let links = chips(answer)
        var fields: Fields = [
            "headline": answer.headline, "chips": links, "hasChips": !links.isEmpty,
            "clearURL": frame.path(.search), "notes": notes(answer),
            // What is new of these, wherever they stand in the order of this page.
            "feedURL": question.setting("sort", nil).address(at: FeedEndpoints.path(Atom.self)),
            "facets": FacetLinks(
                question: question, answer: answer, gazetteer: catalogue.gazetteer, words: words
            ).fields,
            "hasResults": !answer.rows.isEmpty, "sorts": sorts(answer),
            "results": answer.rows.enumerated().map {
                frame.fields($1, number: first + $0 + 1)
            },
            "compareURL": frame.path(.compare), "firstNumber": first + 1,
            "map": MapView(
                question: question, answer: answer, gazetteer: catalogue.gazetteer,
                language: language
            ).fields, "hasMap": true,
        ]
        if !links.isEmpty { fields["chosenCount"] = links.count }
        let relaxations = relaxations(answer)
        fields["relaxations"] = relaxations
        fields["hasRelaxations"] = !relaxations.isEmpty
        let total = results.totalCourses
        fields["hasPages"] = total > Self.size
        fields["pageText"] =
            "\(min(first + 1, total))–\(first + answer.rows.count) "
            + language(nl: "van", en: "of") + " \(total)"
        if page > 1 { fields["previousURL"] = question.address(page: page - 1) }
        if first + answer.rows.count < total, !answer.rows.isEmpty {
            fields["nextURL"] = question.address(page: page + 1)
        }
        return fields
    }

    private func chips(_ answer: SearchAnswer) -> [Fields] {
        question.pairs.compactMap { name, value in
            guard let label = words.chip(name, value, answer.understood) else { return nil }
            let rest =
                name == "near"
                ? question.without("near", "within", "by") : question.toggling(name, value)
            return ["label": label, "href": rest.address()]
        }
    }

    private func sorts(_ answer: SearchAnswer) -> [Fields] {
        Query.Sort.allCases.compactMap { sort -> Fields? in
            let label: String
            switch sort {
            case .relevance: label = language(nl: "Best passend", en: "Best match")
            case .distance:
                guard answer.understood.place != nil else { return nil }
                label = language(nl: "Dichtbij", en: "Nearest")
            case .start: label = language(nl: "Begint het eerst", en: "Starts first")
            case .price: label = language(nl: "Laagste prijs", en: "Lowest price")
            }
            return [
                "label": label, "current": answer.understood.query.sort == sort,
                "href": question.setting("sort", sort == .relevance ? nil : sort.rawValue)
                    .address(),
            ]
        }
    }

    /// How the words were understood, when that is not plain.
    private func notes(_ answer: SearchAnswer) -> [Fields] {
        var notes: [Fields] = []
        let understood = answer.understood
        if let place = understood.placeInWords {
            notes.append([
                "text": answer.whereReading ?? "",
                "link": language(
                    nl: "Zoek het woord “\(place)”", en: "Search for the word “\(place)”"),
                "href": question.setting("q", questionAsWord(place)).address(),
            ])
        } else if understood.widenedFrom != nil, let text = answer.whereReading {
            notes.append(["text": text])
        }
        notes += answer.readings.map { ["text": $0] }
        if let left = understood.placeLeftAsWord {
            notes.append([
                "text": answer.leftAsWord(left) + ".",
                "link": language(
                    nl: "Zoek bij \(left.label)", en: "Search near \(left.label)"),
                "href": question.setting("q", (question["q"] ?? "") + " in " + left.label)
                    .address(),
            ])
        }
        if let suggestion = answer.results.understood.suggestion {
            notes.append([
                "text": language(nl: "Bedoelde je", en: "Did you mean"), "link": suggestion,
                "href": question.setting("q", suggestion).address(),
            ])
        }
        if answer.results.needingNoTravel > 0 {
            let count = answer.results.needingNoTravel
            notes.append([
                "text": language(
                    nl: "Daarnaast \(count) keer zonder reizen: online of op je werkplek.",
                    en: "Besides, \(count) without travel: online or at your workplace."),
                "link": language(nl: "Bekijk die", en: "See those"),
                "href": question.without("near", "within", "by", "region")
                    .setting("mode", "online").toggling("mode", "distance")
                    .toggling("mode", "workplace").address(),
            ])
        }
        return notes
    }

    /// The words with the name of a place in quotation marks, where it stays a word.
    private func questionAsWord(_ place: String) -> String {
        (question["q"] ?? "").replacing(place, with: "\"\(place)\"", maxReplacements: 1)
    }

    private func relaxations(_ answer: SearchAnswer) -> [Fields] {
        answer.results.relaxations.compactMap { relaxation in
            guard relaxation.total > answer.results.total,
                let (names, label) = words.relaxation(relaxation.condition)
            else { return nil }
            var rest = names.reduce(question) { $0.setting($1, nil) }
            if case .word(let word) = relaxation.condition, let all = question["q"] {
                let left = all.split(separator: " ").filter { $0.lowercased() != word.lowercased() }
                rest = question.setting("q", left.isEmpty ? nil : left.joined(separator: " "))
            }
            if names.isEmpty { rest = question.setting("all", "true") }
            return ["label": label, "href": rest.address(), "count": relaxation.total]
        }
    }

    // MARK: The form

    private var form: Fields {
        var fields: Fields = [
            "heading": isFirst
                ? language(nl: "Leren bij jou in de buurt", en: "Learning near you") : title,
            "form": [
                "action": frame.path(.search), "words": question["q"] ?? "",
                "near": question["near"] ?? "", "reaches": reaches, "ways": ways,
                "maxPrice": question["max-price"] ?? "",
                "startAfter": question["start-after"] ?? "",
                "startBefore": question["start-before"] ?? "",
                "maxWeeks": question["max-weeks"] ?? "", "flags": flags, "hidden": hidden,
                "moreOpen": Self.more.contains { question[$0] != nil },
            ] as Fields,
        ]
        if isFirst {
            fields["lead"] = language(
                nl: "Cursussen, opleidingen en leerwerkplekken van alle aanbieders in de regio.",
                en: "Courses, programmes and training places from all providers in the region.")
        }
        return fields
    }

    private static let more = [
        "by", "max-price", "start-after", "start-before", "max-weeks", "evenings", "weekends",
        "open-only", "all",
    ]

    private var reaches: [Fields] {
        var options = [("", language(nl: "maakt niet uit", en: "any distance"))]
        options += [5, 10, 20, 40, 80].map { ("\($0)km", "\($0) km") }
        options += [15, 30, 45, 60].map { ("\($0)min", "\($0) min") }
        if let own = question["within"], !options.contains(where: { $0.0 == own }) {
            options.append((own, own))
        }
        return options.map {
            ["value": $0.0, "label": $0.1, "selected": $0.0 == question["within"] ?? ""]
        }
    }

    private var ways: [Fields] {
        [
            ("", language(nl: "met de fiets", en: "by bike")),
            ("foot", language(nl: "lopend", en: "on foot")),
            ("transit", language(nl: "met het ov", en: "by public transport")),
            ("car", language(nl: "met de auto", en: "by car")),
        ].map { ["value": $0.0, "label": $0.1, "selected": $0.0 == question["by"] ?? ""] }
    }

    private var flags: [Fields] {
        [
            ("evenings", language(nl: "’s avonds", en: "in the evening")),
            ("weekends", language(nl: "in het weekend", en: "at the weekend")),
            ("open-only", language(nl: "waar zeker plek is", en: "where there surely is a place")),
            ("all", language(nl: "ook vol of voorbij", en: "also full or past")),
        ].map { ["name": $0.0, "label": $0.1, "on": question[$0.0] == "true"] }
    }

    /// What the form has no field for, and keeps.
    private var hidden: [Fields] {
        let own = Set(["q", "near", "within"] + Self.more)
        return question.pairs.filter { !own.contains($0.name) }
            .map { ["name": $0.name, "value": $0.value] }
    }
}
