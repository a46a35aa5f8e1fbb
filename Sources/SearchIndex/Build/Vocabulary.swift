import Text

/// The terms that the words and tags of a catalogue lead to, and the dictionary of them.
struct Vocabulary {
    /// A term that a name leads to, by its numbers in the dictionary; ``FormRow/none`` where it has no
    /// list of its own.
    struct Use {
        var term: UInt32
        var title: UInt32
        var provider: UInt32
        var weight: Float
    }

    /// The fields that a word occurs in, as far as they have lists of their own.
    struct Fields: OptionSet {
        var rawValue: UInt8
        static let title = Fields(rawValue: 1)
        static let provider = Fields(rawValue: 2)
    }

    /// For each name where its uses start in ``uses``, and one beyond.
    let useStarts: [UInt32]
    let uses: [Use]
    /// The number of the written word, for the names of words.
    let formOfName: [UInt32]
    /// How many terms the dictionary has, and from which on they are tags.
    let termCount: Int
    let firstTag: Int

    private let terms: ByteInterner
    /// The terms by their number in the dictionary, with the byte that stands before each.
    private let dictionary: [(space: UInt8, term: Int)]
    private let forms: ByteInterner
    private let formOrder: [Int]
    private let formRows: [FormRow]
    private let formParts: [UInt32]

    /// Works out the terms.
    ///
    /// - Parameters:
    ///   - counts: In how many courses each name stands; those in none are left out.
    ///   - fields: In which fields each name stands.
    ///   - courses: How many courses there are.
    init(
        _ names: ByteInterner, counts: [UInt32], fields: [Fields], courses: Int,
        options: IndexOptions
    ) {
        var forms = ByteInterner()
        var surfaceOfName = [UInt32](repeating: FormRow.none, count: names.count)
        var coursesOfForm: [UInt32] = []
        for name in 0..<names.count where counts[name] > 0 && NameSpace.isWord(names.prefix(name)) {
            let form = names.withBytes(name) {
                forms.number(0, UnsafeBufferPointer(rebasing: $0.dropFirst()))
            }
            if form == coursesOfForm.count { coursesOfForm.append(0) }
            coursesOfForm[form] += counts[name]
            surfaceOfName[name] = UInt32(form)
        }
        var stems = Stems(forms, coursesOfForm, courses: courses, options: options)

        // What each name leads to, by the numbers of the stems.
        var starts: [UInt32] = []
        var found: [(term: Int, weight: Float)] = []
        starts.reserveCapacity(names.count + 1)
        for name in 0..<names.count {
            starts.append(UInt32(found.count))
            let space = names.prefix(name)
            guard counts[name] > 0 else { continue }
            if NameSpace.isTag(space) {
                let term = names.withBytes(name) {
                    stems.terms.number(space, UnsafeBufferPointer(rebasing: $0.dropFirst()))
                }
                found.append((term, 1))
            } else if NameSpace.isWord(space) {
                let form = Int(surfaceOfName[name])
                let (dutch, english) = (stems.dutch[form], stems.english[form])
                if space != NameSpace.english { found.append((dutch, 1)) }
                if space == NameSpace.english
                    || space == NameSpace.unknownLanguage && english != dutch
                {
                    found.append((english, 1))
                }
                guard space != NameSpace.english else { continue }
                for part in stems.parts[form] { found.append((part, options.compoundWeight)) }
            }
        }
        starts.append(UInt32(found.count))

        var isUsed = [Bool](repeating: false, count: stems.terms.count)
        var inFields = [Fields](repeating: [], count: stems.terms.count)
        for name in 0..<names.count {
            for use in found[Int(starts[name])..<Int(starts[name + 1])] {
                isUsed[use.term] = true
                inFields[use.term].formUnion(fields[name])
            }
        }
        // The spaces stand in the order of their first byte, so that the dictionary is sorted.
        let sorted = stems.terms.sorted().filter { isUsed[$0] }
        let words = sorted.filter { stems.terms.prefix($0) == TermSpace.word.rawValue }
        let tags = sorted.filter { stems.terms.prefix($0) != TermSpace.word.rawValue }
        var dictionary: [(space: UInt8, term: Int)] = []
        var none = [UInt32](repeating: FormRow.none, count: stems.terms.count)
        func number(
            _ list: [Int], _ space: (Int) -> UInt8, _ numbers: inout [UInt32]
        ) {
            for term in list {
                numbers[term] = UInt32(dictionary.count)
                dictionary.append((space(term), term))
            }
        }
        var titles = none
        var providers = none
        number(words, { _ in TermSpace.word.rawValue }, &none)
        number(
            words.filter { inFields[$0].contains(.title) }, { _ in TermSpace.title.rawValue },
            &titles)
        number(
            words.filter { inFields[$0].contains(.provider) },
            { _ in TermSpace.provider.rawValue }, &providers)
        number(tags, { stems.terms.prefix($0) }, &none)
        let numbers = none

        useStarts = starts
        uses = found.map {
            Use(
                term: numbers[$0.term], title: titles[$0.term], provider: providers[$0.term],
                weight: $0.weight)
        }
        termCount = dictionary.count
        firstTag = dictionary.count - tags.count
        self.dictionary = dictionary
        terms = stems.terms
        self.forms = forms

        let order = forms.sorted()
        var formNumbers = [UInt32](repeating: 0, count: forms.count)
        var rows: [FormRow] = []
        var parts: [UInt32] = []
        for (number, form) in order.enumerated() {
            formNumbers[form] = UInt32(number)
            let own = stems.parts[form].map { numbers[$0] }
            // A part that is in no course (only in English ones) makes the parts useless.
            let usable = own.contains(FormRow.none) ? [] : own
            rows.append(
                FormRow(
                    dutch: numbers[stems.dutch[form]], english: numbers[stems.english[form]],
                    courses: coursesOfForm[form],
                    parts: UInt32(parts.count) << 2 | UInt32(usable.count)))
            parts += usable
        }
        formOrder = order
        formRows = rows
        formParts = parts
        formOfName = surfaceOfName.map { $0 == FormRow.none ? $0 : formNumbers[Int($0)] }
    }

    /// Writes the dictionary and the written words.
    func write(to file: inout IndexFileWriter) throws(IndexError) {
        let keys = dictionary.lazy.map { entry in
            [entry.space] + terms.string(entry.term).dropFirst()
        }
        try file.write(.terms, strings: keys)
        try file.write(.termHashes, hashesOf: keys)
        let strings = formOrder.lazy.map { Array(forms.string($0).dropFirst()) }
        try file.write(.forms, strings: strings)
        try file.write(.formHashes, hashesOf: strings)
        try file.write(.formRows, formRows)
        try file.write(.formParts, formParts)
    }
}

/// The stems of written words and of the parts of compounds, as numbers of ``terms``.
private struct Stems {
    var terms = ByteInterner()
    var dutch: [Int] = []
    var english: [Int] = []
    var parts: [[Int]] = []

    init(_ forms: ByteInterner, _ courses: [UInt32], courses total: Int, options: IndexOptions) {
        // In a large catalogue a word that only stands once or twice is as likely a misspelling.
        let fewest = total < 1000 ? 1 : 3
        let splitter = CompoundSplitter()
        var dutchStemmer = Stemmer(.dutch)
        var englishStemmer = Stemmer(.english)
        let space = TermSpace.word.rawValue
        for form in 0..<forms.count {
            forms.withBytes(form) { bytes in
                let word = UnsafeBufferPointer(rebasing: bytes.dropFirst())
                guard options.stems else {
                    dutch.append(terms.number(space, word))
                    english.append(dutch[form])
                    return
                }
                dutch.append(dutchStemmer.withStem(of: word) { terms.number(space, $0) })
                english.append(englishStemmer.withStem(of: word) { terms.number(space, $0) })
            }
            guard options.compounds else {
                parts.append([])
                continue
            }
            parts.append(
                forms.withBytes(form) { bytes in
                    let word = UnsafeBufferPointer(rebasing: bytes.dropFirst())
                    let ranges = splitter.parts(of: word) { part in
                        forms.find(0, part).map { courses[$0] >= fewest } ?? false
                    }
                    return (ranges ?? []).map { range in
                        let part = UnsafeBufferPointer(rebasing: word[range])
                        return options.stems
                            ? dutchStemmer.withStem(of: part) { terms.number(space, $0) }
                            : terms.number(space, part)
                    }
                })
        }
    }
}
