import Answers
import SearchIndex

/// A field of learning that offerings are counted by.
///
/// It is the ISCED-F 2013 broad field of a course's subjects; for courses without one their EDU-DEX
/// themes, else their HODEX clusters. Other subjects (sectors, professions, free words) say where
/// something is used, not what it is about, and do not count.
public struct CoverageField: Hashable, Sendable {
    /// `isced-f:08`, `edudex-theme:…`, `other` for what is too rare to be told, `unknown`.
    public let code: String

    /// The name to show.
    public func name(_ language: AnswerLanguage) -> String {
        switch code {
        case Self.other.code: return language(nl: "andere", en: "other")
        case Self.unknown.code: return language(nl: "niet vermeld", en: "not stated")
        default:
            let parts = code.split(separator: ":", maxSplits: 1).map(String.init)
            guard parts.count == 2 else { return code }
            guard parts[0] == "isced-f", let number = Int(parts[1]), Self.broad.indices ~= number
            else { return parts[1] }
            return language(nl: Self.broad[number].nl, en: Self.broad[number].en)
        }
    }

    /// What is in no field that is told by itself.
    static let other = CoverageField(code: "other")
    /// What says nothing of its field.
    static let unknown = CoverageField(code: "unknown")

    /// How many fields are told by themselves at most.
    static let mostFields = 40

    /// The schemes whose codes are fields, those that go before first.
    private static let schemes = ["isced-f", "edudex-theme", "hodex-cluster"]

    /// The broad fields of ISCED-F 2013 (UNESCO), by code.
    private static let broad: [(nl: String, en: String)] = [
        ("algemeen", "generic programmes"), ("onderwijs", "education"),
        ("kunst, talen en geschiedenis", "arts and humanities"),
        ("maatschappij en gedrag", "social sciences and journalism"),
        ("recht, administratie en handel", "business, administration and law"),
        ("natuurwetenschappen en wiskunde", "natural sciences and mathematics"),
        ("informatica", "information and communication technology"),
        ("techniek, industrie en bouw", "engineering, manufacturing and construction"),
        ("landbouw, groen en dieren", "agriculture, green sector and animals"),
        ("zorg en welzijn", "health and welfare"), ("dienstverlening", "services"),
    ]

    /// The field that a subject as the index has it stands for; `nil` when it is none.
    private static func field(_ subject: String) -> (rank: Int, code: String)? {
        guard let colon = subject.firstIndex(of: ":"),
            let rank = schemes.firstIndex(of: String(subject[..<colon]))
        else { return nil }
        guard rank == 0 else { return (rank, subject) }
        let digits = subject[subject.index(after: colon)...].prefix(2)
        guard let number = Int(digits), broad.indices ~= number, digits.count == 2 else {
            return nil
        }
        return (rank, "isced-f:\(digits)")
    }

    /// The fields of a catalogue, and by course a bit for each of its own.
    static func fields(
        of index: IndexReader
    ) throws -> (fields: [CoverageField], ofCourse: [UInt64]) {
        var courses: [String: [Int]] = [:]
        var ranks = [UInt8](repeating: .max, count: index.courseCount)
        try index.forEachSubject(where: { field($0) != nil }) { subject, having in
            guard let (rank, code) = field(subject) else { return }
            courses[code, default: []] += having
            for course in having { ranks[course] = min(ranks[course], UInt8(rank)) }
        }
        func rank(_ code: String) -> UInt8 { UInt8(field(code)?.rank ?? Int(UInt8.max)) }
        // Of each course only what its first scheme says.
        let kept = courses.map { code, having in
            (code: code, courses: having.filter { ranks[$0] == rank(code) })
        }.filter { !$0.courses.isEmpty }
            .sorted { ($1.courses.count, $0.code) < ($0.courses.count, $1.code) }
        let told = kept.prefix(mostFields).sorted { $0.code < $1.code }
        var fields = told.map { CoverageField(code: $0.code) }
        var bits = [UInt64](repeating: 0, count: index.courseCount)
        for (number, entry) in told.enumerated() {
            for course in entry.courses { bits[course] |= 1 << UInt64(number) }
        }
        let rest = kept.dropFirst(mostFields)
        if !rest.isEmpty {
            for course in rest.lazy.flatMap(\.courses) { bits[course] |= 1 << UInt64(fields.count) }
            fields.append(other)
        }
        for course in bits.indices where bits[course] == 0 {
            bits[course] = 1 << UInt64(fields.count)
        }
        fields.append(unknown)
        return (fields, bits)
    }
}
