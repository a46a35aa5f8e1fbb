import CourseModel
import XMLStream

/// What we say in the elements that EDU-DEX leaves free (`programFree`, `programRunFree`,
/// `genericProgramRunFree`), in a namespace of our own.
///
/// EDU-DEX requires elements that a course of another format does not have, and says some things in
/// a narrower vocabulary than ours. The writer then writes what comes nearest, for everybody, and
/// beside it a fact, for ourselves: which elements are only there because they must be
/// (`unstated`), and the word that EDU-DEX's own did not cover. What EDU-DEX has no element for at
/// all is not carried along; ``EDUDEXWriter/droppedFields`` lists it.
struct EDUDEXFacts: Hashable {
    /// A fact's name.
    enum Name: String, CaseIterable {
        /// An element that says nothing, by its path.
        case unstated
        /// The course's own id, where EDU-DEX's `programId` cannot hold it.
        case programID = "program-id"
        /// The provider's own id, where `orgUnitId` cannot hold it.
        case providerID = "provider-id"
        /// The offering's own id.
        case runID = "run-id"
        /// The group of variants, where `superProgramId` cannot hold it.
        case variantGroup = "variant-group"
        /// ``CourseModel/CourseKind``.
        case kind
        /// The feed's own word for the kind.
        case statedKind = "stated-kind"
        /// A level as ``levelText(_:)`` writes it.
        case level
        case requiredLevel = "required-level"
        /// ``CourseModel/DeliveryMode`` and ``CourseModel/StudyMode``.
        case mode
        case studyMode = "study-mode"
        case dayPart = "day-part"
        case funding
        /// `rolling`, `on-request`, or `unstated` with the feed's words behind it.
        case start
        /// `online` or `workplace`.
        case place
        case status
        /// How the VAT stands and what the total is, where the costs do not tell.
        case vat
        case total
        case currency
        case costs
    }

    /// The facts in order.
    private(set) var entries: [(name: Name, value: String)] = []

    /// No facts.
    init() {}

    /// The facts in a free element.
    init(_ free: XMLNode?) {
        guard let free else { return }
        for node in free.children
        where node.localName == "fact" && node.namespace == EDUDEX.Namespace.facts {
            guard let name = node.attribute("name").flatMap(Name.init(rawValue:)) else { continue }
            entries.append((name, node.text))
        }
    }

    /// The path of `amountIsFinal` of a cost, counted from 0.
    static func finality(ofCost index: Int) -> String { "cost[\(index)]/amountIsFinal" }

    /// Adds a fact.
    mutating func add(_ name: Name, _ value: String) { entries.append((name, value)) }

    /// The first value of a name.
    subscript(name: Name) -> String? { entries.first { $0.name == name }?.value }

    /// All values of a name.
    func all(_ name: Name) -> [String] {
        entries.filter { $0.name == name }.map(\.value)
    }

    /// The values of a name as words of a vocabulary; `nil` when the name does not occur.
    ///
    /// The value `none` stands for an empty set.
    func words<Word: RawRepresentable & Hashable>(_ name: Name) -> Set<Word>?
    where Word.RawValue == String {
        let values = all(name)
        return values.isEmpty ? nil : Set(values.compactMap { Word(rawValue: $0) })
    }

    /// Whether an element is there only because EDU-DEX requires it.
    func isUnstated(_ path: String) -> Bool {
        entries.contains { $0.name == .unstated && $0.value == path }
    }

    static func == (first: Self, second: Self) -> Bool {
        first.entries.elementsEqual(second.entries, by: ==)
    }

    func hash(into hasher: inout Hasher) {
        for entry in entries {
            hasher.combine(entry.name)
            hasher.combine(entry.value)
        }
    }
}
