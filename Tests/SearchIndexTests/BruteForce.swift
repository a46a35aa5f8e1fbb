import CourseModel
import Places
import Text

@testable import SearchIndex

/// Answers queries by looking at every offering: what the index must agree with.
///
/// Written from the documentation of `Query` and `Ranking`, without rows, boxes or posting lists.
struct BruteForce {
    let documents: [IndexDocument]
    let options: IndexOptions
    /// For each course the steps of each term.
    private var weights: [[String: Int64]] = []
    private var coursesOfTerm: [String: Int] = [:]
    private var surfaces: [String: Int] = [:]
    private let ranking: Ranking
    private static let dutch = Analyzer(languages: [.dutch])
    private static let english = Analyzer(languages: [.english])
    private static let both = Analyzer()

    init(_ documents: [IndexDocument], _ options: IndexOptions = IndexOptions()) {
        self.documents = documents
        self.options = options
        let counts = documents.map { Self.occurrences($0, options) }
        var averages: [Float] = []
        for field in IndexOptions.Field.allCases {
            let lengths = counts.map { $0.lengths[field] ?? 0 }.filter { $0 > 0 }
            averages.append(
                lengths.isEmpty ? 0 : Float(lengths.reduce(0, +)) / Float(lengths.count))
        }
        ranking = Ranking(options: options, averages: averages, courses: documents.count)
        for course in counts {
            for form in course.counts.keys { surfaces[form.word, default: 0] += 1 }
        }
        for course in counts {
            var terms: [String: Int64] = [:]
            for (form, fields) in course.counts {
                for (term, weight) in self.terms(ofForm: form) {
                    for (field, count) in fields {
                        let steps = ranking.contribution(
                            field, occurrences: count,
                            normal: ranking.normal(field, length: course.lengths[field] ?? 0),
                            formWeight: weight)
                        terms[term, default: 0] += steps
                        if field == .title { terms["titel:" + term, default: 0] += steps }
                        if field == .provider { terms["aanbieder:" + term, default: 0] += steps }
                    }
                }
            }
            weights.append(terms)
            for term in terms.keys { coursesOfTerm[term, default: 0] += 1 }
        }
    }

    private struct Form: Hashable {
        var word: String
        var language: LanguageTag?
    }

    private struct Counts {
        var counts: [Form: [IndexOptions.Field: Int]] = [:]
        var lengths: [IndexOptions.Field: Int] = [:]
    }

    private static func occurrences(_ document: IndexDocument, _ options: IndexOptions) -> Counts {
        var result = Counts()
        func add(_ text: String, _ language: LanguageTag?, _ field: IndexOptions.Field) {
            for token in Self.both.tokens(of: text) {
                if token.isStopWord, field == .description, options.leavesOutStopWords { continue }
                result.counts[Form(word: token.form, language: language), default: [:]][
                    field, default: 0] += 1
                result.lengths[field, default: 0] += 1
            }
        }
        let course = document.record.course
        for text in course.title.wordings { add(text.text, text.language, .title) }
        for label in Set(document.skills.map(\.label)) { add(label, nil, .skills) }
        add(document.providerName, nil, .provider)
        for text in course.summary.wordings { add(text.text, text.language, .description) }
        for text in course.description.wordings {
            add(text.text.plainText, text.language, .description)
        }
        return result
    }

    private func terms(ofForm form: Form) -> [(String, Float)] {
        var terms: [(String, Float)] = []
        let dutch = Self.dutch.stems(of: form.word)[0]
        let english = Self.english.stems(of: form.word)[0]
        switch form.language {
        case .some(.english): return [(english, Float(1))]
        case .some: terms = [(dutch, Float(1))]
        case nil:
            terms =
                dutch == english ? [(dutch, Float(1))] : [(dutch, Float(1)), (english, Float(1))]
        }
        for part in parts(of: form.word) { terms.append((part, options.compoundWeight)) }
        return terms
    }

    private func parts(of word: String) -> [String] {
        let bytes = Array(word.utf8)
        let ranges = bytes.withUnsafeBufferPointer { buffer in
            CompoundSplitter().parts(of: buffer) {
                surfaces[String(decoding: $0, as: UTF8.self)] != nil
            }
        }
        return (ranges ?? []).map {
            Self.dutch.stems(of: String(decoding: bytes[$0], as: UTF8.self))[0]
        }
    }

    // MARK: Words

    private struct Clause {
        var score: (Int) -> Float?
        var isExcluded: Bool
        var isOptional: Bool
        var text: String
        var words: Int
    }

    /// A word or phrase as it stands in a query.
    private struct Piece: Hashable {
        var chunk: String
        var synonyms: [Synonyms.Phrase] = []
        var share: Float = 1
        var isOptional = false

        var isPlain: Bool {
            !chunk.hasPrefix("-") && !chunk.contains { $0 == ":" || $0 == "*" || $0 == "\"" }
        }
        var isStop: Bool { StopWords.contains(chunk) }
        var form: String { BruteForce.both.tokens(of: chunk)[0].form }
    }

    private func groups(_ query: Query) -> [[Piece]] {
        var groups: [[Piece]] = []
        var joins = false
        for chunk in Self.chunks(query.words) {
            if chunk == "OR" {
                joins = true
                continue
            }
            let joined =
                joins && !(groups.last?[0].chunk.hasPrefix("-") ?? true) && !chunk.hasPrefix("-")
            if joined {
                groups[groups.count - 1].append(Piece(chunk: chunk))
            } else {
                groups.append([Piece(chunk: chunk)])
            }
            joins = false
        }
        // Synonyms of the longest run of words first.
        var index = 0
        while index < groups.count {
            guard groups[index].count == 1 else {
                for (place, piece) in groups[index].enumerated() where piece.isPlain {
                    groups[index][place].synonyms = query.synonyms.others(for: [piece.form])
                }
                index += 1
                continue
            }
            let run = groups[index...].prefix { $0.count == 1 && $0[0].isPlain }.map { $0[0] }
            let length = (1...max(run.count, 1)).reversed().first { length in
                length <= run.count
                    && !query.synonyms.others(for: run[..<length].map(\.form)[...]).isEmpty
            }
            if let length {
                let words = run[..<length]
                let telling = max(words.count { !$0.isStop }, 1)
                for place in index..<index + length {
                    groups[place][0].synonyms = query.synonyms.others(for: words.map(\.form)[...])
                    groups[place][0].share = 1 / Float(telling)
                }
            }
            if length ?? 1 == 1, let piece = run.first {
                groups[index][0].isOptional = query.synonyms.isWeak(piece.form)
            }
            index += length ?? 1
        }
        return groups
    }

    private func clauses(_ query: Query) -> [Clause] {
        var groups = groups(query)
        if groups.joined().contains(where: { !$0.isStop }) {
            groups = groups.map { $0.filter { !$0.isStop } }.filter { !$0.isEmpty }
        }
        if !groups.joined().contains(where: { !$0.isOptional && !$0.chunk.hasPrefix("-") }) {
            groups = groups.map { $0.map { Piece(chunk: $0.chunk, synonyms: $0.synonyms) } }
        }
        var clauses: [Clause] = []
        var seen = Set<[Piece]>()
        for group in groups {
            if group.count == 1, !seen.insert(group).inserted { continue }
            let readings = group.map { reading($0) }
            let names = group.map {
                $0.chunk.split(separator: ":").last.map(String.init) ?? $0.chunk
            }
            .map { $0.replacing("*", with: "").replacing("\"", with: "") }
            clauses.append(
                Clause(
                    score: { course in readings.compactMap { $0(course) }.max() },
                    isExcluded: group[0].chunk.hasPrefix("-"), isOptional: group[0].isOptional,
                    text: names.joined(separator: " OR "), words: group.count))
        }
        return clauses
    }

    /// Whether few courses have all of several words.
    private func someSuffice(_ query: Query) -> Bool {
        let clauses = clauses(query)
        let asked = clauses.filter { !$0.isExcluded && !$0.isOptional }
        guard asked.reduce(0, { $0 + $1.words }) > 1 else { return false }
        return documents.indices.count { course in
            clauses.allSatisfy {
                $0.isOptional || ($0.score(course) != nil) != $0.isExcluded
            }
        } < query.fewestWithAllWords
    }

    private static func chunks(_ text: String) -> [String] {
        var chunks: [String] = []
        var isOpen = false
        for chunk in text.split(separator: " ").map(String.init) {
            if isOpen { chunks[chunks.count - 1] += " " + chunk } else { chunks.append(chunk) }
            if chunk.contains("\"") { isOpen = !isOpen && chunk.last != "\"" }
        }
        return chunks
    }

    private func phrase(
        _ words: [String], factor: Float = 1, least: Int = 0
    ) -> ((Int) -> Float?)? {
        let terms = words.map { word in
            Self.both.stems(of: word).filter { coursesOfTerm[$0] != nil }
        }
        if terms.contains([]) { return nil }
        return { course in
            var score: Float = 0
            for own in terms {
                let having = documents.indices.filter { course in
                    own.contains { weights[course][$0] != nil }
                }
                let code = own.compactMap { weights[course][$0] }.map { ranking.code($0) }.max()
                guard let code else { return nil }
                score +=
                    ranking.codeValue(having: max(having.count, least)) * factor * Float(code)
            }
            if terms.count == 1 { return score }
            let document = documents[course]
            let texts =
                document.record.course.title.wordings.map(\.text) + document.skills.map(\.label)
                + [document.providerName]
            let stands = texts.contains { text in
                let tokens = Self.both.tokens(of: text).filter { $0.span == 1 }
                return tokens.indices.contains { start in
                    start + terms.count <= tokens.count
                        && terms.indices.allSatisfy { index in
                            !Set(tokens[start + index].stems).isDisjoint(with: terms[index])
                        }
                }
            }
            return stands ? score : nil
        }
    }

    private func value(_ term: String, _ course: Int, _ scale: Float) -> Float? {
        guard let steps = weights[course][term], let df = coursesOfTerm[term] else { return nil }
        return ranking.codeValue(having: df) * scale * Float(ranking.code(steps))
    }

    private func reading(_ piece: Piece) -> (Int) -> Float? {
        var word = piece.chunk
        var field = ""
        let scale = piece.isOptional ? WordResolver.optionalWeight : 1
        let isExcluded = word.hasPrefix("-")
        if isExcluded { word.removeFirst() }
        if word.hasPrefix("\"") {
            let words = Self.both.tokens(of: word).filter { $0.span == 1 }.map(\.form)
            if words.count > 1 { return phrase(words) ?? { _ in nil } }
        }
        for name in ["titel:", "aanbieder:"] where word.hasPrefix(name) {
            field = name
            word.removeFirst(name.count)
        }
        let isPrefix = word.hasSuffix("*")
        if isPrefix { word.removeLast() }
        let tokens = Self.both.tokens(of: word)
        let form = tokens[0].form
        func known(_ form: String) -> [String] {
            Self.both.stems(of: form).map { field + $0 }.filter { coursesOfTerm[$0] != nil }
        }
        if isPrefix { return expansion(form, field) }
        let direct = known(form)
        var parts: [String] = []
        var factor: Float = 1
        if tokens.count > 1 {
            let all = tokens.dropFirst().map { known($0.form).first }
            if !all.contains(nil) { parts = all.compactMap { $0 } }
        } else if field.isEmpty {
            parts = self.parts(of: form)
            if parts.contains(where: { coursesOfTerm[$0] == nil }) { parts = [] }
            factor = options.compoundWeight
        }
        let having = direct.compactMap { coursesOfTerm[$0] }.max() ?? 0
        let synonyms = piece.synonyms.compactMap { synonym in
            phrase(
                synonym.words,
                factor: WordResolver.synonymWeight * piece.share / Float(synonym.words.count)
                    * scale,
                least: having)
        }
        if direct.isEmpty, parts.isEmpty, synonyms.isEmpty {
            return isExcluded || piece.isOptional ? { _ in nil } : expansion(form, field)
        }
        return { course in
            var best = direct.compactMap { value($0, course, scale) }.max()
            let values = parts.map { value($0, course, scale) }
            if !parts.isEmpty, !values.contains(where: { $0 == nil }) {
                var sum: Float = 0
                for term in parts {
                    sum +=
                        ranking.codeValue(having: coursesOfTerm[term]!)
                        * (factor / Float(parts.count) * scale)
                        * Float(ranking.code(weights[course][term]!))
                }
                best = max(best ?? 0, sum)
            }
            for synonym in synonyms {
                if let score = synonym(course) { best = max(best ?? 0, score) }
            }
            return best
        }
    }

    private func expansion(_ prefix: String, _ field: String) -> (Int) -> Float? {
        var terms = Set<String>()
        for surface in surfaces.keys where surface.hasPrefix(prefix) {
            for stem in Self.both.stems(of: surface) where coursesOfTerm[field + stem] != nil {
                terms.insert(field + stem)
            }
        }
        let having = documents.indices.filter { course in
            terms.contains { weights[course][$0] != nil }
        }
        let value = ranking.codeValue(having: having.count)
        return { course in
            terms.compactMap { weights[course][$0] }.map { Float(ranking.code($0)) }.max()
                .map { $0 * value }
        }
    }

    // MARK: Conditions

    /// Whether an offering meets the query, leaving out some conditions.
    private func fits(
        _ document: IndexDocument, _ index: Int, _ query: Query, _ ignored: Set<Condition>
    ) -> Bool {
        let course = document.record.course
        let offering = document.record.offerings[index]
        func holds(_ condition: Condition, _ test: Bool) -> Bool {
            ignored.contains(condition) || test
        }
        let level = LevelCode(course.level)
        let modes = offering.modes.isEmpty ? course.modes : offering.modes
        let shownModes =
            modes.isEmpty && offering.places == [.online] ? Set([DeliveryMode.online]) : modes
        let languages = (offering.languages.isEmpty ? course.languages : offering.languages)
            .map(\.language)
        let isFull = offering.status == .full || offering.placesLeft == 0
        let isCancelled = offering.status == .cancelled || offering.status == .closed
        let last = lastDay(course, offering)
        let price = euros(offering)
        let weeks: Double?
        if let duration = offering.duration {
            weeks = duration.weeks
        } else if let start = offering.timing.start.date, let end = offering.timing.end {
            weeks = Double(start.days(to: end) + 1) / 7
        } else {
            weeks = nil
        }
        let enrolment = offering.enrolment
        let isOpen =
            !isFull && !isCancelled && (last.map { $0 >= query.today } ?? true)
            && (enrolment?.opens.map { $0 <= query.today } ?? true)
            && (enrolment?.closes.map { $0 >= query.today } ?? true)
        var startFits = true
        if query.startAfter != nil || query.startBefore != nil {
            switch offering.timing.start {
            case .on(let day):
                startFits =
                    (query.startAfter.map { day >= $0 } ?? true)
                    && (query.startBefore.map { day <= $0 } ?? true)
            case .rolling, .onRequest:
                startFits = query.startAfter.flatMap { after in last.map { $0 >= after } } ?? true
            case .unstated: startFits = false
            }
        }
        let subjects = Set(query.subjects.map { $0.lowercased() })
        return holds(
            .level, query.levels.isEmpty || query.levels.rawValue >> UInt16(level.rawValue) & 1 == 1
        )
            && holds(.kind, query.kinds.isEmpty || query.kinds.contains(course.kind))
            && holds(.mode, query.modes.isEmpty || !query.modes.isDisjoint(with: shownModes))
            && holds(
                .language, query.languages.isEmpty || !query.languages.isDisjoint(with: languages))
            && holds(
                .audience,
                query.audiences.isEmpty || course.audiences.isEmpty
                    || !query.audiences.isDisjoint(with: course.audiences))
            && holds(
                .provider, query.providers.isEmpty || query.providers.contains(course.provider))
            && holds(
                .partner,
                query.partners.isEmpty
                    || document.partner.map { query.partners.contains($0) } ?? false)
            && holds(
                .funding, query.funding.isEmpty || !query.funding.isDisjoint(with: course.funding))
            && holds(
                .skill,
                query.skills.isEmpty || !query.skills.isDisjoint(with: document.skills.map(\.id)))
            && holds(
                .occupation,
                query.occupationSkills.isEmpty
                    || !query.occupationSkills.isDisjoint(with: document.skills.map(\.id)))
            && holds(
                .subject,
                subjects.isEmpty
                    || course.subjects.contains { subjects.contains("thema:" + $0.code) })
            && holds(
                .price,
                query.maxPrice.map { limit in price.map { $0 <= limit.double + 0.001 } ?? false }
                    ?? true)
            && holds(
                .weeks,
                query.maxWeeks.map { limit in weeks.map { $0 <= Double(limit) } ?? false } ?? true)
            && holds(
                .dayPart,
                query.dayParts.isEmpty || !query.dayParts.isDisjoint(with: offering.dayParts))
            && holds(.start, startFits) && holds(.open, !query.openOnly || isOpen)
            && holds(.past, query.includesPast || last.map { $0 >= query.today } ?? true)
            && holds(.full, query.includesFull || !isFull)
            && holds(.cancelled, query.includesCancelled || !isCancelled)
            && placeFits(document, index, query, ignored)
    }

    private func lastDay(_ course: Course, _ offering: Offering) -> CalendarDate? {
        var last: CalendarDate?
        if let start = offering.timing.start.date {
            last = max(start, offering.enrolment?.closes ?? start)
        } else {
            last = offering.enrolment?.closes ?? offering.timing.end
        }
        guard let expires = course.expires else { return last }
        return last.map { min($0, expires) } ?? expires
    }

    private func euros(_ offering: Offering) -> Double? {
        guard let price = offering.price, price.total.currency == .euro else { return nil }
        if case .excluded = price.vat { return price.total.amount.double * 1.21 }
        return price.total.amount.double
    }

    private func needsNoTravel(_ document: IndexDocument, _ index: Int) -> Bool {
        let offering = document.record.offerings[index]
        guard document.venues[index].isEmpty else { return false }
        if offering.places == [.online] { return true }
        let modes =
            offering.modes.isEmpty ? document.record.course.modes : offering.modes
        return !modes.isEmpty && modes.allSatisfy { [.online, .distance, .workplace].contains($0) }
    }

    private func setsPlace(_ query: Query) -> Bool {
        query.near?.metres != nil || query.near?.isReachable != nil || !query.regions.isEmpty
            || query.area != nil
    }

    private func rounded(_ point: Coordinates) -> Coordinates {
        Coordinates(
            latitude: (point.latitude * 1e7).rounded() / 1e7,
            longitude: (point.longitude * 1e7).rounded() / 1e7)!
    }

    private func venueFits(_ venue: IndexedVenue, _ query: Query, _ ignored: Set<Condition>) -> Bool
    {
        let point = venue.coordinates.map(rounded)
        if let near = query.near, near.metres != nil || near.isReachable != nil,
            !ignored.contains(.near)
        {
            guard let point else { return false }
            if let metres = near.metres, near.center.distance(to: point) > metres { return false }
            if let isReachable = near.isReachable, !isReachable(point) { return false }
        }
        if !query.regions.isEmpty, !ignored.contains(.region) {
            let codes = venue.regions.map { RegionCode(kind: $0.kind, code: $0.code) }
            if query.regions.isDisjoint(with: codes) { return false }
        }
        if let area = query.area, !ignored.contains(.area) {
            guard let point, area.contains(point) else { return false }
        }
        return true
    }

    private func placeFits(
        _ document: IndexDocument, _ index: Int, _ query: Query, _ ignored: Set<Condition>
    ) -> Bool {
        let set: [(Condition, Bool)] = [
            (.near, query.near?.metres != nil || query.near?.isReachable != nil),
            (.region, !query.regions.isEmpty), (.area, query.area != nil),
        ]
        if !set.contains(where: { $0.1 && !ignored.contains($0.0) }) { return true }
        if needsNoTravel(document, index) {
            return query.acceptsNoTravel
                || !query.modes.isDisjoint(with: [.online, .distance, .workplace])
        }
        return document.venues[index].contains { venueFits($0, query, ignored) }
    }

    // MARK: Answers

    /// An offering that fits.
    struct Found {
        var document: Int
        var index: Int
        var score: Float
        var metres: Double
        var number: Int
    }

    private func found(
        _ query: Query, ignoring ignored: Set<Condition> = [], numbers: [String: Int]
    ) -> [Found] {
        let clauses = clauses(query).filter {
            !ignored.contains(.word($0.text)) || $0.isExcluded
        }
        let some = someSuffice(query)
        var result: [Found] = []
        for (number, document) in documents.enumerated() {
            var score: Float = 0
            var holds = true
            var hasAny = false
            for clause in clauses {
                let value = clause.score(number)
                if clause.isExcluded {
                    if value != nil { holds = false }
                    continue
                }
                score += value ?? 0
                if clause.isOptional { continue }
                if value != nil { hasAny = true }
                if value == nil, !some { holds = false }
            }
            if some, !hasAny { holds = false }
            guard holds else { continue }
            for index in document.record.offerings.indices
            where fits(document, index, query, ignored) {
                let metres =
                    document.venues[index]
                    .filter { venueFits($0, query, []) }
                    .compactMap { venue in
                        venue.coordinates.flatMap { query.near?.center.distance(to: rounded($0)) }
                    }.min() ?? .infinity
                result.append(
                    Found(
                        document: number, index: index, score: score, metres: metres,
                        number: numbers[document.record.offerings[index].id.value]!))
            }
        }
        return result
    }

    private func isBetter(_ query: Query, _ one: Found, _ other: Found) -> Bool {
        func start(_ found: Found) -> Int32 {
            switch documents[found.document].record.offerings[found.index].timing.start {
            case .on(let day): day.daysSince1970
            case .rolling, .onRequest: query.today.daysSince1970
            case .unstated: .max
            }
        }
        func price(_ found: Found) -> Double {
            euros(documents[found.document].record.offerings[found.index])
                .map { ($0 * 100).rounded() } ?? .infinity
        }
        let metres = (one.metres, other.metres)
        let starts = (Double(start(one)), Double(start(other)))
        let keys: [(Double, Double)] =
            switch query.sort {
            case .relevance: [(Double(-one.score), Double(-other.score)), metres, starts]
            case .distance: [metres, starts]
            case .start: [starts, metres]
            case .price: [(price(one), price(other)), starts, metres]
            }
        for (a, b) in keys where a != b { return a < b }
        return one.number < other.number
    }

    /// What the index should answer, as plain values.
    struct Answer: Equatable {
        var total = 0
        var totalCourses = 0
        var needingNoTravel = 0
        var hits: [String] = []
        var facets: [String: Int] = [:]
        var relaxations: [String: Int] = [:]
    }

    func answer(_ query: Query, numbers: [String: Int]) -> Answer {
        var answer = Answer()
        let all = found(query, numbers: numbers)
        answer.total = all.count
        answer.totalCourses = Set(all.map(\.document)).count
        var ordered = all.sorted { isBetter(query, $0, $1) }
        if query.groupsByCourse {
            var seen = Set<Int>()
            ordered = ordered.filter { seen.insert($0.document).inserted }
        }
        answer.hits = ordered.dropFirst(query.offset).prefix(query.limit).map { found in
            let metres = found.metres == .infinity ? "-" : String(found.metres)
            let count = all.count { $0.document == found.document }
            return "\(found.number) \(found.score) \(metres) \(count)"
        }
        let accepts =
            query.acceptsNoTravel
            || !query.modes.isDisjoint(with: [.online, .distance, .workplace])
        if setsPlace(query), !accepts {
            answer.needingNoTravel = found(
                query, ignoring: [.near, .region, .area], numbers: numbers
            ).count { needsNoTravel(documents[$0.document], $0.index) }
        }
        for kind in query.facets { count(kind, query, numbers, &answer.facets) }
        if let most = query.relaxesUpTo, all.count <= most {
            var conditions: [Condition] = [
                .near, .region, .area, .level, .kind, .mode, .language, .audience, .provider,
                .partner, .funding, .price, .start, .dayPart, .weeks, .open, .past, .full,
                .cancelled, .skill, .occupation, .subject,
            ]
            for clause in clauses(query)
            where !clause.isExcluded && !clause.isOptional && !someSuffice(query) {
                conditions.append(.word(clause.text))
            }
            for condition in conditions {
                let total = found(query, ignoring: [condition], numbers: numbers).count
                if total > all.count { answer.relaxations["\(condition)"] = total }
            }
        }
        return answer
    }

    private func count(
        _ kind: FacetKind, _ query: Query, _ numbers: [String: Int], _ counts: inout [String: Int]
    ) {
        let own: Condition =
            switch kind {
            case .municipality, .province, .labourMarketRegion, .corop: .region
            case .level: .level
            case .kind: .kind
            case .mode: .mode
            case .provider: .provider
            case .price: .price
            case .startMonth: .start
            case .language: .language
            case .funding: .funding
            case .audience: .audience
            }
        for found in found(query, ignoring: [own], numbers: numbers) {
            let document = documents[found.document]
            let course = document.record.course
            let offering = document.record.offerings[found.index]
            var values: Set<String>
            switch kind {
            case .level: values = [LevelCode(course.level).name]
            case .kind: values = [course.kind.rawValue]
            case .mode:
                values = Set(
                    (offering.modes.isEmpty ? course.modes : offering.modes).map(\.rawValue))
                if values.isEmpty, offering.places == [.online] { values = ["online"] }
            case .provider: values = [course.provider.value]
            case .price:
                values = [
                    PriceBand(cents: euros(offering).map { Int32(($0 * 100).rounded()) }).name
                ]
            case .startMonth:
                switch offering.timing.start {
                case .on(let day): values = [String(day.iso.prefix(7))]
                case .rolling, .onRequest: values = ["continuous"]
                case .unstated: values = ["unknown"]
                }
            case .language:
                values = Set(
                    (offering.languages.isEmpty ? course.languages : offering.languages)
                        .map(\.language.code))
            case .funding: values = Set(course.funding.map(\.name))
            case .audience: values = Set(course.audiences.map(\.rawValue))
            case .municipality, .province, .labourMarketRegion, .corop:
                let regionKind: RegionKind =
                    switch kind {
                    case .province: .province
                    case .labourMarketRegion: .labourRegion
                    case .corop: .corop
                    default: .municipality
                    }
                values = Set(
                    document.venues[found.index].filter { venueFits($0, query, [.region]) }
                        .flatMap(\.regions).filter { $0.kind == regionKind }.map(\.code))
            }
            for value in values { counts["\(kind.rawValue)=\(value)", default: 0] += 1 }
        }
    }
}
