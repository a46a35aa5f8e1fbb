import CourseModel
import Text

/// The words and tags of the course at hand, as numbers of names.
struct WordGatherer: ~Copyable {
    private let options: IndexOptions
    private let reader: TextReader
    /// What is known of a name.
    private struct Known {
        /// The last course that had it, and where it stands among that course's words.
        var course: UInt32 = .max
        var place: UInt32 = 0
    }
    private var known: [Known] = []
    private var isStopWord: [Bool] = []
    private var course: UInt32 = 0
    private var words: [AnalysedCourse.Word] = []
    private var lengths = FieldLengths()
    private var phrasesOfField: [[UInt32]] = PhraseTest.fields.map { _ in [] }

    init(_ reader: TextReader, options: IndexOptions) {
        self.reader = reader
        self.options = options
        noArea = reader.number(NameSpace.area, "")
        noLabel = reader.number(NameSpace.label, "")
    }

    /// The area and the label of a venue of which nothing is known.
    let noArea: UInt32
    let noLabel: UInt32

    /// The names so far.
    var names: ByteInterner { reader.names }

    /// The number of a name.
    func name(_ space: UInt8, _ text: String) -> UInt32 { reader.number(space, text) }

    /// Makes room for what is known of the names that came in the meantime.
    private mutating func meetNames() {
        let names = reader.names
        known.append(contentsOf: repeatElement(Known(), count: names.count - known.count))
        for name in isStopWord.count..<names.count {
            isStopWord.append(
                NameSpace.isWord(names.prefix(name))
                    && names.withBytes(name) {
                        StopWords.contains(String(decoding: $0.dropFirst(), as: UTF8.self))
                    })
        }
    }

    @inline(__always)
    private mutating func update(_ name: Int, _ change: (inout UInt32) -> Void) {
        if known[name].course != course {
            known[name] = Known(course: course, place: UInt32(words.count))
            words.append(AnalysedCourse.Word(name: UInt32(name), payload: 0))
        }
        change(&words[Int(known[name].place)].payload)
    }

    /// Adds a text of the course at hand to a field.
    mutating func add(_ text: String, _ tag: LanguageTag?, _ field: IndexOptions.Field) {
        guard !text.isEmpty else { return }
        let space =
            switch tag {
            case .some(.dutch): NameSpace.dutch
            case .some(.english): NameSpace.english
            default: NameSpace.unknownLanguage
            }
        let skipsStopWords = options.leavesOutStopWords && field == .description
        let phraseField = PhraseTest.fields.firstIndex(of: field)
        var counted = 0
        let reader = reader
        reader.withWords(of: text, in: space) { read in
            if known.count < reader.names.count { meetNames() }
            for word in read {
                let name = Int(word.name)
                if skipsStopWords, isStopWord[name] { continue }
                update(name) { payload in
                    var occurrences = Occurrences(raw: payload)
                    occurrences.count(field)
                    payload = occurrences.raw
                }
                counted += 1
                if let phraseField, word.span == 1 {
                    phrasesOfField[phraseField].append(word.name)
                }
            }
        }
        if let phraseField { phrasesOfField[phraseField].append(AnalysedCourse.gap) }
        lengths[field] = UInt16(clamping: Int(lengths[field]) + counted)
    }

    /// Tags the course at hand; of repeats the highest weight counts.
    ///
    /// - Parameter weight: 1...255.
    /// - Returns: The tag's number.
    @discardableResult
    mutating func tag(_ space: TermSpace, _ key: String, weight: UInt8) -> UInt32 {
        let name = name(space.rawValue, key)
        if known.count <= Int(name) { meetNames() }
        update(Int(name)) { $0 = max($0, UInt32(weight)) }
        return name
    }

    /// Hands over what was gathered of the course at hand and starts the next one.
    mutating func finishCourse(into analysed: inout AnalysedCourse) {
        analysed.words.append(contentsOf: words)
        analysed.lengths = lengths
        for index in phrasesOfField.indices {
            if index > 0 { analysed.phrases.append(AnalysedCourse.fieldEnd) }
            analysed.phrases += phrasesOfField[index].dropLast()
            phrasesOfField[index].removeAll(keepingCapacity: true)
        }
        words.removeAll(keepingCapacity: true)
        lengths = FieldLengths()
        course += 1
        reader.forgetTexts()
    }
}
