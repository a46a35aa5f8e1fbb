import CourseModel
import Text

/// The written words of all courses, each with the language of its text.
///
/// The first byte of a form is its language (``Language``), or the ``TermSpace`` of a tag.
struct FormCollector: ~Copyable {
    /// In which language a word was written.
    enum Language: UInt8, CaseIterable {
        case dutch = 16
        case english, unknown

        init(_ tag: LanguageTag?) {
            switch tag {
            case .some(.dutch): self = .dutch
            case .some(.english): self = .english
            default: self = .unknown
            }
        }
    }

    // An object of its own, so that it can be used while the rest of the collector changes.
    private final class Splitter {
        var tokenizer = Tokenizer()
    }

    private let options: IndexOptions
    private(set) var forms = ByteInterner()
    private var isStopWord: [Bool] = []
    private let splitter = Splitter()
    private(set) var runs: PostingRuns
    private(set) var lengths: [FieldLengths] = []
    /// The forms of the short texts of all courses, with gaps and ends of fields between them, and
    /// where each course starts.
    private(set) var phraseForms: [UInt32] = []
    private(set) var phraseStarts: [Int] = []
    private var phrasesOfField: [[UInt32]] = PhraseTest.fields.map { _ in [] }
    static let gap = UInt32.max
    static let fieldEnd = UInt32.max - 1

    init(options: IndexOptions, folder: String) {
        self.options = options
        runs = PostingRuns(folder: folder, memory: options.memory)
    }

    /// Starts the next course; returns its number in the order of arrival.
    mutating func beginCourse() -> UInt32 {
        lengths.append(FieldLengths())
        return UInt32(lengths.count - 1)
    }

    mutating func endCourse() throws(IndexError) {
        phraseStarts.append(phraseForms.count)
        for index in phrasesOfField.indices {
            if index > 0 { phraseForms.append(Self.fieldEnd) }
            phraseForms += phrasesOfField[index].dropLast()
            phrasesOfField[index].removeAll(keepingCapacity: true)
        }
        try runs.endCourse(forms: forms.count)
    }

    /// Adds a text of the course at hand to a field.
    mutating func add(_ text: String, _ tag: LanguageTag?, _ field: IndexOptions.Field) {
        let prefix = Language(tag).rawValue
        let course = UInt32(lengths.count - 1)
        let skipsStopWords = options.leavesOutStopWords && field == .description
        let phraseField = PhraseTest.fields.firstIndex(of: field)
        var counted: UInt16 = 0
        splitter.tokenizer.forEachWord(in: text) { word in
            let form = forms.number(prefix, word.bytes)
            if form == isStopWord.count {
                isStopWord.append(
                    StopWords.contains(String(decoding: word.bytes, as: UTF8.self)))
            }
            if skipsStopWords, isStopWord[form] { return }
            runs.update(form, course) { payload in
                var occurrences = Occurrences(raw: payload)
                occurrences.count(field)
                payload = occurrences.raw
            }
            if counted < .max { counted += 1 }
            if let phraseField, word.span == 1 {
                phrasesOfField[phraseField].append(UInt32(form))
            }
        }
        if let phraseField { phrasesOfField[phraseField].append(Self.gap) }
        let last = lengths.count - 1
        let sum = Int(lengths[last][field]) + Int(counted)
        lengths[last][field] = UInt16(min(sum, Int(UInt16.max)))
    }

    /// Tags the course at hand; of repeats the highest weight counts.
    ///
    /// - Parameter weight: 1...255.
    /// - Returns: The tag's number.
    @discardableResult
    mutating func tag(_ space: TermSpace, _ key: String, weight: UInt8) -> Int {
        var key = key
        let form = key.withUTF8 { forms.number(space.rawValue, $0) }
        if form == isStopWord.count { isStopWord.append(false) }
        runs.update(form, UInt32(lengths.count - 1)) { $0 = max($0, UInt32(weight)) }
        return form
    }

    mutating func finish() { runs.finish(forms: forms.count) }
}
