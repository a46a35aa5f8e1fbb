import CourseModel
import Text

/// The words and tags of the course at hand, as numbers of names.
struct WordGatherer: ~Copyable {
    // An object of its own, so that it can be used while the rest changes.
    private final class Splitter {
        var tokenizer = Tokenizer()
    }

    private let options: IndexOptions
    private let splitter = Splitter()
    private(set) var names = ByteInterner()
    private var isStopWord: [Bool] = []
    /// For each name the last course that had it, and where it stands among that course's words.
    private var lastCourse: [UInt32] = []
    private var lastPlace: [UInt32] = []
    private var course: UInt32 = 0
    private var words: [AnalysedCourse.Word] = []
    private var lengths = FieldLengths()
    private var phrasesOfField: [[UInt32]] = PhraseTest.fields.map { _ in [] }

    init(options: IndexOptions) {
        self.options = options
        // The first area and the first label are those of a venue of which nothing is known.
        _ = name(NameSpace.area, "")
        _ = name(NameSpace.label, "")
    }

    /// The numbers of the empty names.
    static let noArea: UInt32 = 0
    static let noLabel: UInt32 = 1

    /// The number of a name.
    mutating func name(_ space: UInt8, _ text: String) -> UInt32 {
        var text = text
        return text.withUTF8 { bytes in UInt32(number(space, bytes)) }
    }

    @inline(__always)
    private mutating func number(_ space: UInt8, _ bytes: UnsafeBufferPointer<UInt8>) -> Int {
        let number = names.number(space, bytes)
        if number == lastCourse.count {
            lastCourse.append(.max)
            lastPlace.append(0)
            isStopWord.append(
                NameSpace.isWord(space)
                    && StopWords.contains(String(decoding: bytes, as: UTF8.self)))
        }
        return number
    }

    @inline(__always)
    private mutating func update(_ name: Int, _ change: (inout UInt32) -> Void) {
        if lastCourse[name] != course {
            lastCourse[name] = course
            lastPlace[name] = UInt32(words.count)
            words.append(AnalysedCourse.Word(name: UInt32(name), payload: 0))
        }
        change(&words[Int(lastPlace[name])].payload)
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
        let splitter = splitter
        splitter.tokenizer.forEachWord(in: text) { word in
            let name = number(space, word.bytes)
            if skipsStopWords, isStopWord[name] { return }
            update(name) { payload in
                var occurrences = Occurrences(raw: payload)
                occurrences.count(field)
                payload = occurrences.raw
            }
            counted += 1
            if let phraseField, word.span == 1 {
                phrasesOfField[phraseField].append(UInt32(name))
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
    }
}
