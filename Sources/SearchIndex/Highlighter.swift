import CourseModel
import Text

/// Marks in texts what a query finds there: the words, their other forms, compounds that hold them,
/// synonyms and corrected spellings, by the same rules as the index.
public struct Highlighter: Sendable {
    private let reader: IndexReader
    /// The clause that each term belongs to, as a bit: to count how many different words a piece of
    /// text has.
    private var bits: [UInt32: UInt64] = [:]

    /// What a query finds.
    ///
    /// - Throws: ``IndexError/damaged(path:section:)``.
    public init(_ query: Query, in reader: IndexReader) throws(IndexError) {
        self.reader = reader
        var plan = WordPlan()
        let answer = try WordResolver(reader: reader).add(query, to: &plan)
        for meaning in answer.meanings where !meaning.words.isEmpty {
            for way in meaning.ways {
                for term in way.leaves.joined() {
                    let plain = try reader.plainTerm(term)
                    bits[plain, default: 0] |= 1 << UInt64(min(meaning.clause, 63))
                }
            }
        }
    }

    /// Whether there is nothing to mark in any text.
    public var isEmpty: Bool { bits.isEmpty }

    /// A text with its marks.
    ///
    /// - Parameter language: The language of the text, when it is known.
    public func mark(_ text: String, in language: LanguageTag?) throws(IndexError) -> MarkedText {
        var text = text
        text.makeContiguousUTF8()
        return MarkedText(text[...], marks: try hits(in: text, language).map(\.range))
    }

    /// The piece of a text that says most about the query, with its marks: whole words, with dots
    /// where something is left out.
    ///
    /// - Parameter length: About how many characters.
    /// - Returns: `nil` when the text has nothing that the query asks for.
    public func snippet(
        of text: String, in language: LanguageTag?, length: Int = 160
    ) throws(IndexError) -> MarkedText? {
        var text = Self.inOneLine(text)
        text.makeContiguousUTF8()
        let hits = try hits(in: text, language)
        guard !hits.isEmpty else { return nil }
        // The window with most different words, of those the first.
        var best = (words: 0, start: 0)
        for (index, hit) in hits.enumerated() {
            var bits: UInt64 = 0
            for other in hits[index...] {
                guard other.range.upperBound - hit.range.lowerBound <= length else { break }
                bits |= other.bits
            }
            if bits.nonzeroBitCount > best.words { best = (bits.nonzeroBitCount, index) }
        }
        let focus = hits[best.start].range.lowerBound
        let bytes = Array(text.utf8)
        let start = Self.start(before: focus, in: bytes, reach: length / 3)
        let end = Self.end(of: bytes, from: start, length: length)
        let shown = hits.filter { start <= $0.range.lowerBound && $0.range.upperBound <= end }
        let utf8 = text.utf8
        let piece = text[
            utf8.index(
                utf8.startIndex, offsetBy: start)..<utf8.index(
                    utf8.startIndex, offsetBy: end)]
        let marks = shown.map { $0.range.lowerBound - start..<$0.range.upperBound - start }
        var segments = MarkedText(piece, marks: marks).segments
        if start > 0 { segments.insert(.init(text: "… ", isMarked: false), at: 0) }
        if end < bytes.count { segments.append(.init(text: " …", isMarked: false)) }
        return MarkedText(segments: segments)
    }

    private struct Found {
        var range: Range<Int>
        var bits: UInt64
    }

    /// Where words of the query stand, in UTF-8 offsets.
    private func hits(in text: String, _ language: LanguageTag?) throws(IndexError) -> [Found] {
        guard !bits.isEmpty else { return [] }
        var found: [Found] = []
        var failure: IndexError?
        var tokenizer = Tokenizer()
        let kind = TextLanguage(language)
        tokenizer.forEachWord(in: text) { word in
            do throws(IndexError) {
                let bits = try self.bits(of: word.bytes, kind)
                guard bits != 0 else { return }
                if let last = found.last, word.source.lowerBound < last.range.upperBound {
                    // A part of a joined word that is marked as a whole.
                    found[found.count - 1].bits |= bits
                } else {
                    found.append(Found(range: word.source, bits: bits))
                }
            } catch { failure = error }
        }
        if let failure { throw failure }
        return found
    }

    private func bits(
        of form: UnsafeBufferPointer<UInt8>, _ language: TextLanguage
    ) throws(IndexError) -> UInt64 {
        guard let number = try reader.formHashes.find(form) else { return 0 }
        var bits: UInt64 = 0
        try reader.forEachTerm(ofForm: number, in: language) { term, _ in
            bits |= self.bits[term] ?? 0
        }
        return bits
    }

    // MARK: Where a piece begins and ends

    private static func inOneLine(_ text: String) -> String {
        text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    }

    /// The start of the sentence that a place is in, if it is near, else that of a word before it.
    private static func start(before focus: Int, in bytes: [UInt8], reach: Int) -> Int {
        var index = focus
        var wordStart = focus
        while index > 0 {
            if bytes[index - 1] == UInt8(ascii: " ") {
                if focus - index <= reach { wordStart = index }
                if index >= 2, [46, 33, 63, 58].contains(bytes[index - 2]) { return index }
            }
            if focus - index > reach { return wordStart }
            index -= 1
        }
        return 0
    }

    private static func end(of bytes: [UInt8], from start: Int, length: Int) -> Int {
        guard bytes.count - start > length else { return bytes.count }
        var end = start + length
        while end > start, bytes[end] != UInt8(ascii: " ") { end -= 1 }
        if end > start { return end }
        // One long word: to its end.
        end = start + length
        while end < bytes.count, bytes[end] != UInt8(ascii: " ") { end += 1 }
        return end
    }
}

extension IndexReader {
    /// The number of a term in any field, for one that must stand in a title or a name.
    func plainTerm(_ term: Int) throws(IndexError) -> UInt32 {
        let key = try terms.bytes(term)
        guard key.first == TermSpace.title.rawValue || key.first == TermSpace.provider.rawValue
        else { return UInt32(term) }
        let plain = [TermSpace.word.rawValue] + key.dropFirst()
        let number = try plain.withUnsafeBufferPointer { bytes throws(IndexError) in
            try termHashes.find(bytes)
        }
        return UInt32(number ?? term)
    }

    /// Hands out the terms that a written word stands for in a text, and how much each counts.
    func forEachTerm(
        ofForm number: Int, in language: TextLanguage,
        _ body: (_ term: UInt32, _ weight: Float) -> Void
    ) throws(IndexError) {
        let row = try formRows.row(number)
        if language != .english, row.dutch != FormRow.none { body(row.dutch, 1) }
        if row.english != FormRow.none,
            language == .english || language == .unknown && row.english != row.dutch
        {
            body(row.english, 1)
        }
        guard language != .english else { return }
        let parts = Int(row.parts >> 2)..<Int(row.parts >> 2) + Int(row.parts & 3)
        try formParts.check(parts)
        for part in parts { body(formParts.rows[part], options.compoundWeight) }
    }
}

/// In which language a text is, as far as it matters for the endings of its words.
enum TextLanguage: Hashable {
    case dutch, english, unknown

    init(_ tag: LanguageTag?) {
        switch tag {
        case .some(.dutch): self = .dutch
        case .some(.english): self = .english
        default: self = .unknown
        }
    }
}
