/// Why a request is not answered, as the protocol tells it (OAI-PMH 2.0, section 3.6).
struct OAIFault: Error, Hashable {
    /// The codes of the protocol; `noMetadataFormats` and `noSetHierarchy` cannot come about here.
    enum Code: String {
        case badArgument
        case badResumptionToken
        case badVerb
        case cannotDisseminateFormat
        case idDoesNotExist
        case noRecordsMatch
    }

    let code: Code
    /// What happened and what to do.
    let message: String

    init(_ code: Code, _ message: String) {
        self.code = code
        self.message = message
    }
}
