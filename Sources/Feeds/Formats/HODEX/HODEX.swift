import CourseModel

/// HODEX, the former Dutch exchange format for programmes of higher education, read only.
///
/// EDU-DEX descends from it and has the same groups and names. A programme is our course; HODEX
/// says nothing of when, where and at what price, so there are no offerings. No schema was to be
/// had: what is read is what readers of real feeds read.
public enum HODEX: FeedFormat {
    /// `hodex`.
    public static let name = "hodex"
    /// `HODEX`.
    public static let title = "HODEX"

    /// Elements that a programme of HODEX has and one of EDU-DEX has not: its texts end in `Text`.
    private static let own = [
        "admissableProgram", "crohoCode", "numerusFixus", "programCredits", "programSummary",
        "programDescription", "studyAdviseType",
    ]

    /// Whether the root is a directory, or a programme with elements that only HODEX has.
    public static func recognises(_ opening: FeedOpening) -> Bool {
        guard let root = opening.root else { return false }
        if root.localName == "hodexDirectory" { return true }
        if root.namespace.lowercased().contains("hodex") { return true }
        guard root.localName == "program", root.namespace.isEmpty else { return false }
        let start = String(decoding: opening.bytes, as: UTF8.self)
        return own.contains { name in
            [">", " ", "/"].contains { start.contains("<\(name)\($0)") }
        }
    }

    /// Reads a document and those it refers to.
    public static func read(
        _ input: FeedInput, _ receive: (FeedItem) throws -> Void
    ) throws -> FeedSummary {
        var reader = HODEXReader(input)
        return try reader.read(receive)
    }

    /// None: HODEX is only read.
    public static var writer: (any FeedWriter.Type)? { nil }
}
