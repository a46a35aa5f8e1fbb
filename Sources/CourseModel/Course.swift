/// What can be learnt (EN 15982: learning opportunity specification).
///
/// A course says nothing of when and where; that is an ``Offering``. XCRI-CAP calls it a course,
/// EDU-DEX a programme.
public struct Course: Hashable, Sendable, Codable {
    /// Stable id.
    public var id: ID<Course>
    /// What the feed calls it.
    public var nativeID: String
    /// Other ids under which the feed knows it.
    public var aliases: [Code]
    /// Who teaches it.
    public var provider: ID<Provider>
    /// What sort of learning it is.
    public var kind: CourseKind
    /// What the feed calls the sort of learning.
    public var statedKind: String?
    /// The native id of the group of delivery variants it belongs to (EDU-DEX `superProgramId`).
    public var variantGroup: String?
    /// Its name; never empty.
    public var title: LocalizedText
    /// A sentence or two.
    public var summary: LocalizedText
    /// The full text.
    public var description: LocalizedRichText
    /// Texts on one theme each (objectives, admission, curriculum…).
    public var sections: [TextSection]
    /// How advanced it is.
    public var level: Level?
    /// The levels that give admission.
    public var requiredLevels: [Level]
    /// What else is asked for.
    public var prerequisites: LocalizedRichText
    /// How much work it is.
    public var studyLoad: StudyLoad
    /// How long it lasts when an offering does not say.
    public var duration: CourseDuration?
    /// What is earned by it.
    public var qualifications: [Qualification]
    /// Entries of the course itself in registers.
    public var codes: [Code]
    /// For whom it is; empty means not said.
    public var audiences: Set<Audience>
    /// What it is about.
    public var subjects: [Code]
    /// Words to find it by.
    public var keywords: LocalizedText
    /// The skills that it says it teaches.
    public var skills: [DeclaredSkill]
    /// How it is taught, for all offerings that do not say.
    public var modes: Set<DeliveryMode>
    /// Full-time, part-time, dual.
    public var studyModes: Set<StudyMode>
    /// Languages of instruction with their share in percent, when given.
    public var languages: [LanguageShare]
    /// Ways to pay for it.
    public var funding: [FundingScheme]
    /// Its page.
    public var url: String?
    /// A picture.
    public var image: Image?
    /// Ways to ask about it.
    public var contacts: [Contact]
    /// The last day on which it may be shown.
    public var expires: CalendarDate?
    /// Where it was read.
    public var provenance: Provenance

    /// A course of which only the essentials are known.
    ///
    /// - Returns: `nil` when the title is empty: a course without a name cannot be shown or found.
    public init?(
        id: ID<Course>, nativeID: String, provider: ID<Provider>, kind: CourseKind,
        title: LocalizedText, provenance: Provenance
    ) {
        guard !title.isEmpty else { return nil }
        self.id = id
        self.nativeID = nativeID
        self.provider = provider
        self.kind = kind
        self.title = title
        self.provenance = provenance
        aliases = []
        summary = LocalizedText()
        description = LocalizedRichText()
        sections = []
        requiredLevels = []
        prerequisites = LocalizedRichText()
        studyLoad = StudyLoad()
        qualifications = []
        codes = []
        audiences = []
        subjects = []
        keywords = LocalizedText()
        skills = []
        modes = []
        studyModes = []
        languages = []
        funding = []
        contacts = []
    }
}

/// A text of a course on one theme.
public struct TextSection: Hashable, Sendable, Codable {
    /// The theme, in EDU-DEX's words (`objectives`, `admission`, `curriculum`, …) or XCRI-CAP's
    /// element name.
    public var theme: String
    /// Its heading.
    public var heading: LocalizedText
    /// The text.
    public var text: LocalizedRichText

    /// A text on one theme.
    public init(theme: String, heading: LocalizedText = LocalizedText(), text: LocalizedRichText) {
        self.theme = theme
        self.heading = heading
        self.text = text
    }
}

/// A language of instruction and its share.
public struct LanguageShare: Hashable, Sendable, Codable {
    /// The language.
    public var language: LanguageTag
    /// 1...100, when given.
    public var percentage: Int?

    /// A language of instruction.
    public init(_ language: LanguageTag, percentage: Int? = nil) {
        self.language = language
        self.percentage = percentage
    }
}
