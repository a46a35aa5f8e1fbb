import CourseModel
import Feeds
import Storage

/// Where a list goes on: all that has to be known stands in it, so that nothing is kept for those who
/// never come back (OAI-PMH 2.0, section 3.5).
///
/// The list is of one generation on: what changes while it is harvested is told by its new
/// datestamp, in this list or the next. It expires after a day, and with a catalogue that is younger
/// than it, as after putting back a back-up.
struct OAIToken: Equatable {
    /// How long a token can be used, in seconds.
    static let lifetime: Int64 = 86_400

    /// The verb of the list.
    var verb: OAIRequest.Verb
    /// The format of the list.
    var prefix: String
    /// The set of the list.
    var set: String?
    /// The first second that is asked for.
    var from: Moment?
    /// The last second that is asked for.
    var until: Moment?
    /// The generation in which the list began.
    var generation: Generation
    /// What tells it from others of the same number.
    var mark: UInt64
    /// The id of the last record that was told.
    var after: String
    /// How many records were told.
    var cursor: Int
    /// Until when it can be used.
    var expires: Moment

    /// As harvesters hand it back.
    var text: String {
        func moment(_ moment: Moment?) -> String { moment.map { "\($0.secondsSince1970)" } ?? "" }
        let body = [
            verb.rawValue, prefix, set ?? "", moment(from), moment(until), "\(generation)",
            String(mark, radix: 36), "\(cursor)", moment(expires), after,
        ].map(percentEncoded).joined(separator: "/")
        return body + "/" + Self.mark(body)
    }

    /// Reads a token.
    ///
    /// - Throws: ``OAIFault`` `badResumptionToken` when it is none, of another verb, or too old.
    init(
        _ text: String, verb: OAIRequest.Verb, now: Moment, generation current: Generation
    ) throws(OAIFault) {
        let bad = OAIFault(
            .badResumptionToken, "this is no token of this list; begin again without one")
        let parts = text.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count == 11, let mark = parts.last,
            mark == Self.mark(parts.dropLast().joined(separator: "/"))
        else { throw bad }
        let fields = parts.dropLast().compactMap {
            PercentEncoding.decode($0, plusIsSpace: false)
        }
        func moment(_ text: String) -> Moment? {
            Int64(text).map { Moment(secondsSince1970: $0) }
        }
        guard fields.count == 10, fields[0] == verb.rawValue, let generation = Int(fields[5]),
            let own = UInt64(fields[6], radix: 36), let cursor = Int(fields[7]), cursor > 0,
            let expires = moment(fields[8])
        else { throw bad }
        guard now <= expires else {
            throw OAIFault(
                .badResumptionToken, "the token could be used until \(expires); begin again")
        }
        guard Generation(generation) <= current else { throw Self.wasPutBack }
        self.init(
            verb: verb, prefix: fields[1], set: fields[2].isEmpty ? nil : fields[2],
            from: moment(fields[3]), until: moment(fields[4]), generation: Generation(generation),
            mark: own, after: fields[9], cursor: cursor, expires: expires)
    }

    init(
        verb: OAIRequest.Verb, prefix: String, set: String?, from: Moment?, until: Moment?,
        generation: Generation, mark: UInt64, after: String, cursor: Int, expires: Moment
    ) {
        self.verb = verb
        self.prefix = prefix
        self.set = set
        self.from = from
        self.until = until
        self.generation = generation
        self.mark = mark
        self.after = after
        self.cursor = cursor
        self.expires = expires
    }

    /// The catalogue that the list began in is no longer the service's.
    static let wasPutBack = OAIFault(
        .badResumptionToken, "the catalogue was put back to an earlier state; begin again")

    /// Tells a token of ours from one that was cut off or made up.
    private static func mark(_ body: String) -> String {
        String(StableHash.of("oai " + body), radix: 36)
    }
}
