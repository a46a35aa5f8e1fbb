/// The different names of one document, each with a small number.
///
/// Entries are only ever added, into pages that never move, so a number keeps its meaning for as
/// long as the table lives.
///
/// `@unchecked Sendable`: one reader adds entries; a fragment that other threads may hold refers
/// only to entries that were complete, in pages that were there, before it was made.
final class NameTable: @unchecked Sendable {
    struct Entry {
        let local: String
        let prefix: String
        let namespace: String
        /// See ``key(_:)``.
        let key: UInt64
        /// What the reader's owner calls the local name; 0 when it has no number for it.
        let word: UInt16
    }

    private static let pageBits = 8
    private static let pageSize = 1 << pageBits
    private let pages: UnsafeMutablePointer<UnsafeMutablePointer<Entry>?>
    private let pageCount: Int
    private let limit: Int
    private let words: [String: UInt16]
    private(set) var count = 0

    init(limit: Int, words: [String: UInt16] = [:]) {
        self.limit = limit
        self.words = words
        pageCount = limit >> Self.pageBits + 1
        pages = .allocate(capacity: pageCount)
        pages.initialize(repeating: nil, count: pageCount)
    }

    deinit {
        for page in 0..<pageCount {
            guard let entries = pages[page] else { break }
            entries.deinitialize(count: min(Self.pageSize, count - page << Self.pageBits))
            entries.deallocate()
        }
        pages.deallocate()
    }

    /// Adds an entry; nil when the table is full.
    func add(local: String, prefix: String, namespace: String) -> UInt32? {
        guard count < limit else { return nil }
        let page = count >> Self.pageBits
        let entries = pages[page] ?? .allocate(capacity: Self.pageSize)
        pages[page] = entries
        (entries + count & (Self.pageSize - 1)).initialize(
            to: Entry(
                local: local, prefix: prefix, namespace: namespace, key: Self.key(local),
                word: words[local] ?? 0))
        count += 1
        return UInt32(count - 1)
    }

    @inline(__always)
    private func entry(_ number: UInt32) -> UnsafeMutablePointer<Entry> {
        pages[Int(number) >> Self.pageBits].unsafelyUnwrapped
            + Int(number) & (Self.pageSize - 1)
    }

    func local(_ number: UInt32) -> String { entry(number).pointee.local }
    func prefix(_ number: UInt32) -> String { entry(number).pointee.prefix }
    func namespace(_ number: UInt32) -> String { entry(number).pointee.namespace }

    @inline(__always)
    func word(_ number: UInt32) -> UInt16 { entry(number).pointee.word }

    /// Whether an entry's local name is the given one, whose key is given too.
    @inline(__always)
    func isLocal(_ number: UInt32, _ name: String, _ key: UInt64) -> Bool {
        entry(number).pointee.key == key && entry(number).pointee.local == name
    }

    /// A number that tells most names apart: the first and last eight bytes and the length.
    static func key(_ name: String) -> UInt64 {
        var name = name
        return name.withUTF8 { bytes in
            var first: UInt64 = 0
            var last: UInt64 = 0
            for byte in bytes.prefix(8) { first = first << 8 | UInt64(byte) }
            if bytes.count > 8 {
                for byte in bytes.suffix(8) { last = last << 8 | UInt64(byte) }
            }
            return first ^ (last &* 0x9E37_79B9_7F4A_7C15) ^ UInt64(bytes.count) << 57
        }
    }
}
