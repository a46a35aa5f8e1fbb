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
    /// - Parameters:
    ///   - folder: A folder whose place on this machine is nobody's business: paths below it are told
    ///     from it on.
    ///   - curated: A course with what partners correct in it.
    /// - Returns: `nil` when no offering ever had this id.
    /// - Throws: ``StoreError``.
    public init?(
        _ id: ID<Offering>, in snapshot: any CatalogueSnapshot, hiding folder: String? = nil,
        curated: (StoredRecord) -> StoredRecord = { $0 },
        provider: (StoredProvider) -> StoredProvider = { $0 }
    ) throws {
        let hidden = HiddenFolder(folder)
        // An offering's id begins with that of its course.
        for mark in id.value.indices where id.value[mark] == "#" {
            guard let stored = try snapshot.record(ID(String(id.value[..<mark]))).map(curated)
            else { continue }
            let course = stored.record.course
            if let offering = stored.record.offerings.first(where: { $0.id == id }) {
                self.offering = hidden.remove(from: offering)
                state = stored.state.rawValue
            } else if let gone = try snapshot.goneOfferings(of: course.id).first(where: {
                $0.offering.id == id
            }) {
                offering = hidden.remove(from: gone.offering)
                state = gone.state.rawValue
            } else {
                continue
            }
            self.course = hidden.remove(from: course)
            self.provider = Nullable(
                try snapshot.provider(course.provider).map(provider)
                    .map { hidden.remove(from: $0.provider) })
            return
        }
        return nil
    }
}
