import CourseModel
import XMLStream

/// Where the things of a LOQ document stand: some forty bytes for each, whatever their size.
struct LOQIndex {
    /// Where one thing stands.
    struct Entry {
        /// The hash of its id; ids are compared again when it is read.
        var id: UInt64
        /// The hash of the id of the specification that an opportunity points to.
        var specification: UInt64 = 0
        /// Its bytes in the document, or in the spool when `isSpooled`.
        var offset: Int
        var count: Int
        /// Its own place in the document.
        var position: SourcePosition
        /// Its bytes in the document, whatever encoding that is in.
        var original: Range<Int>
        var isSpooled = false
    }

    var specifications: [Entry] = []
    var opportunities: [Entry] = []
    /// Outcomes, organisations and locations by the hash of their id.
    var others: [UInt64: Entry] = [:]
    /// The opportunities of each specification, by the hash of its id.
    var bySpecification: [UInt64: [Int]] = [:]
    /// Entries whose document is not in UTF-8, in UTF-8.
    let spool = SpoolFile()

    static func hash(_ id: String) -> UInt64 { StableHash.of(id) }

    /// Notes a thing.
    mutating func add(_ fragment: XMLFragment) throws(FeedError) {
        let node = fragment.root
        let range = fragment.byteRange
        var entry = Entry(
            id: Self.hash(node.attribute("id") ?? ""), offset: range.lowerBound,
            count: range.count, position: SourcePosition(node.position), original: range)
        let isPlain = fragment.withOriginal { bytes in
            !bytes.contains(0) && String(validating: bytes, as: UTF8.self) != nil
        }
        if !isPlain {
            let text = Array(node.outerXML.utf8)
            entry.offset = spool.count
            entry.count = text.count
            entry.isSpooled = true
            try spool.append(text)
        }
        switch node.localName {
        case "learningOpportunity":
            let idref = node.first("learningAchievementSpecification")?.attribute("idref")
            entry.specification = Self.hash(idref ?? "")
            bySpecification[entry.specification, default: []].append(opportunities.count)
            opportunities.append(entry)
        case "learningAchievementSpecification", "qualification":
            specifications.append(entry)
        default:
            if others[entry.id] == nil { others[entry.id] = entry }
        }
    }
}
