import CourseModel

/// What is found in courses of any format once they are read: what readers had no reason to doubt,
/// but a learner will miss or trip over.
extension DiagnosticCode {
    // MARK: Dates

    /// The course may be shown for less than a month more.
    public static let expiresSoon: DiagnosticCode = "expires-soon"
    /// An offering starts too far from today to be meant.
    public static let startNotPlausible: DiagnosticCode = "start-not-plausible"
    /// Enrolment is said to be open, and its last day is over.
    public static let enrolmentOver: DiagnosticCode = "enrolment-over"
    /// Every offering of the course is over.
    public static let nothingToCome: DiagnosticCode = "nothing-to-come"
    /// A course or offering lasts longer than ten years.
    public static let durationNotPlausible: DiagnosticCode = "duration-not-plausible"

    // MARK: Texts

    /// A title is too long to be read in a list.
    public static let titleTooLong: DiagnosticCode = "title-too-long"
    /// A title is written in capitals.
    public static let titleInCapitals: DiagnosticCode = "title-in-capitals"
    /// Two courses of one provider have the same title.
    public static let titleRepeated: DiagnosticCode = "title-repeated"
    /// A text is a placeholder that was never filled in.
    public static let placeholderText: DiagnosticCode = "placeholder-text"
    /// A course does not say what it is about.
    public static let descriptionMissing: DiagnosticCode = "description-missing"
    /// A description is too short to match on.
    public static let descriptionTooShort: DiagnosticCode = "description-too-short"
    /// A description only repeats the title.
    public static let descriptionRepeatsTitle: DiagnosticCode = "description-repeats-title"
    /// A picture has no words for those who cannot see it.
    public static let imageWithoutAlternative: DiagnosticCode = "image-without-alternative"

    // MARK: Addresses

    /// An address leads to a machine that the public cannot reach.
    public static let urlNotPublic: DiagnosticCode = "url-not-public"
    /// A course's page is the front page of a site.
    public static let urlIsHomepage: DiagnosticCode = "url-is-homepage"
    /// An address is not encrypted.
    public static let urlInsecure: DiagnosticCode = "url-insecure"
    /// A course has no page.
    public static let urlMissing: DiagnosticCode = "url-missing"
    /// An e-mail address cannot be one.
    public static let badEmail: DiagnosticCode = "bad-email"

    // MARK: What matching needs

    /// A course has no offering.
    public static let offeringMissing: DiagnosticCode = "offering-missing"
    /// No price is stated.
    public static let priceMissing: DiagnosticCode = "price-missing"
    /// A price does not say whether VAT is in it.
    public static let vatUnstated: DiagnosticCode = "vat-unstated"
    /// No place is stated.
    public static let placeMissing: DiagnosticCode = "place-missing"
    /// No start is stated.
    public static let startMissing: DiagnosticCode = "start-missing"
    /// No level is stated.
    public static let levelMissing: DiagnosticCode = "level-missing"
    /// Neither skills nor keywords nor subjects are stated.
    public static let skillsMissing: DiagnosticCode = "skills-missing"
    /// The language of instruction is not stated.
    public static let instructionLanguageMissing: DiagnosticCode = "instruction-language-missing"
    /// How the course is taught is not stated.
    public static let modeMissing: DiagnosticCode = "mode-missing"
    /// Neither duration nor study load is stated.
    public static let durationMissing: DiagnosticCode = "duration-missing"

    // MARK: Contradictions

    /// A code cannot be one of its scheme.
    public static let codeMalformed: DiagnosticCode = "code-malformed"
    /// Two offerings of a course are the same but for their id.
    public static let duplicateOffering: DiagnosticCode = "duplicate-offering"
    /// The status and the number of places left cannot both be true.
    public static let statusContradictsPlaces: DiagnosticCode = "status-contradicts-places"
}
