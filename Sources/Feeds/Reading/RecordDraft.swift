import CourseModel
import XMLStream

/// A course while its offerings are added one by one.
struct RecordDraft {
    /// The course.
    var course: Course
    /// What was accepted of its offerings; each has an id of its own.
    private(set) var offerings: [Offering] = []
    /// What was not.
    private(set) var apart: [QuarantinedRecord] = []
    /// How many courses and offerings were seen in the mark-up.
    private(set) var offered = RecordCount(courses: 1)
    /// The bytes of the record.
    let original: [UInt8]
    /// The course's element.
    let node: XMLNode
    private var ids = OfferingIDs()

    init(_ course: Course, original: [UInt8], node: XMLNode) {
        self.course = course
        self.original = original
        self.node = node
    }

    /// Adds an offering under an id of its own; one that repeats another word for word is set apart.
    ///
    /// - Parameters:
    ///   - native: What the feed calls it; made of what it says where the feed gives no id.
    ///   - bytes: Its bytes, asked for only when it is set apart.
    ///   - make: The offering by that id.
    mutating func add(
        _ native: String, at node: XMLNode, bytes: () -> [UInt8], _ log: inout DiagnosticLog,
        _ make: (String, inout DiagnosticLog) -> Offering
    ) {
        offered.offerings += 1
        switch ids.claim(native, node) {
        case .new(let unique):
            if unique != native {
                log.add(
                    .warning, .duplicateID, at: node, field: node.localName,
                    "The course has another \(node.localName) with the id \(quoted(native)); this "
                        + "one became \(quoted(unique)). Give each its own id.")
            }
            offerings.append(make(unique, &log))
        case .repeated:
            apart.append(
                QuarantinedRecord(
                    kind: .offering, nativeID: native, file: log.file,
                    position: SourcePosition(node.position), original: bytes(),
                    reasons: [
                        Diagnostic(
                            .warning, .duplicateRecord, file: log.file,
                            position: SourcePosition(node.position), record: course.nativeID,
                            field: node.localName,
                            message: "The \(node.localName) \(quoted(native)) stands twice in its "
                                + "course, word for word; the second one was set apart. Remove it.")
                    ], count: RecordCount(offerings: 1)))
        }
    }
}

/// The ids that the offerings of a course have taken.
struct OfferingIDs {
    enum Claim {
        case new(String)
        case repeated
    }

    private var taken: [String: XMLNode] = [:]

    /// Takes an id; one that another offering has gets a suffix, unless both are the same.
    mutating func claim(_ native: String, _ node: XMLNode) -> Claim {
        var candidate = native
        var number = 1
        while let other = taken[candidate] {
            if other.outerXML == node.outerXML { return .repeated }
            number += 1
            candidate = "\(native)~\(number)"
        }
        taken[candidate] = node
        return .new(candidate)
    }
}
