import Answers
import CourseModel
import Ingest
import Storage

/// What other sources say of a course, and which of its fields are theirs.
public struct DuplicateAccount {
    private let course: ID<Course>
    private let cluster: DuplicateRegister.Cluster?
    private let isMerged: Bool
    /// By field, the course that it was filled up from.
    private let filled: [String: ID<Course>]

    /// Looks a course up in a register.
    ///
    /// - Throws: ``StoreError``.
    public init(
        of course: ID<Course>, _ register: DuplicateRegister, in snapshot: any CatalogueSnapshot,
        _ curation: Curation
    ) throws {
        self.course = course
        cluster = register.cluster(of: course)
        isMerged = register.isMerged
        guard let cluster, isMerged, cluster.shown == course,
            let own = try snapshot.record(course).map({ curation.applied(to: $0.record) })
        else {
            filled = [:]
            return
        }
        let others = try cluster.others.compactMap {
            try snapshot.record($0).map { curation.applied(to: $0.record) }
        }
        filled = MergedCourse(own, others: others).filled
    }

    /// What there is to tell, a line each; none for a course that stands alone.
    public func lines(_ language: AnswerLanguage) -> [String] {
        guard let cluster else { return [] }
        let others = ([cluster.shown] + cluster.others).filter { $0 != course }
        var lines = others.map { language(nl: "dezelfde cursus: \($0)", en: "same course: \($0)") }
        for likeness in cluster.because where likeness.courses.contains(course) {
            lines.append("  " + DuplicateWording.likeness(likeness, language))
        }
        if isMerged, cluster.shown != course {
            lines.append(
                language(
                    nl: "zoeken toont in plaats hiervan \(cluster.shown)",
                    en: "searches show \(cluster.shown) instead"))
        }
        for source in others {
            let fields = filled.filter { $0.value == source }.keys.sorted()
            guard !fields.isEmpty else { continue }
            let names = fields.joined(separator: ", ")
            lines.append(
                language(
                    nl: "aangevuld uit \(source): \(names)",
                    en: "filled up from \(source): \(names)"))
        }
        return lines
    }
}
