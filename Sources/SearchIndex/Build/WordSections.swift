import Text

/// Turns the collected forms into terms and posting lists.
struct WordSections: ~Copyable {
    struct Result {
        /// How many terms there are.
        var count: Int
        /// How many pairs of a term and a course.
        var postings: Int
        /// The term of a tag's form; meaningless for words.
        var termOfForm: [UInt32]
    }

    /// A form that leads to a term.
    private struct Use {
        var term: UInt32
        var form: UInt32
        var weight: Float
    }

    private let numbering: [UInt32]
    private let options: IndexOptions
    private let ranking: Ranking
    private var dutch = Stemmer(.dutch)
    private var english = Stemmer(.english)
    /// The average number of words of each field.
    let averages: [Float]

    init(_ text: borrowing FormCollector, numbering: [UInt32], options: IndexOptions) {
        averages = IndexOptions.Field.allCases.map { field in
            var sum = 0
            var having = 0
            for lengths in text.lengths where lengths[field] > 0 {
                sum += Int(lengths[field])
                having += 1
            }
            return having == 0 ? 0 : Float(sum) / Float(having)
        }
        ranking = Ranking(options: options, averages: averages, courses: text.lengths.count)
        self.numbering = numbering
        self.options = options
    }

    /// Writes dictionary, postings and written words.
    mutating func write(
        _ text: borrowing FormCollector, to file: inout IndexFileWriter
    ) throws(IndexError) -> Result {
        var surfaces = ByteInterner()
        var surfaceOfForm: [Int] = []
        var coursesOfSurface: [Int] = []
        for form in 0..<text.forms.count {
            let surface = text.forms.withBytes(form) { bytes in
                FormCollector.Language(rawValue: bytes[0]) == nil
                    ? -1 : surfaces.number(0, UnsafeBufferPointer(rebasing: bytes.dropFirst()))
            }
            surfaceOfForm.append(surface)
            guard surface >= 0 else { continue }
            if surface == coursesOfSurface.count { coursesOfSurface.append(0) }
            coursesOfSurface[surface] += text.runs.count(of: form)
        }

        // In a large catalogue a word that only stands once or twice is as likely a misspelling.
        let fewest = text.lengths.count < 1000 ? 1 : 3
        let splitter = CompoundSplitter()
        var terms = ByteInterner()
        var dutchStems: [Int] = []
        var englishStems: [Int] = []
        var parts: [[Int]] = []
        for surface in 0..<surfaces.count {
            let word = Array(surfaces.string(surface).dropFirst())
            word.withUnsafeBufferPointer { word in
                dutchStems.append(stem(word, .dutch, &terms))
                englishStems.append(stem(word, .english, &terms))
                guard options.compounds else {
                    parts.append([])
                    return
                }
                let ranges = splitter.parts(of: word) { part in
                    surfaces.find(0, part).map { coursesOfSurface[$0] >= fewest } ?? false
                }
                parts.append(
                    (ranges ?? []).map {
                        stem(UnsafeBufferPointer(rebasing: word[$0]), .dutch, &terms)
                    })
            }
        }

        var uses: [Use] = []
        uses.reserveCapacity(text.forms.count * 2)
        for form in 0..<text.forms.count {
            let surface = surfaceOfForm[form]
            let number = UInt32(form)
            guard surface >= 0 else {
                let term = text.forms.withBytes(form) { bytes in
                    terms.number(bytes[0], UnsafeBufferPointer(rebasing: bytes.dropFirst()))
                }
                uses.append(Use(term: UInt32(term), form: number, weight: 1))
                continue
            }
            let language = text.forms.withBytes(form) { FormCollector.Language(rawValue: $0[0]) }
            if language != .english {
                uses.append(Use(term: UInt32(dutchStems[surface]), form: number, weight: 1))
            }
            if language == .english
                || language == .unknown && englishStems[surface] != dutchStems[surface]
            {
                uses.append(Use(term: UInt32(englishStems[surface]), form: number, weight: 1))
            }
            guard language != .english else { continue }
            for part in parts[surface] {
                uses.append(
                    Use(term: UInt32(part), form: number, weight: options.compoundWeight))
            }
        }
        return try writeTerms(
            text, terms, uses, surfaces, coursesOfSurface, dutchStems, englishStems, parts,
            to: &file)
    }

    private mutating func stem(
        _ word: UnsafeBufferPointer<UInt8>, _ language: StemLanguage, _ terms: inout ByteInterner
    ) -> Int {
        guard options.stems else { return terms.number(TermSpace.word.rawValue, word) }
        switch language {
        case .dutch:
            return dutch.withStem(of: word) { terms.number(TermSpace.word.rawValue, $0) }
        case .english:
            return english.withStem(of: word) { terms.number(TermSpace.word.rawValue, $0) }
        }
    }

    private func writeTerms(
        _ text: borrowing FormCollector, _ terms: ByteInterner, _ uses: [Use],
        _ surfaces: ByteInterner, _ coursesOfSurface: [Int],
        _ dutchStems: [Int], _ englishStems: [Int], _ parts: [[Int]],
        to file: inout IndexFileWriter
    ) throws(IndexError) -> Result {
        var starts = [Int](repeating: 0, count: terms.count + 1)
        for use in uses { starts[Int(use.term) + 1] += 1 }
        for term in 0..<terms.count { starts[term + 1] += starts[term] }
        var next = starts
        var usesByTerm = uses
        for use in uses {
            usesByTerm[next[Int(use.term)]] = use
            next[Int(use.term)] += 1
        }

        var lists = ListWriter(ranking: ranking)
        var finalTerms = [UInt32](repeating: FormRow.none, count: terms.count)
        var words = TermList()
        var titles = TermList()
        var providers = TermList()
        var tags = TermList()
        try file.begin(.postings)
        for term in terms.sorted() {
            let key = terms.string(term)
            let isWord = key[0] == TermSpace.word.rawValue
            lists.start()
            for use in usesByTerm[starts[term]..<starts[term + 1]] {
                text.runs.forEach(of: Int(use.form)) { entry in
                    let course = numbering[Int(entry.course)]
                    if isWord {
                        lists.add(
                            course, Occurrences(raw: entry.payload),
                            text.lengths[Int(entry.course)], use.weight)
                    } else {
                        lists.add(course, tag: entry.payload)
                    }
                }
            }
            let place = isWord ? words.count : tags.count
            let count = try lists.write(.all, isTag: !isWord, to: &file) { row in
                if isWord { words.append(key, row) } else { tags.append(key, row) }
            }
            if count > 0 { finalTerms[term] = UInt32(place) }
            guard isWord else { continue }
            try lists.write(.title, isTag: false, to: &file) { row in
                titles.append([TermSpace.title.rawValue] + key.dropFirst(), row)
            }
            try lists.write(.provider, isTag: false, to: &file) { row in
                providers.append([TermSpace.provider.rawValue] + key.dropFirst(), row)
            }
        }
        // A cursor reads eight bytes at a time.
        try [UInt8](repeating: 0, count: 8).withRawBytes { bytes throws(IndexError) in
            try file.append(bytes)
        }
        file.end(.postings)

        // The spaces stand in the order of their first byte, so that the dictionary is sorted.
        let tagOffset = UInt32(words.count + titles.count + providers.count)
        var termOfForm = [UInt32](repeating: FormRow.none, count: text.forms.count)
        for use in uses where terms.withBytes(Int(use.term), { $0[0] }) != TermSpace.word.rawValue {
            termOfForm[Int(use.form)] = finalTerms[Int(use.term)] + tagOffset
        }
        let keys = words.keys + titles.keys + providers.keys + tags.keys
        try file.write(.terms, strings: keys)
        try file.write(.termHashes, hashesOf: keys)
        try file.write(.termRows, words.rows + titles.rows + providers.rows + tags.rows)

        var formRows: [FormRow] = []
        var formParts: [UInt32] = []
        let order = surfaces.sorted()
        for surface in order {
            let own = parts[surface].map { finalTerms[$0] }
            // A part that is in no course (only in English ones) makes the parts useless.
            let usable = own.contains(FormRow.none) ? [] : own
            formRows.append(
                FormRow(
                    dutch: finalTerms[dutchStems[surface]],
                    english: finalTerms[englishStems[surface]],
                    courses: UInt32(coursesOfSurface[surface]),
                    parts: UInt32(formParts.count) << 2 | UInt32(usable.count)))
            formParts += usable
        }
        let formStrings = order.lazy.map { Array(surfaces.string($0).dropFirst()) }
        try file.write(.forms, strings: formStrings)
        try file.write(.formHashes, hashesOf: formStrings)
        try file.write(.formRows, formRows)
        try file.write(.formParts, formParts)
        try writePhrases(text, surfaces: surfaces, order: order, to: &file)
        return Result(count: keys.count, postings: lists.postings, termOfForm: termOfForm)
    }
}

extension WordSections {
    /// Writes the words of the short texts, by their final numbers.
    private func writePhrases(
        _ text: borrowing FormCollector, surfaces: ByteInterner, order: [Int],
        to file: inout IndexFileWriter
    ) throws(IndexError) {
        var numberOfSurface = [UInt32](repeating: 0, count: order.count)
        for (number, surface) in order.enumerated() { numberOfSurface[surface] = UInt32(number) }
        var courses = [Int](repeating: 0, count: numbering.count)
        for (old, new) in numbering.enumerated() { courses[Int(new)] = old }
        var starts: [UInt64] = []
        starts.reserveCapacity(courses.count + 1)
        var offset = 0
        try file.begin(.phrases)
        var writer = StoredWriter()
        for course in courses {
            starts.append(UInt64(offset))
            let end =
                course + 1 < text.phraseStarts.count
                ? text.phraseStarts[course + 1] : text.phraseForms.count
            writer.bytes.removeAll(keepingCapacity: true)
            for index in text.phraseStarts[course]..<end {
                let form = text.phraseForms[index]
                switch form {
                case FormCollector.gap: writer.put(PhraseTest.gap)
                case FormCollector.fieldEnd: writer.put(PhraseTest.fieldEnd)
                default:
                    let surface = text.forms.withBytes(Int(form)) { bytes in
                        surfaces.find(0, UnsafeBufferPointer(rebasing: bytes.dropFirst()))
                    }
                    guard let surface else { continue }
                    writer.put(UInt64(numberOfSurface[surface]) + PhraseTest.firstWord)
                }
            }
            offset += writer.bytes.count
            try writer.bytes.withRawBytes { bytes throws(IndexError) in try file.append(bytes) }
        }
        file.end(.phrases)
        starts.append(UInt64(offset))
        try file.write(.phraseStarts, starts)
    }
}

/// Terms with their rows, in the order of their keys.
private struct TermList {
    var keys: [[UInt8]] = []
    var rows: [TermRow] = []
    var count: Int { keys.count }

    mutating func append(_ key: [UInt8], _ row: TermRow) {
        keys.append(key)
        rows.append(row)
    }
}

/// Gathers the entries of one term and writes its posting lists.
private struct ListWriter {
    /// Which of a term's occurrences go into a list.
    enum Scope: Int {
        case all, title, provider
    }

    private let ranking: Ranking
    /// Course in the high half, contribution in the low half, for each scope.
    private var entries: [[UInt64]] = [[], [], []]
    private var scratch: [UInt64] = []
    private var courses: [UInt32] = []
    private var codes: [UInt8] = []
    private var bytes: [UInt8] = []
    private var offset: UInt64 = 0
    private(set) var postings = 0

    init(ranking: Ranking) { self.ranking = ranking }

    mutating func start() {
        for scope in entries.indices { entries[scope].removeAll(keepingCapacity: true) }
    }

    mutating func add(
        _ course: UInt32, _ occurrences: Occurrences, _ lengths: FieldLengths, _ weight: Float
    ) {
        var sum: Int64 = 0
        for field in IndexOptions.Field.allCases {
            let count = occurrences[field]
            guard count > 0 else { continue }
            let part = ranking.contribution(
                field, occurrences: count, length: Int(lengths[field]), formWeight: weight)
            sum += part
            if field == .title { append(.title, course, part) }
            if field == .provider { append(.provider, course, part) }
        }
        append(.all, course, sum)
    }

    mutating func add(_ course: UInt32, tag weight: UInt32) {
        append(.all, course, Int64(weight))
    }

    private mutating func append(_ scope: Scope, _ course: UInt32, _ steps: Int64) {
        entries[scope.rawValue].append(
            UInt64(course) << 32 | UInt64(min(steps, Int64(UInt32.max))))
    }

    /// Writes a list, unless it is empty, and hands out its row.
    ///
    /// - Returns: How many courses it has.
    @discardableResult
    mutating func write(
        _ scope: Scope, isTag: Bool, to file: inout IndexFileWriter, _ body: (TermRow) -> Void
    ) throws(IndexError) -> Int {
        guard !entries[scope.rawValue].isEmpty else { return 0 }
        sortByCourse(&entries[scope.rawValue], scratch: &scratch, courses: ranking.courses)
        courses.removeAll(keepingCapacity: true)
        codes.removeAll(keepingCapacity: true)
        var sum: Int64 = 0
        var last: UInt32?
        func code() -> UInt8 { isTag ? UInt8(clamping: sum) : ranking.code(sum) }
        for entry in entries[scope.rawValue] {
            let course = UInt32(entry >> 32)
            if course != last {
                if last != nil { codes.append(code()) }
                courses.append(course)
                last = course
                sum = 0
            }
            sum += Int64(entry & 0xFFFF_FFFF)
        }
        codes.append(code())
        bytes.removeAll(keepingCapacity: true)
        PostingList.append(courses, codes, to: &bytes)
        try bytes.withRawBytes { bytes throws(IndexError) in try file.append(bytes) }
        body(
            TermRow(
                offset: offset, length: UInt32(bytes.count), courses: UInt32(courses.count)))
        offset += UInt64(bytes.count)
        postings += courses.count
        return courses.count
    }
}

/// Sorts by the high half, which is below `courses`: radix sort, 11 bits at a time.
private func sortByCourse(_ entries: inout [UInt64], scratch: inout [UInt64], courses: Int) {
    guard entries.count > 256 else {
        entries.sort()
        return
    }
    if scratch.count < entries.count {
        scratch = [UInt64](repeating: 0, count: entries.count * 2)
    }
    var shift: UInt64 = 32
    let width: UInt64 = 11
    while shift < 64, courses >> Int(shift - 32) > 0 {
        var starts = [Int](repeating: 0, count: 1 << Int(width) + 1)
        let mask: UInt64 = 1 << width - 1
        for entry in entries { starts[Int(entry >> shift & mask) + 1] += 1 }
        for digit in 1..<starts.count { starts[digit] += starts[digit - 1] }
        for entry in entries {
            let digit = Int(entry >> shift & mask)
            scratch[starts[digit]] = entry
            starts[digit] += 1
        }
        entries.withUnsafeMutableBufferPointer { target in
            scratch.withUnsafeBufferPointer { source in
                _ = target.update(from: source[..<target.count])
            }
        }
        shift += width
    }
}
