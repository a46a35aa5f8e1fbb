internal import CStemmer

/// A Snowball stemmer for one language: `verzorgingen` and `verzorging` become `verzorg`.
///
/// The C object keeps the last result inside itself and so serves one thread at a time; a value
/// that cannot be copied gives it one owner. Share an ``Analyzer`` where several threads stem.
public struct Stemmer: ~Copyable, @unchecked Sendable {
    // Sendable: the pointer has one owner, and every use of it is a mutation of that owner.
    private let handle: OpaquePointer
    /// The language.
    public let language: StemLanguage

    /// A stemmer; traps only if libstemmer was built without the language, which no system does.
    public init(_ language: StemLanguage) {
        guard let handle = sb_stemmer_new(language.rawValue, "UTF_8") else {
            fatalError("libstemmer has no stemmer for \(language.rawValue)")
        }
        self.handle = handle
        self.language = language
    }

    deinit { sb_stemmer_delete(handle) }

    /// Stems a folded word (see ``WordFolding``) and hands its bytes to `body`.
    ///
    /// Words of fewer than four bytes and words with anything but `a`...`z` keep their form: an
    /// ending taken off `nt2` or `c++` would make another word of it.
    public mutating func withStem<Result>(
        of word: UnsafeBufferPointer<UInt8>, _ body: (UnsafeBufferPointer<UInt8>) -> Result
    ) -> Result {
        guard word.count >= 4, word.allSatisfy({ 97...122 ~= $0 }),
            let stem = sb_stemmer_stem(handle, word.baseAddress, Int32(word.count))
        else { return body(word) }
        return body(UnsafeBufferPointer(start: stem, count: Int(sb_stemmer_length(handle))))
    }

    /// The stem of a folded word.
    public mutating func stem(_ word: String) -> String {
        var word = word
        return word.withUTF8 { bytes in
            withStem(of: bytes) { String(decoding: $0, as: UTF8.self) }
        }
    }
}
