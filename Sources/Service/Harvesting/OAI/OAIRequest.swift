import CourseModel
import Storage

/// The arguments of a request, held against those of its verb (OAI-PMH 2.0, sections 3.1 and 4).
struct OAIRequest {
    /// What can be asked.
    enum Verb: String, CaseIterable {
        case identify = "Identify"
        case listMetadataFormats = "ListMetadataFormats"
        case listSets = "ListSets"
        case getRecord = "GetRecord"
        case listIdentifiers = "ListIdentifiers"
        case listRecords = "ListRecords"

        var required: [String] {
            switch self {
            case .getRecord: ["identifier", "metadataPrefix"]
            case .listIdentifiers, .listRecords: ["metadataPrefix"]
            default: []
            }
        }

        var optional: [String] {
            switch self {
            case .listMetadataFormats: ["identifier"]
            case .listIdentifiers, .listRecords: ["from", "until", "set"]
            default: []
            }
        }

        /// Whether its answer is a list that can go on with a token.
        var isList: Bool { self == .listSets || self == .listIdentifiers || self == .listRecords }
    }

    /// The verb.
    let verb: Verb
    /// The other arguments.
    private let arguments: [String: String]

    /// An argument, when it is given.
    subscript(name: String) -> String? { arguments[name] }

    /// All arguments, the verb first, as the answer repeats them.
    var attributes: [(String, String)] {
        [("verb", verb.rawValue)] + arguments.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
    }

    /// Reads arguments as they stand in a query or in the body of a form.
    ///
    /// - Throws: ``OAIFault`` `badVerb` or `badArgument`.
    init(_ query: some StringProtocol) throws(OAIFault) {
        var pairs: [(name: String, value: String)] = []
        for pair in query.split(separator: "&") {
            let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            guard let name = PercentEncoding.decode(parts[0], plusIsSpace: true),
                let value = parts.count > 1
                    ? PercentEncoding.decode(parts[1], plusIsSpace: true) : .some("")
            else {
                throw OAIFault(.badArgument, "“\(pair.prefix(40))” is not percent-encoded UTF-8")
            }
            pairs.append((name, value))
        }
        let verbs = pairs.filter { $0.name == "verb" }.map(\.value)
        let known = Verb.allCases.map(\.rawValue).joined(separator: ", ")
        guard let named = verbs.first else {
            throw OAIFault(.badVerb, "the argument verb is missing; it is one of \(known)")
        }
        guard verbs.count == 1 else {
            throw OAIFault(.badVerb, "the argument verb may be given once only")
        }
        guard let verb = Verb(rawValue: named) else {
            throw OAIFault(.badVerb, "“\(named.prefix(40))” is not a verb; there are \(known)")
        }
        var arguments: [String: String] = [:]
        for pair in pairs where pair.name != "verb" {
            guard arguments.updateValue(pair.value, forKey: pair.name) == nil else {
                throw OAIFault(.badArgument, "\(pair.name.prefix(40)) may be given once only")
            }
        }
        self.verb = verb
        self.arguments = arguments
        try check()
    }

    private func check() throws(OAIFault) {
        let names = Set(arguments.keys)
        if verb.isList, names.contains("resumptionToken") {
            guard names.count == 1 else {
                throw OAIFault(
                    .badArgument, "resumptionToken is all there is to say; leave the others out")
            }
            return
        }
        let allowed = verb.required + verb.optional
        if let other = names.subtracting(allowed).min() {
            let list = allowed.isEmpty ? "none" : allowed.joined(separator: ", ")
            throw OAIFault(
                .badArgument,
                "\(other.prefix(40)) is not an argument of \(verb.rawValue); there are \(list)")
        }
        if let missing = verb.required.first(where: { !names.contains($0) }) {
            throw OAIFault(.badArgument, "\(verb.rawValue) wants the argument \(missing)")
        }
        for name in names.sorted() {
            let value = arguments[name] ?? ""
            let isSound =
                switch name {
                case "metadataPrefix": Self.isWord(value)
                case "set":
                    value.split(separator: ":", omittingEmptySubsequences: false)
                        .allSatisfy(Self.isWord)
                case "identifier": Self.isURI(value)
                default: true
                }
            if !isSound {
                throw OAIFault(.badArgument, "\(name) has characters that it cannot have")
            }
        }
        _ = try bounds()
    }

    /// The first and last second that are asked for.
    ///
    /// - Throws: ``OAIFault`` `badArgument` when they are no moments, of two granularities, or the
    ///   wrong way round.
    func bounds() throws(OAIFault) -> (from: Moment?, until: Moment?) {
        func moment(_ name: String) throws(OAIFault) -> (Moment, isDay: Bool)? {
            guard let text = arguments[name] else { return nil }
            if text.utf8.count == 10, let day = CalendarDate(iso: text) {
                return (Moment(day), isDay: true)
            }
            guard let moment = Moment(iso: text) else {
                throw OAIFault(
                    .badArgument,
                    "\(name) is a day or a second in UTC: 2026-11-01 or 2026-11-01T08:30:00Z")
            }
            return (moment, isDay: false)
        }
        let from = try moment("from")
        var until = try moment("until")
        if let from, let until, from.isDay != until.isDay {
            throw OAIFault(.badArgument, "from and until have to be of one granularity")
        }
        if let end = until, end.isDay {
            until = (Moment(secondsSince1970: end.0.secondsSince1970 + 86_399), isDay: true)
        }
        if let from, let until, until.0 < from.0 {
            throw OAIFault(.badArgument, "until lies before from")
        }
        return (from?.0, until?.0)
    }

    /// Whether a text can name a format, or a part of a set (the schema's `metadataPrefixType`).
    private static func isWord(_ text: some StringProtocol) -> Bool {
        !text.isEmpty
            && text.utf8.allSatisfy { byte in
                switch byte {
                case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "a")...UInt8(ascii: "z"),
                    UInt8(ascii: "0")...UInt8(ascii: "9"):
                    true
                default: "-_.!~*'()".utf8.contains(byte)
                }
            }
    }

    /// Whether a text has only characters that a URI can have.
    private static func isURI(_ text: String) -> Bool {
        var isURI = !text.isEmpty && PercentEncoding.decode(text, plusIsSpace: false) != nil
        for byte in text.utf8
        where byte <= 0x20 || byte >= 0x7F || "\"<>\\^`{|}".utf8.contains(byte) {
            isURI = false
        }
        // Only a fragment may follow a number sign.
        return isURI && text.utf8.count { $0 == UInt8(ascii: "#") } < 2
    }
}

extension Moment {
    /// Reads `2026-11-01T08:30:00Z`; `nil` for any other form.
    init?(iso text: String) {
        let bytes = Array(text.utf8)
        func number(_ start: Int) -> Int? {
            Int(String(decoding: bytes[start..<start + 2], as: UTF8.self))
        }
        guard bytes.count == 20, let day = CalendarDate(iso: String(text.prefix(10))),
            bytes[10] == UInt8(ascii: "T"), bytes[13] == UInt8(ascii: ":"),
            bytes[16] == UInt8(ascii: ":"), bytes[19] == UInt8(ascii: "Z"),
            let hour = number(11), let minute = number(14), let second = number(17),
            (0..<24).contains(hour), (0..<60).contains(minute), (0..<60).contains(second)
        else { return nil }
        self.init(
            secondsSince1970: Int64(day.daysSince1970) * 86_400
                + Int64(hour * 3600 + minute * 60 + second))
    }
}
