import CourseModel
import XMLStream

/// EDU-DEX, the Dutch exchange format for courses and trainings.
///
/// Read are: a directory of directories or of programmes, a programme, an institute's data, a
/// client's discounts, and any wrapper around programmes, institutes and discounts. Written are a
/// folder (a directory, institutes and one file for each programme) or one wrapper. The official
/// schemas are not public; see our notes on the standard.
public enum EDUDEX: FeedFormat {
    /// `edudex`.
    public static let name = "edudex"
    /// `EDU-DEX`.
    public static let title = "EDU-DEX"

    /// The namespaces, whose capital D is part of the name.
    enum Namespace {
        static let program = "http://studieData.nl/schema/edudex/program"
        static let directory = "http://studieData.nl/schema/edudex/directory"
        static let institute = "http://studieData.nl/schema/edudex/institute"
        static let discounts = "http://studieData.nl/schema/edudex/clientDiscount"
        /// Our own, within the elements that EDU-DEX leaves free.
        static let facts = "urn:leerwijzer:edudex"
    }

    /// The roots that only EDU-DEX has.
    private static let roots: Set<String> = [
        "edudexDirectory", "instituteData", "clientDiscounts", "programsList",
    ]

    /// Whether the root is one of EDU-DEX's, or a programme stands near the start.
    public static func recognises(_ opening: FeedOpening) -> Bool {
        guard let root = opening.root else { return false }
        if root.namespace.lowercased().contains("studiedata.nl/schema/edudex") { return true }
        // HODEX, the older sister, has the same groups in its own namespace or in none.
        if HODEX.recognises(opening) { return false }
        if roots.contains(root.localName) { return true }
        // A wrapper of a customer's making, or a programme without a namespace.
        let start = String(decoding: opening.bytes, as: UTF8.self)
        return start.lowercased().contains("studiedata.nl/schema/edudex/program")
            || start.contains("<programClassification") || start.contains("<programAdmission")
    }

    /// Reads a document and those it refers to.
    public static func read(
        _ input: FeedInput, _ receive: (FeedItem) throws -> Void
    ) throws -> FeedSummary {
        var reader = EDUDEXReader(input)
        return try reader.read(receive)
    }

    /// Writes folders and wrappers.
    public static var writer: (any FeedWriter.Type)? { EDUDEXWriter.self }
}
