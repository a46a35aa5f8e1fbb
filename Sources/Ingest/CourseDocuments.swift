import CourseModel
import Places
import SearchIndex
import Skills
import Storage
import Text

/// Courses of the store as the index knows them, with all their texts.
public struct CourseDocuments {
    private let update: IndexUpdate
    private let skills: SkillsCatalogue
    private let store: any CatalogueStore
    private let shown: (any CatalogueSnapshot) throws -> ShownCourses

    /// The courses of a store, with what documents are made with.
    ///
    /// - Parameter shown: The courses of a snapshot as they are shown.
    public init(
        gazetteer: Gazetteer, skills: SkillsCatalogue, configuration: CatalogConfiguration,
        store: any CatalogueStore,
        shown: @escaping (any CatalogueSnapshot) throws -> ShownCourses
    ) {
        update = IndexUpdate(
            gazetteer: gazetteer, skills: skills, configuration: configuration, fingerprint: 0)
        self.skills = skills
        self.store = store
        self.shown = shown
    }

    /// The courses with these ids.
    ///
    /// - Parameter withSkills: Whether their skills are looked for, which is most of the work.
    /// - Returns: Those of `ids` that the store has.
    public func documents(
        of ids: [ID<Course>], withSkills: Bool
    ) throws -> [ID<Course>: IndexDocument] {
        let tagger = withSkills ? SkillTagger(skills, reading: TextReader()) : nil
        return try store.snapshot { snapshot in
            let courses = try shown(snapshot)
            var update = update
            update.correct(by: courses.curation)
            var documents: [ID<Course>: IndexDocument] = [:]
            for id in Set(ids) {
                guard let stored = try courses.record(id, in: snapshot) else { continue }
                let provider = try courses.provider(
                    stored.record.course.provider, in: snapshot)
                documents[id] = update.document(
                    stored.record, provider: provider?.provider, tagger: tagger)
            }
            return documents
        }
    }
}
