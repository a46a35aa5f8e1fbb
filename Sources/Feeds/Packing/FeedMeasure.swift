import CourseModel

/// How many bytes things take in a feed of a format, found by writing them into memory.
struct FeedMeasure<Part: FeedWriter> {
    private let context: FeedContext
    /// The bytes of a feed with nothing in it, once it is known.
    private(set) var frame = 0
    private var provider: (of: Provider, size: Int)?

    /// What a thing may take more behind others: marks between them, suffixes of ids, more digits.
    private static var slack: Int { 64 }

    init(_ context: FeedContext) {
        var plain = context
        plain.packing = FeedPacking()
        self.context = plain
    }

    /// The bytes of a feed with nothing in it.
    mutating func open() throws -> Int {
        if frame == 0 { frame = try bytes { _ in } + Self.slack }
        return frame
    }

    /// What a provider adds.
    mutating func size(of provider: Provider) throws -> Int {
        if let known = self.provider, known.of == provider { return known.size }
        let own = try bytes { try $0.write(provider) } - open() + 2 * Self.slack
        self.provider = (provider, own)
        return own
    }

    /// What a course adds behind its provider.
    mutating func size(
        of record: CourseRecord, _ known: CatalogueFacts, _ provider: Provider?
    ) throws -> Int {
        let owner = provider.flatMap { $0.id == record.course.provider ? $0 : nil }
        let before = try owner.map { try size(of: $0) } ?? 0
        let own = try bytes { part in
            if let owner { try part.write(owner) }
            try part.write(record, known: known)
        }
        return max(0, own - (try open()) - before) + 4 * Self.slack
    }

    /// What it adds that something is gone.
    mutating func size(of removal: FeedRemoval) throws -> Int {
        try bytes { try $0.remove(removal) } - open() + 2 * Self.slack
    }

    private func bytes(_ body: (inout Part) throws -> Void) throws -> Int {
        var part = try Part(to: .memory, context: context)
        try body(&part)
        return try part.finish().byteCount
    }
}
