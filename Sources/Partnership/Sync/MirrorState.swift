import HTTPClient

/// What is remembered of a source's feed between two looks.
struct MirrorState: Codable {
    /// One fetched document.
    struct Document: Codable {
        /// The file in the mirror that holds it.
        var file: String
        /// To ask for it again with.
        var validators: HTTPRequest.Validators
        /// When it was last found to be the latest, in seconds since 1970.
        var checkedAt: Int64
    }

    /// What is remembered of an OAI-PMH repository.
    struct Harvest: Codable {
        /// The metadata prefix.
        var prefix: String
        /// The set.
        var set: String?
        /// The moment, as the repository writes it, from which records are asked for.
        var from: String?
        /// The files of the records, by identifier.
        var records: [String: String] = [:]
        /// Where an interrupted harvest goes on.
        var unfinished: Unfinished?
        /// When the last one of all records began, in seconds since 1970.
        var fullAt: Int64?

        /// An interrupted harvest.
        struct Unfinished: Codable {
            /// What to ask with; `nil` for the first page.
            var token: String?
            /// The moment that the next harvest asks from.
            var next: String
            /// Whether all records are asked for, and those that did not come are gone.
            var isFull: Bool
            /// The identifiers that came.
            var seen: [String]
            /// When it began, in seconds since 1970.
            var began: Int64
        }
    }

    /// The address that all this is about; when it changes, nothing of it holds.
    var address: String
    /// The fetched documents by address.
    var documents: [String: Document] = [:]
    /// When an interrupted round over the documents began, in seconds since 1970.
    var roundBegan: Int64?
    /// What is remembered of an OAI-PMH repository.
    var harvest: Harvest?
    /// When the feed was last looked for, in seconds since 1970.
    var triedAt: Int64?
    /// How often in a row that was in vain.
    var failures = 0

    /// Nothing is remembered.
    init(address: String) { self.address = address }
}
