import CourseModel
import XMLStream

/// Tables: one row an offering, or a course without offerings.
///
/// Without a mapping the columns are those of ``CSVField``, as our writer gives them. A file
/// `courses.csv` of anyone else is read with a mapping `courses.csv.toml` beside it:
///
/// ```toml
/// separator = ";"              # else it is found in the first line
/// encoding = "windows-1252"    # else UTF-8 is tried first
/// language = "nl"              # of texts in columns without a language
/// currency = "EUR"             # of prices without one
/// list-separator = "|"         # within a field that holds a list; else ";"
///
/// [columns]                    # our field = their column
/// title = "Cursusnaam"
/// "title@en" = "Course name"
/// start = "Startdatum"
///
/// [constants]                  # our field = a value for all rows
/// provider = "Veldschool"
///
/// [values.level]               # their value = ours, for one field
/// N3 = "mbo niveau 3"
/// ```
public enum CSV: FeedFormat {
    /// The name that is typed and stored.
    public static let name = "csv"
    /// The name that people use.
    public static let title = "CSV"

    /// Whether a document begins as this format does.
    public static func recognises(_ opening: FeedOpening) -> Bool {
        guard opening.root == nil, let first = opening.firstVisibleByte,
            ![UInt8(ascii: "{"), UInt8(ascii: "["), UInt8(ascii: "<")].contains(first)
        else { return false }
        let lower = opening.name.lowercased()
        if lower.hasSuffix(".csv") || lower.hasSuffix(".tsv") { return true }
        return hasOwnHeader(opening.bytes)
    }

    /// Whether the first line names our own columns.
    static func hasOwnHeader(_ bytes: [UInt8]) -> Bool {
        let line = String(decoding: bytes.prefix { $0 != 10 && $0 != 13 }, as: UTF8.self)
        return line.contains(CSVField.courseID.rawValue) && line.contains(CSVField.title.rawValue)
            && !line.contains("<")
    }

    /// Reads a feed, one course at a time.
    public static func read(
        _ input: FeedInput, _ receive: (FeedItem) throws -> Void
    ) throws -> FeedSummary {
        var reader = try CSVReader(input)
        return try reader.read(receive)
    }

    /// What writes the format.
    public static var writer: (any FeedWriter.Type)? { CSVWriter.self }
}

/// The fields of a row, by the names that columns and mappings have.
public enum CSVField: String, CaseIterable, Hashable, Sendable {
    /// The course's id; rows with the same one are offerings of one course.
    case courseID = "course_id"
    /// The provider's id, name and page.
    case providerID = "provider_id"
    case provider
    case providerURL = "provider_url"
    /// Texts of the course; a column may name their language: `title@nl`.
    case title, summary, description, prerequisites
    /// Words of the model's vocabularies, or what the tables of words know.
    case kind, level, modes, audiences
    case studyModes = "study_modes"
    /// Lists.
    case keywords, subjects, languages, funding
    /// Numbers.
    case studyHours = "study_hours"
    case ects
    /// The course's page.
    case url
    /// The last day on which it may be shown.
    case expires
    /// The offering's id and own title.
    case offeringID = "offering_id"
    case offeringTitle = "offering_title"
    /// Days, or words such as “doorlopend”.
    case start, end
    case enrolFrom = "enrol_from"
    case enrolUntil = "enrol_until"
    case applyURL = "apply_url"
    /// ISO 8601 or words.
    case duration
    case hoursPerWeek = "hours_per_week"
    case dayParts = "day_parts"
    case offeringModes = "offering_modes"
    case offeringStudyModes = "offering_study_modes"
    /// The first venue.
    case venue, street
    /// Further lines of its address, each on a line of the field.
    case addressLines = "address_lines"
    case postcode, city, country, latitude, longitude
    /// An amount, with or without currency and VAT in words.
    case price, currency
    case capacity
    case minimumParticipants = "minimum_participants"
    case placesLeft = "places_left"
    case status, age
    case offeringURL = "offering_url"

    /// Whether it says something of an offering.
    var isOfOffering: Bool {
        guard let own = Self.allCases.firstIndex(of: self),
            let first = Self.allCases.firstIndex(of: .offeringID)
        else { return false }
        return own >= first && self != .currency && self != .country
    }

    /// Whether its columns may name a language.
    var isText: Bool {
        switch self {
        case .provider, .title, .summary, .description, .prerequisites, .offeringTitle, .venue,
            .keywords:
            true
        default: false
        }
    }
}
