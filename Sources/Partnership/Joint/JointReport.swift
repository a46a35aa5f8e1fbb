import Answers
import CourseModel
import Ingest
import Storage

/// How the joint modules of a catalogue are doing.
public struct JointReport: Encodable {
    /// One module.
    public struct Entry: Encodable {
        /// Its id as a course.
        public var module: String
        /// Its name.
        public var title: String
        /// Where it is defined.
        public var file: String
        /// The line there.
        public var line: Nullable<Int>
        /// Who offers it together, by id.
        public var owners: [String]
        /// Its parts, by id.
        public var parts: [String]
        /// Whether learners find it.
        public var isOffered: Bool
        /// How many occasions to take it there are.
        public var offerings: Int
        /// What is wrong with it.
        public var faults: [DiagnosticReport]
    }

    /// The modules, in the order of the files.
    public let modules: [Entry]

    /// Whether something is wrong with one of them.
    public var hasFaults: Bool { modules.contains { !$0.faults.isEmpty } }

    /// Looks at the modules of a catalogue.
    ///
    /// - Throws: `StoreError`.
    public init(
        _ definitions: JointModules, in snapshot: any CatalogueSnapshot,
        _ configuration: CatalogConfiguration, language: AnswerLanguage
    ) throws {
        var faults: [String: [Diagnostic]] = [:]
        if try snapshot.source(JointModule.source) != nil {
            try snapshot.forEachQuarantined(of: JointModule.source) { record in
                for reason in record.reasons {
                    faults[reason.record ?? "", default: []].append(reason)
                }
            }
            try snapshot.forEachDiagnostic(of: JointModule.source) { course, diagnostic in
                faults[String(course.native), default: []].append(diagnostic)
            }
        }
        let owners = definitions.owners(configuration)
        modules = try definitions.modules.map { module in
            let stored = try snapshot.record(module.course)
            let isOffered = stored?.state == .present
            return Entry(
                module: module.course.value,
                title: module.title.text(in: language.preferences) ?? module.id,
                file: module.file, line: Nullable(module.line),
                owners: owners[module.course]?.map(\.value) ?? [],
                parts: module.parts.map(\.value), isOffered: isOffered,
                offerings: isOffered ? stored?.record.offerings.count ?? 0 : 0,
                faults: (faults[module.id] ?? []).map { DiagnosticReport($0) })
        }
    }
}
