import Text

/// Finds the terms that the words of a query stand for, and makes the plan to walk them.
struct WordResolver {
    // Not counted: whoever calls a query holds the reader, and counts would make threads wait.
    unowned(unsafe) let reader: IndexReader

    /// A way to satisfy a word: terms that a course must all have.
    private struct Reading {
        var alternatives: [[Int]] = []
        /// How much the alternative's terms count.
        var factors: [Float] = []
        /// Terms that count as one word together.
        var expansion: [Int] = []
        var kind = UnderstoodWord.Reading.unknown
        var terms: [String] = []
    }

    /// Adds the words of a query to a plan.
    ///
    /// - Parameter dropped: A required word to leave out, to see what that would give.
    func add(
        _ query: Query, to plan: inout WordPlan, dropping dropped: Condition? = nil
    ) throws(IndexError) -> UnderstoodQuery {
        var understood = UnderstoodQuery()
        var items = QueryLanguage.items(
            query.words, completesLastWord: query.completesLastWord)
        let isStop = items.map { item in
            !item.isPhrase && !item.isPrefix && !item.isExcluded && item.field == nil
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
        var corrections: [Int: String] = [:]
        var seen: [QueryLanguage.Item] = []
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
            if group[0].isPhrase, group.count == 1 {
                try addPhrase(group[0], &plan, &understood, dropped)
                continue
            }
            var lists: [[WordPlan.Leaf]] = []
            var readings: [UnderstoodWord] = []
            for item in group {
                let reading = try read(item)
                if reading.kind == .spelling {
                    corrections[understood.words.count + readings.count] = reading.terms.first
                }
                readings.append(
                    UnderstoodWord(
                        text: item.text, reading: reading.kind, terms: reading.terms,
                        field: item.field))
                lists += try leaves(reading, &plan)
            }
            if group[0].isExcluded {
                understood.excluded += readings
                if !lists.isEmpty {
                    plan.add(
                        lists, isRequired: false, condition: .word(group[0].text))
                }
            } else {
                understood.words += readings
                let condition = Condition.word(
                    group.count == 1
                        ? group[0].text : group.map(\.text).joined(separator: " OR "))
                if condition != dropped { plan.add(lists, condition: condition) }
            }
        }
        if !corrections.isEmpty {
            understood.suggestion = understood.words.enumerated()
                .map { corrections[$0.offset] ?? $0.element.text }.joined(separator: " ")
        }
        return understood
    }

    /// Adds words that must stand one behind the other.
    private func addPhrase(
        _ item: QueryLanguage.Item, _ plan: inout WordPlan, _ understood: inout UnderstoodQuery,
        _ dropped: Condition?
    ) throws(IndexError) {
        var leaves: [WordPlan.Leaf] = []
        var words: [[UInt32]] = []
        var isKnown = true
        for form in item.words.flatMap({ $0.parts.isEmpty ? [$0.form] : $0.parts }) {
            let plain = try terms(of: form, nil)
            let own = try inField(plain, item.field)
            words.append(plain.map { UInt32($0) })
            if own.isEmpty {
                isKnown = false
            } else {
                leaves.append(try joined(own, &plan))
            }
        }
        // The bits of the test of order are as many as this; the words beyond are still required.
        let phrase = PhraseTest(words: Array(words.prefix(64)), field: item.field, reader: reader)
        let word = UnderstoodWord(
            text: item.text, reading: isKnown ? .phrase : .unknown, terms: [], field: item.field)
        if item.isExcluded {
            understood.excluded.append(word)
            guard isKnown else { return }
            plan.add([leaves], isRequired: false, condition: .word(item.text), phrase: phrase)
        } else {
            understood.words.append(word)
            guard dropped != .word(item.text) else { return }
            plan.add(isKnown ? [leaves] : [], condition: .word(item.text), phrase: phrase)
        }
    }

    private func leaves(
        _ reading: Reading, _ plan: inout WordPlan
    ) throws(IndexError) -> [[WordPlan.Leaf]] {
        if !reading.expansion.isEmpty { return [[try joined(reading.expansion, &plan)]] }
        var lists: [[WordPlan.Leaf]] = []
        for (terms, factor) in zip(reading.alternatives, reading.factors) {
            var list: [WordPlan.Leaf] = []
            for term in terms {
                let cursor = try reader.cursor(term)
                list.append(
                    WordPlan.Leaf(
                        cursor: cursor,
                        value: reader.ranking.codeValue(having: cursor.count) * factor))
            }
            lists.append(list)
        }
        return lists
    }

    /// One list of all courses that have any of some terms, with the best code of each; it counts as
    /// one word that as many courses have.
    private func joined(
        _ terms: [Int], _ plan: inout WordPlan
    ) throws(IndexError) -> WordPlan.Leaf {
        if terms.count == 1 {
            let cursor = try reader.cursor(terms[0])
            return WordPlan.Leaf(
                cursor: cursor, value: reader.ranking.codeValue(having: cursor.count))
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
            cursor: PostingCursor(list: plan.own(bytes), count: courses.count),
            value: reader.ranking.codeValue(having: courses.count))
    }

    // MARK: From a word to its terms

    private func read(_ item: QueryLanguage.Item) throws(IndexError) -> Reading {
        var reading = Reading()
        let word = item.words[0]
        if item.isPrefix {
            try readPrefix(word.form, item.field, &reading)
            return reading
        }
        for term in try terms(of: word.form, item.field) {
            reading.alternatives.append([term])
            reading.factors.append(1)
            reading.kind = .word
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
            reading.alternatives.append(parts)
            reading.factors.append(factor)
            for part in parts { reading.terms.append(try name(part)) }
            if reading.kind == .unknown { reading.kind = .parts }
        }
        // Leaving out what merely resembles a word would hide more than was asked for.
        if reading.kind != .unknown || item.isExcluded { return reading }
        if word.form.utf8.count >= 3 { try readPrefix(word.form, item.field, &reading) }
        if reading.kind == .unknown { try readSpelling(word.form, item.field, &reading) }
        return reading
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
        reading.expansion = terms.sorted()
        reading.kind = .prefix
        for term in reading.expansion.prefix(8) { reading.terms.append(try name(term)) }
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
        reading.expansion = terms.sorted()
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
