import CourseModel
import Storage
import Text

/// What of a course tells whether another one is the same, in a few hundred bytes.
public struct CourseSketch: Sendable {
    /// The course.
    public let id: ID<Course>
    /// The source it comes from.
    public let source: ID<Source>
    /// How much of it is filled in, for choosing which of two to keep.
    let completeness: Int
    /// When its provider last changed it, as written.
    let lastEdited: String?
    let kind: CourseKind
    let level: Int?
    /// Words of its titles that say what it is, folded, in order; all languages.
    let title: [UInt64]
    /// Runs of three letters of those words, which a typing error leaves mostly as they are.
    let letters: Set<UInt32>
    /// Numbers and steps in its titles, each as often as it stands there: `2`, `b1`, `gevorderd`.
    let steps: [UInt64]
    /// Words of its provider's name that tell it from others.
    let provider: Set<UInt64>
    /// The host of its provider's or its own page.
    let hosts: Set<UInt64>
    let url: UInt64?
    let nativeID: UInt64?
    /// Entries in registers: scheme, and scheme with code.
    let schemes: Set<UInt64>
    let codes: Set<UInt64>
    /// The least hashes of the three-word runs of its description.
    let text: [UInt64]
    /// Hashes of the two-word runs of the first words of its description.
    let opening: Set<UInt64>
    let starts: Set<Int32>
    let postcodes: Set<UInt64>
    let towns: Set<UInt64>
    let prices: Set<Int64>

    /// How many least hashes are kept.
    private static let hashes = 32
    /// How many words make the opening.
    private static let openingWords = 40

    /// A sketch of a course.
    public init(_ record: CourseRecord, provider: Provider?) {
        let course = record.course
        id = course.id
        source = course.provenance.source
        lastEdited = course.provenance.lastEdited
        kind = course.kind
        level = course.level?.nlqf?.eqf ?? course.level?.eqf
        let all = course.title.wordings.flatMap { Self.words($0.text) }
        let telling = all.filter { !Self.genericWords.contains($0) }
        let words = telling.isEmpty ? all : telling
        title = words.map(Self.hash)
        letters = Self.letters(of: words)
        steps = words.filter(Self.isStep).map(Self.hash).sorted()
        self.provider = Set(
            (provider?.name.wordings.flatMap { Self.words($0.text) } ?? [])
                .filter { !Self.legalForms.contains($0) && $0.count > 1 }.map(Self.hash))
        hosts = Set([provider?.url, course.url].compactMap { $0.flatMap(Self.host) })
        url = course.url.flatMap(Self.page)
        let native =
            course.nativeID.utf8.split { $0 == 47 || $0 == 35 || $0 == 58 }.last
            .map { String(decoding: $0, as: UTF8.self) } ?? course.nativeID
        // A short number is the same in many feeds by chance.
        let folded = WordFolding.fold(native)
        nativeID =
            folded.utf8.count >= 5
                || (folded.utf8.count >= 3 && !folded.utf8.allSatisfy { 48...57 ~= $0 })
            ? Self.hash(folded) : nil
        schemes = Set(course.codes.map { Self.hash($0.scheme) })
        codes = Set(course.codes.map { Self.hash($0.scheme + ":" + $0.code) })
        let prose =
            course.description.wordings.map(\.text.plainText)
            + course.summary.wordings.map(\.text)
        let said =
            prose.max { $0.utf8.count < $1.utf8.count }.map { FoldedWords($0) } ?? FoldedWords()
        var least: [UInt64] = []
        for hash in said.hashes(ofRuns: 3).sorted() where least.last != hash {
            if least.count == Self.hashes { break }
            least.append(hash)
        }
        text = least
        opening = Set(said.hashes(ofRuns: 2, first: Self.openingWords))
        starts = Set(record.offerings.compactMap { $0.timing.start.date?.daysSince1970 })
        let addresses = record.offerings.flatMap(\.places).compactMap { $0.venue?.address }
        postcodes = Set(
            addresses.compactMap { address in
                // Of a Dutch one the digits, since feeds leave the letters out.
                address.dutchPostcode.map { Self.hash("\($0.digits)") }
                    ?? address.postcode.map {
                        Self.hash(WordFolding.fold($0).filter { $0 != " " })
                    }
            })
        towns = Set(addresses.compactMap { $0.city.map { Self.hash(WordFolding.fold($0)) } })
        prices = Set(record.offerings.compactMap { $0.price?.total.amount.scaled })
        completeness =
            course.filledFields + record.offerings.count + (said.count >= 30 ? 3 : 0)
    }

    private static func hash(_ text: String) -> UInt64 { ContentHash(of: Array(text.utf8)).value }

    /// Letters and digits in lower case without accents, word by word.
    private static func words(_ text: String) -> [String] {
        FoldedWords(text).strings
    }

    /// Whether a word tells a step of a series apart from the next.
    private static func isStep(_ word: String) -> Bool {
        word.utf8.contains { 48...57 ~= $0 } || stepWords.contains(word)
    }

    private static let stepWords: Set = [
        "i", "ii", "iii", "iv", "v", "a", "b", "c", "basis", "basic", "beginner", "beginners",
        "beginnend", "gevorderd", "gevorderden", "advanced", "intermediate", "improvers",
        "elementary", "vervolg", "introductie", "inleiding", "introduction", "expert", "verdieping",
        "herhaling", "refresher", "online", "avond", "evening", "weekend", "deeltijd", "voltijd",
        "one", "two", "three", "first", "second", "third",
    ]

    /// Words that say no more than that it is something to enrol for.
    private static let genericWords: Set = [
        "cursus", "course", "training", "opleiding", "workshop", "inschrijven", "aanmelden",
        "enrol", "apply", "now", "nu",
    ]

    private static func letters(of words: [String]) -> Set<UInt32> {
        var runs: Set<UInt32> = []
        for word in words {
            let bytes = [32] + Array(word.utf8) + [32]
            for start in bytes.indices.dropLast(2) {
                runs.insert(
                    UInt32(bytes[start]) << 16 | UInt32(bytes[start + 1]) << 8
                        | UInt32(bytes[start + 2]))
            }
        }
        return runs
    }

    private static let legalForms: Set = [
        "bv", "nv", "vof", "ltd", "plc", "inc", "gmbh", "stichting", "vereniging", "the", "de",
        "het", "van", "of", "and", "en", "voor", "for", "fictief",
    ]

    private static func host(_ url: String) -> UInt64? {
        guard let start = url.firstRange(of: "://") else { return nil }
        let host = url[start.upperBound...].prefix { $0 != "/" && $0 != ":" && $0 != "?" }
        let name = host.hasPrefix("www.") ? host.dropFirst(4) : host
        return name.isEmpty ? nil : hash(name.lowercased())
    }

    /// An address without what does not tell pages apart; `nil` for the first page of a site.
    private static func page(_ url: String) -> UInt64? {
        guard let start = url.firstRange(of: "://") else { return nil }
        var rest = url[start.upperBound...].prefix { $0 != "#" }
        if rest.hasPrefix("www.") { rest = rest.dropFirst(4) }
        // What campaigns add says nothing of the page.
        if let question = rest.firstIndex(of: "?"),
            rest[question...].contains("utm_")
        {
            rest = rest[..<question]
        }
        while rest.last == "/" { rest = rest.dropLast() }
        return rest.contains("/") || rest.contains("?") ? hash(rest.lowercased()) : nil
    }
}

extension Course {
    /// How many of the fields that learners read are there.
    fileprivate var filledFields: Int {
        [
            !summary.isEmpty, !description.isEmpty, level != nil, !prerequisites.isEmpty,
            studyLoad != StudyLoad(), duration != nil, !qualifications.isEmpty, !codes.isEmpty,
            !audiences.isEmpty, !subjects.isEmpty, !skills.isEmpty, !modes.isEmpty,
            !languages.isEmpty, !funding.isEmpty, url != nil, image != nil, !contacts.isEmpty,
        ].count { $0 }
    }
}
