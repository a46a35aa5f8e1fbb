import CourseModel
import Storage

/// One offering with its course and who teaches it.
public struct OfferingAnswer: Encodable {
    var course: Course
    var offering: Offering
    var state: String
    var provider: Nullable<Provider>

    /// What is known of an offering, whether it is still offered or left its course.
    ///
    /// - Returns: `nil` when no offering ever had this id.
    /// - Throws: ``StoreError``.
    public init?(_ id: ID<Offering>, in snapshot: any CatalogueSnapshot) throws {
        // An offering's id begins with that of its course.
        for mark in id.value.indices where id.value[mark] == "#" {
            guard let stored = try snapshot.record(ID(String(id.value[..<mark]))) else { continue }
            let course = stored.record.course
            if let offering = stored.record.offerings.first(where: { $0.id == id }) {
                self.offering = offering
                state = stored.state.rawValue
            } else if let gone = try snapshot.goneOfferings(of: course.id).first(where: {
                $0.offering.id == id
            }) {
                offering = gone.offering
                state = gone.state.rawValue
            } else {
                continue
            }
            self.course = course
            provider = Nullable(try snapshot.provider(course.provider)?.provider)
            return
        }
        return nil
    }
}
