import Answers
import CourseModel
import Ingest
import Storage

/// What a joint module is made of and whose it is, or which joint modules a course is a part of.
public struct JointAnswer: Encodable {
    /// A partner that offers it together with others.
    public struct Owner: Encodable {
        /// Its id.
        public var id: String
        /// Its name.
        public var name: String
    }

    /// A part, or a module that the course is a part of.
    public struct Entry: Encodable {
        /// Its id.
        public var course: String
        /// Its title; the id when it is not known.
        public var title: String
        /// Who teaches it.
        public var provider: Nullable<String>
        /// Whether it is offered now.
        public var isOffered: Bool
    }

    /// Who offers the module together; empty for a course that is none.
    public let owners: [Owner]
    /// What the module is made of, in order; empty for a course that is none.
    public let parts: [Entry]
    /// The joint modules that the course is a part of.
    public let partOf: [Entry]

    /// What is told of a course; `nil` when it has nothing to do with joint modules.
    ///
    /// - Throws: `StoreError`.
    public init?(
        of course: ID<Course>, _ definitions: JointModules, in snapshot: any CatalogueSnapshot,
        _ shown: ShownCourses, _ configuration: CatalogConfiguration, language: AnswerLanguage
    ) throws {
        func entry(_ id: ID<Course>) throws -> Entry {
            let stored = try shown.record(id, in: snapshot)
            let provider = try stored.flatMap {
                try shown.provider($0.record.course.provider, in: snapshot)
            }
            return Entry(
                course: id.value,
                title: stored?.record.course.title.text(in: language.preferences) ?? id.value,
                provider: Nullable(provider?.provider.name.text(in: language.preferences)),
                isOffered: stored?.state == .present)
        }
        let module = definitions.module(course)
        let owning = definitions.owners(configuration)[course] ?? []
        owners = owning.map { id in
            let partner = configuration.partners.first { $0.id == id }
            return Owner(id: id.value, name: partner?.name ?? id.value)
        }
        parts = try module?.parts.map(entry) ?? []
        partOf = try definitions.modules(with: course).map { try entry($0.course) }
        if module == nil, partOf.isEmpty { return nil }
    }
}
