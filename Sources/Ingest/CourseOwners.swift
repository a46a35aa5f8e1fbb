import CourseModel

/// Whose courses are: of the partner whose source gives one, of those who offer a joint module together,
/// and of those whom a correction names besides.
public struct CourseOwners: Sendable {
    private let configuration: CatalogConfiguration
    private let joint: [ID<Course>: [ID<Partner>]]
    private let curation: Curation

    /// - Parameters:
    ///   - joint: The modules that partners offer together; `nil` while their files have faults.
    ///   - curation: The corrections that are in force.
    public init(
        _ configuration: CatalogConfiguration, joint: JointModules?, curation: Curation
    ) {
        self.configuration = configuration
        self.joint = joint?.owners(configuration) ?? [:]
        self.curation = curation
    }

    /// The partners who own a course, each once: first the one whose source gives it or who stands
    /// first for a joint module.
    public func owners(of course: Course) -> [ID<Partner>] {
        var owners: [ID<Partner>] = []
        let source = configuration.partner(of: course.provenance.source)?.id
        for owner in [source].compactMap({ $0 }) + (joint[course.id] ?? [])
            + curation.owners(of: course.id) where !owners.contains(owner)
        {
            owners.append(owner)
        }
        return owners
    }

    /// Whether a partner may own courses that no source of its own gives.
    public func ownsMore(_ partner: ID<Partner>) -> Bool {
        joint.values.contains { $0.contains(partner) }
            || curation.courses.contains { curation.owners(of: $0).contains(partner) }
    }
}
