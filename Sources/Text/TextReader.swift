/// Splits texts into words and numbers these; one for each thread.
///
/// To look a word up costs more than to split it off, so whoever asks something of every word of a text
/// (which word of the index is it, which skill does it belong to?) keeps the answers by the word's number.
/// A text that is read twice is split once.
package final class TextReader {
    /// A word of a text.
    package struct Word {
        /// The number of its name.
        package let name: UInt32
        /// See ``Tokenizer/Word/position``.
        package let position: UInt32
        /// See ``Tokenizer/Word/span``.
        package let span: UInt32
        /// Where it stands in the text's UTF-8.
        package let start: UInt32
        package let end: UInt32
    }

    /// The space of the names of Dutch words, of English ones, and of words in a language that is not
    /// known; other spaces are the caller's.
    package static let dutch: UInt8 = 16
    package static let english: UInt8 = 17
    package static let unknownLanguage: UInt8 = 18

    /// All names so far.
    package private(set) var names = ByteInterner()
    private var tokenizer = Tokenizer()
    private var words: [Word] = []
    private var texts: [(text: String, space: UInt8, words: Range<Int>)] = []
    private static let mostTexts = 64

    /// A reader that has read nothing.
    package init() {}

    /// The number of a name in a space.
    package func number(_ space: UInt8, _ name: String) -> UInt32 {
        var name = name
        return name.withUTF8 { UInt32(names.number(space, $0)) }
    }

    /// Hands out the words of a text in order, with names in one of the three spaces of words.
    package func withWords(
        of text: String, in space: UInt8, _ body: (UnsafeBufferPointer<Word>) -> Void
    ) {
        let range = range(of: text, in: space)
        words.withUnsafeBufferPointer { body(UnsafeBufferPointer(rebasing: $0[range])) }
    }

    /// Forgets the texts, though not the names; what was read is the same as before.
    package func forgetTexts() {
        texts.removeAll(keepingCapacity: true)
        words.removeAll(keepingCapacity: true)
    }

    private func range(of text: String, in space: UInt8) -> Range<Int> {
        if let known = texts.first(where: { $0.space == space && $0.text == text }) {
            return known.words
        }
        if texts.count >= Self.mostTexts { forgetTexts() }
        let start = words.count
        // Taken out of the object, which would check at every word that nobody else changes them.
        var names = ByteInterner.none
        var words: [Word] = []
        swap(&names, &self.names)
        swap(&words, &self.words)
        tokenizer.forEachWord(in: text) { word in
            words.append(
                Word(
                    name: UInt32(names.number(space, word.bytes)),
                    position: UInt32(word.position), span: UInt32(word.span),
                    start: UInt32(word.source.lowerBound), end: UInt32(word.source.upperBound)))
        }
        swap(&names, &self.names)
        swap(&words, &self.words)
        texts.append((text, space, start..<self.words.count))
        return start..<self.words.count
    }
}
