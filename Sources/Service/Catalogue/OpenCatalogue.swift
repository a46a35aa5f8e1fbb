import Answers
import CourseModel
import Ingest
import Matching
import Places
import SearchIndex
import Skills
import Storage
import Synchronization
import Text

/// One generation of the catalogue, open for reading: it never changes, so any number of requests
/// can share it.
public final class OpenCatalogue: Sendable {
    /// Which generation it is.
    public let generation: Generation
    /// What tells it from others of the same number; see `RunRecord.mark`.
    public let mark: UInt64
    /// When it came to be, in seconds since 1970.
    public let committed: Int64
    /// The folder and what its settings say.
    public let workspace: Workspace
    /// The index of the generation.
    public let index: IndexReader
    /// Places and travel.
    public let gazetteer: Gazetteer
    /// Skills and occupations.
    public let skills: SkillsCatalogue
    /// The partnership's funding schemes.
    public let funding: FundingRules
    /// How much each part of a match counts.
    public let weights: MatchWeights
    /// Words that mean the same.
    public let synonyms: Synonyms
    /// How long ways take: a router's times where `catalog.toml` names one, else estimates.
    public let travel: TravelTimes
    /// The store, which may be ahead of this generation.
    public let store: any CatalogueStore
    /// Stands for the settings and the data beside the index.
    let data: DataMark
    private let damage = Atomic(false)
    private let shownCourses = Mutex<ShownCourses?>(nil)
    private let jointDefinitions = Mutex<JointModules?>(nil)
    /// Its courses by their OOAPI ids.
    let courseNumbers = CourseNumbers()
    /// What is within reach of the people of its regions.
    let reach = ReachFigures()
    /// What was answered from it.
    let answers = RememberedAnswers()

    init(
        generation: Generation, mark: UInt64, committed: Int64, workspace: Workspace,
        index: IndexReader, gazetteer: Gazetteer, skills: SkillsCatalogue, funding: FundingRules,
        weights: MatchWeights, synonyms: Synonyms, travel: TravelTimes, store: any CatalogueStore,
        data: DataMark
    ) {
        self.generation = generation
        self.mark = mark
        self.committed = committed
        self.workspace = workspace
        self.index = index
        self.gazetteer = gazetteer
        self.skills = skills
        self.funding = funding
        self.weights = weights
        self.synonyms = synonyms
        self.travel = travel
        self.store = store
        self.data = data
    }

    /// Whether its index turned out to be damaged.
    var isDamaged: Bool { damage.load(ordering: .relaxed) }

    func markDamaged() { damage.store(true, ordering: .relaxed) }

    /// Courses as they are shown: those that several sources give as one.
    ///
    /// Which those are is read once.
    func shown(in snapshot: any CatalogueSnapshot) throws -> ShownCourses {
        if let known = shownCourses.withLock({ $0 }) { return known }
        let shown = try ShownCourses(workspace, in: snapshot)
        shownCourses.withLock { $0 = shown }
        return shown
    }

    /// The modules that partners offer together; `nil` while their files have faults.
    ///
    /// They are read once.
    func joint() -> JointModules? {
        jointDefinitions.withLock { known in
            if known == nil { known = try? JointModules(workspace) }
            return known
        }
    }

    /// Courses as the store has them now, by id; see ``CourseDocuments/documents(of:withSkills:)``.
    func documents(
        of ids: [ID<Course>], withSkills: Bool
    ) throws -> [ID<Course>: IndexDocument] {
        try CourseDocuments(
            gazetteer: gazetteer, skills: skills, configuration: workspace.configuration,
            store: store, shown: { [self] in try shown(in: $0) }
        ).documents(of: ids, withSkills: withSkills)
    }

    /// The name of the catalogue in a language.
    public func name(in language: AnswerLanguage) -> String {
        workspace.configuration.name.text(in: language.preferences) ?? "Leerwijzer"
    }

    /// The language that the catalogue itself prefers.
    public var language: AnswerLanguage {
        workspace.configuration.languages.first == .english ? .en : .nl
    }
}
