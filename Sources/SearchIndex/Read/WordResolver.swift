import Text

/// Finds the terms that the words of a query stand for, and makes the plan to walk them.
struct WordResolver {
    // Not counted: whoever calls a query holds the reader, and counts would make threads wait.
    unowned(unsafe) let reader: IndexReader

    /// How much a synonym counts, of the word that was asked for.
    static let synonymWeight: Float = 0.6
    /// How much a word counts that results may lack.
    static let optionalWeight: Float = 0.4

    /// What the words of a query came to.
    struct Answer {
        var understood = UnderstoodQuery()
        /// What each clause of words stands for.
        var meanings: [Meaning] = []
    }

    /// What a clause of the plan stands for.
    struct Meaning {
        /// The clause in the plan.
        var clause: Int
        /// The words in ``UnderstoodQuery/words`` that it is for; empty for an excluded one.
        var words: Range<Int>
        /// In the order of the clause's alternatives.
        var ways: [Way]
    }

    /// A way to satisfy a word.
    struct Way {
        /// Each leaf: terms of which a course must have one, that count as one word.
        var leaves: [[Int]]
        /// How much the leaves count.
        var factor: Float = 1
        /// The order in which the leaves must stand.
        var phrase: PhraseTest?
        var reading = UnderstoodWord.Reading.word
        /// The synonym or the words that were taken for the word.
        var text: String?
        /// At least as many courses as this are taken to have it, so that a rare synonym counts no
        /// more than the word it stands for.
        var leastCourses = 0
    }

    /// All ways to satisfy a word.
    private struct Reading {
        var ways: [Way] = []
        var kind = UnderstoodWord.Reading.unknown
        var terms: [String] = []
        var synonyms: [String] = []
    }

    /// Adds the words of a query to a plan.
    ///
    /// - Parameters:
    ///   - some: Whether any of the words will do.
    ///   - dropped: A required word to leave out, to see what that would give.
    func add(
        _ query: Query, to plan: inout WordPlan, some: Bool = false,
        dropping dropped: Condition? = nil
    ) throws(IndexError) -> Answer {
        var answer = Answer()
        answer.understood.someWordsSuffice = some
        let items = items(of: query, &answer.understood)
        var corrections: [Int: String] = [:]
        var seen: [QueryLanguage.Item] = []
        var suffices: [WordPlan.Alternative] = []
        var index = 0
        while index < items.count {
            var group = [items[index]]
            index += 1
            while index < items.count, items[index].isAlternative {
                group.append(items[index])
                index += 1
            }
            // The same word twice asks for nothing more.
            if group.count == 1, items.count > 1 {
                guard !seen.contains(group[0]) else { continue }
                seen.append(group[0])
            }
            var ways: [Way] = []
            var words: [UnderstoodWord] = []
            for item in group {
                let reading = try read(item)
                if reading.kind == .spelling {
                    corrections[answer.understood.words.count + words.count] = reading.terms.first
                }
                ways += reading.ways
                words.append(
                    UnderstoodWord(
                        text: item.text, reading: reading.kind, terms: reading.terms,
                        field: item.field, synonyms: reading.synonyms,
                        isOptional: item.isOptional))
            }
            let condition = Condition.word(group.map(\.text).joined(separator: " OR "))
            if group[0].isExcluded {
                answer.understood.excluded += words
                guard !ways.isEmpty else { continue }
                answer.meanings.append(
                    Meaning(clause: plan.clauses.count, words: 0..<0, ways: ways))
                plan.add(try alternatives(ways, &plan), role: .excluded, condition: condition)
                continue
            }
            let first = answer.understood.words.count
            answer.understood.words += words
            guard condition != dropped else { continue }
            let isOptional = group[0].isOptional
            if isOptional { for way in ways.indices { ways[way].factor *= Self.optionalWeight } }
            answer.meanings.append(
                Meaning(
                    clause: plan.clauses.count, words: first..<answer.understood.words.count,
                    ways: ways))
            let alternatives = try alternatives(ways, &plan)
            if some, !isOptional { suffices += alternatives }
            plan.add(
                alternatives, role: some || isOptional ? .optional : .required,
                condition: condition)
        }
        if some { plan.add(suffices, isScored: false, condition: nil) }
        if !corrections.isEmpty {
            answer.understood.suggestion = answer.understood.words.enumerated()
                .map { corrections[$0.offset] ?? $0.element.text }.joined(separator: " ")
        }
        return answer
    }

    // MARK: The words to look at

    /// The words of a query without those that say nothing, each with its synonyms.
    private func items(
        of query: Query, _ understood: inout UnderstoodQuery
    ) -> [QueryLanguage.Item] {
        var items = QueryLanguage.items(
            query.words, completesLastWord: query.completesLastWord)
        noteSynonyms(query.synonyms, &items)
        let isStop = items.map { item in
            item.isPlain
                && item.words.allSatisfy { $0.parts.isEmpty && StopWords.contains($0.form) }
        }
        // A query of stop words only means them.
        if isStop.contains(false) {
            var kept: [QueryLanguage.Item] = []
            var lostItsStart = false
            for (var item, stop) in zip(items, isStop) {
                if !item.isAlternative { lostItsStart = false }
                if stop {
                    understood.ignored.append(item.text)
                    if !item.isAlternative { lostItsStart = true }
                } else {
                    if lostItsStart { item.isAlternative = false }
                    lostItsStart = false
                    kept.append(item)
                }
            }
            items = kept
        }
        // A query of words that say little means them too.
        if !items.contains(where: { !$0.isOptional && !$0.isExcluded }) {
            for index in items.indices { items[index].isOptional = false }
        }
        return items
    }

    /// Gives each plain word its synonyms, those of several words together before its own, and notes
    /// which may be missing.
    private func noteSynonyms(_ synonyms: Synonyms, _ items: inout [QueryLanguage.Item]) {
        func isAlone(_ index: Int) -> Bool {
            !items[index].isAlternative
                && (index + 1 == items.count || !items[index + 1].isAlternative)
        }
        var index = 0
        while index < items.count {
            var end = index
            while end < items.count, end - index < max(synonyms.longest, 1), items[end].isPlain,
                end == index || isAlone(index) && isAlone(end)
            {
                end += 1
            }
            var found = 1
            while end > index {
                let words = items[index..<end].map { $0.words[0].form }
                let others = synonyms.others(for: words[...])
                if !others.isEmpty {
                    // A word that says nothing (`als` in `nederlands als tweede taal`) is left out
                    // later; the others share what the synonym counts.
                    let telling = max(words.count { !StopWords.contains($0) }, 1)
                    for place in index..<end {
                        items[place].synonyms = others
                        items[place].synonymShare = 1 / Float(telling)
                    }
                    found = end - index
                    break
                }
                end -= 1
            }
            if found == 1, items[index].isPlain, isAlone(index) {
                items[index].isOptional = synonyms.isWeak(items[index].words[0].form)
            }
            index += found
        }
    }

    private func alternatives(
        _ ways: [Way], _ plan: inout WordPlan
    ) throws(IndexError) -> [WordPlan.Alternative] {
        var alternatives: [WordPlan.Alternative] = []
        for way in ways {
            var leaves: [WordPlan.Leaf] = []
            for terms in way.leaves {
                var leaf = try leaf(terms, &plan)
                leaf.value =
                    reader.ranking.codeValue(having: max(leaf.cursor.count, way.leastCourses))
                    * way.factor
                leaves.append(leaf)
            }
            alternatives.append(WordPlan.Alternative(leaves: leaves, phrase: way.phrase))
        }
        return alternatives
    }

    /// The list of a term, or one of all courses that have any of some terms, with the best code of
    /// each; it counts as one word that as many courses have.
    private func leaf(_ terms: [Int], _ plan: inout WordPlan) throws(IndexError) -> WordPlan.Leaf {
        if terms.count == 1 {
            return WordPlan.Leaf(cursor: try reader.cursor(terms[0]), value: 0)
        }
        var best: [UInt64] = []
        for term in terms {
            var cursor = try reader.cursor(term)
            while cursor.course != PostingCursor.end {
                best.append(UInt64(cursor.course) << 8 | UInt64(cursor.code))
                cursor.advance()
            }
        }
        best.sort()
        var courses: [UInt32] = []
        var codes: [UInt8] = []
        for entry in best {
            let course = UInt32(entry >> 8)
            if courses.last == course {
                codes[codes.count - 1] = UInt8(entry & 255)
            } else {
                courses.append(course)
                codes.append(UInt8(entry & 255))
            }
        }
        var bytes: [UInt8] = []
        PostingList.append(courses, codes, to: &bytes)
        return WordPlan.Leaf(
            cursor: PostingCursor(list: plan.own(bytes), count: courses.count), value: 0)
    }

    // MARK: From a word to its terms

    private func read(_ item: QueryLanguage.Item) throws(IndexError) -> Reading {
        var reading = Reading()
        if item.isPhrase {
            let forms = item.words.flatMap { $0.parts.isEmpty ? [$0.form] : $0.parts }
            if var way = try phrase(forms, item.field) {
                way.reading = .phrase
                reading.ways = [way]
                reading.kind = .phrase
            }
            return reading
        }
        let word = item.words[0]
        if item.isPrefix {
            try readPrefix(word.form, item.field, &reading)
            return reading
        }
        var having = 0
        for term in try terms(of: word.form, item.field) {
            reading.ways.append(Way(leaves: [[term]]))
            reading.kind = .word
            having = max(having, try reader.cursor(term).count)
        }
        // A word that is typed in one may be written apart, and a compound may be: its parts
        // together stand for it, though not as well.
        var parts: [Int] = []
        if !word.parts.isEmpty {
            for part in word.parts {
                guard let term = try terms(of: part, item.field).first else {
                    parts = []
                    break
                }
                parts.append(term)
            }
        } else if item.field == nil {
            parts = try compoundParts(of: word.form)
        }
        if parts.count > 1 {
            let factor =
                (word.parts.isEmpty ? reader.options.compoundWeight : 1) / Float(parts.count)
            for part in parts { reading.terms.append(try name(part)) }
            reading.ways.append(
                Way(
                    leaves: parts.map { [$0] }, factor: factor, reading: .parts,
                    text: reading.terms.joined(separator: " + ")))
            if reading.kind == .unknown { reading.kind = .parts }
        }
        try readSynonyms(item, having: having, &reading)
        // Leaving out what merely resembles a word would hide more than was asked for; quotation
        // marks ask for the word itself; and what may be missing need not be guessed at.
        if reading.kind != .unknown || item.isExcluded || item.isQuoted || item.isOptional {
            return reading
        }
        if word.form.utf8.count >= 3 { try readPrefix(word.form, item.field, &reading) }
        if reading.kind == .unknown { try readSpelling(word.form, item.field, &reading) }
        return reading
    }

    /// Adds the synonyms that courses have; several words must stand one behind the other.
    ///
    /// - Parameter having: How many courses have the word itself.
    private func readSynonyms(
        _ item: QueryLanguage.Item, having: Int, _ reading: inout Reading
    ) throws(IndexError) {
        for synonym in item.synonyms {
            guard var way = try phrase(synonym.words, nil) else { continue }
            way.reading = .synonym
            way.text = synonym.text
            way.factor = Self.synonymWeight * item.synonymShare / Float(way.leaves.count)
            way.leastCourses = having
            reading.ways.append(way)
            reading.synonyms.append(synonym.text)
        }
        if reading.kind == .unknown, !reading.synonyms.isEmpty { reading.kind = .synonym }
    }

    /// Words that stand one behind the other; `nil` when some word is in no course.
    private func phrase(
        _ forms: [String], _ field: IndexOptions.Field?
    ) throws(IndexError) -> Way? {
        var way = Way(leaves: [])
        var words: [[UInt32]] = []
        for form in forms {
            let plain = try terms(of: form, nil)
            let own = try inField(plain, field)
            guard !own.isEmpty else { return nil }
            words.append(plain.map { UInt32($0) })
            way.leaves.append(own)
        }
        // The bits of the test of order are as many as this; the words beyond are still required.
        if words.count > 1 {
            way.phrase = PhraseTest(words: Array(words.prefix(64)), field: field, reader: reader)
        }
        return way
    }

    /// The terms of a word: its stems, as far as a course has them.
    private func terms(
        of form: String, _ field: IndexOptions.Field?
    ) throws(IndexError) -> [Int] {
        var found: [Int] = []
        var key = form
        let number = try key.withUTF8Bytes { bytes throws(IndexError) in
            try reader.formHashes.find(bytes)
        }
        if let number {
            found = Self.terms(try reader.formRows.row(number))
        } else {
            let stems = reader.options.stems ? reader.analyzer.stems(of: form) : [form]
            for stem in stems {
                if let term = try reader.term(.word, stem) { found.append(term) }
            }
        }
        return try inField(found, field)
    }

    private static func terms(_ row: FormRow) -> [Int] {
        var terms: [Int] = []
        if row.dutch != FormRow.none { terms.append(Int(row.dutch)) }
        if row.english != FormRow.none, row.english != row.dutch { terms.append(Int(row.english)) }
        return terms
    }

    /// The same stems, but only where they stand in a field.
    private func inField(
        _ terms: [Int], _ field: IndexOptions.Field?
    ) throws(IndexError) -> [Int] {
        let space: TermSpace
        switch field {
        case .title: space = .title
        case .provider: space = .provider
        default: return terms
        }
        var found: [Int] = []
        for term in terms {
            if let own = try reader.term(space, try name(term)) { found.append(own) }
        }
        return found
    }

    private func name(_ term: Int) throws(IndexError) -> String {
        String(decoding: try reader.terms.bytes(term).dropFirst(), as: UTF8.self)
    }

    /// The terms of a compound's parts, when all of them are in some course.
    private func compoundParts(of form: String) throws(IndexError) -> [Int] {
        guard reader.options.compounds else { return [] }
        var key = form
        let number = try key.withUTF8Bytes { bytes throws(IndexError) in
            try reader.formHashes.find(bytes)
        }
        if let number {
            let parts = try reader.formRows.row(number).parts
            let range = Int(parts >> 2)..<Int(parts >> 2) + Int(parts & 3)
            try reader.formParts.check(range)
            return range.map { Int(reader.formParts.rows[$0]) }
        }
        // A compound that no course has: split it with the words of the catalogue.
        var failure: IndexError?
        let bytes = Array(form.utf8)
        let fewest = reader.courseCount < 1000 ? 1 : 3
        let ranges = bytes.withUnsafeBufferPointer { buffer in
            CompoundSplitter().parts(of: buffer) { part in
                do throws(IndexError) {
                    guard let number = try reader.formHashes.find(part) else { return false }
                    return try reader.formRows.row(number).courses >= fewest
                } catch {
                    failure = error
                    return false
                }
            }
        }
        if let failure { throw failure }
        var terms: [Int] = []
        for range in ranges ?? [] {
            let part = String(decoding: bytes[range], as: UTF8.self)
            guard let term = try self.terms(of: part, nil).first else { return [] }
            terms.append(term)
        }
        return terms
    }

    private func readPrefix(
        _ prefix: String, _ field: IndexOptions.Field?, _ reading: inout Reading
    ) throws(IndexError) {
        let bytes = Array(prefix.utf8)
        var index = try reader.forms.lowerBound(bytes)
        var terms = Set<Int>()
        while index < reader.forms.count, try reader.forms.bytes(index).starts(with: bytes) {
            terms.formUnion(try inField(Self.terms(try reader.formRows.row(index)), field))
            index += 1
        }
        guard !terms.isEmpty else { return }
        let sorted = terms.sorted()
        reading.ways = [Way(leaves: [sorted], reading: .prefix)]
        reading.kind = .prefix
        for term in sorted.prefix(8) { reading.terms.append(try name(term)) }
    }

    /// Reads an unknown word as those that are spelt most like it: of those with the fewest edits
    /// the three that most courses have.
    private func readSpelling(
        _ form: String, _ field: IndexOptions.Field?, _ reading: inout Reading
    ) throws(IndexError) {
        let word = Array(form.utf8)
        let most = Spelling.mostEdits(word.count)
        guard most > 0 else { return }
        var found: [(edits: Int, index: Int)] = []
        try Spelling.forEachNeighbour(of: word, within: most, in: reader.forms) {
            found.append(($1, $0))
        }
        guard let fewest = found.map(\.edits).min() else { return }
        var candidates: [(courses: UInt32, index: Int)] = []
        for (edits, index) in found where edits == fewest {
            candidates.append((try reader.formRows.row(index).courses, index))
        }
        candidates.sort { $0.courses != $1.courses ? $0.courses > $1.courses : $0.index < $1.index }
        var terms = Set<Int>()
        for (_, index) in candidates.prefix(3) {
            let own = try inField(Self.terms(try reader.formRows.row(index)), field)
            guard !own.isEmpty else { continue }
            terms.formUnion(own)
            reading.terms.append(try reader.forms.string(index))
        }
        guard !terms.isEmpty else { return }
        reading.ways = [
            Way(
                leaves: [terms.sorted()], reading: .spelling,
                text: reading.terms.joined(separator: ", "))
        ]
        reading.kind = .spelling
    }
}

extension String {
    /// The UTF-8 of the string; unlike `withUTF8` it keeps the type of the error.
    mutating func withUTF8Bytes<Result, Failure: Error>(
        _ body: (UnsafeBufferPointer<UInt8>) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        makeContiguousUTF8()
        var outcome: Swift.Result<Result, Failure>?
        withUTF8 { bytes in
            do throws(Failure) { outcome = .success(try body(bytes)) } catch {
                outcome = .failure(error)
            }
        }
        guard let outcome else { fatalError("withUTF8 calls its body") }
        return try outcome.get()
    }
}
