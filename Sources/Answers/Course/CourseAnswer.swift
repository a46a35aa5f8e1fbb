import CourseModel
import Storage

/// What machines can rely on for `show`: one course with its offerings, where it comes from and what
/// became of it.
public struct CourseAnswer: Encodable {
    struct Event: Encodable {
        var generation: Int
        var at: String
        var change: String
        var offering: Nullable<String>
    }

    struct Text: Encodable {
        var path: String
        var text: String
    }

    var course: Course
    var offerings: [Offering]
    var state: String
    var provider: Nullable<Provider>
    var firstSeen: Nullable<String>
    var lastSeen: Nullable<String>
    var history: [Event]
    var goneOfferings: [Offering]
    var diagnostics: [DiagnosticReport]
    /// What the original says and the catalogue does not, word for word; `null` when the original
    /// is no XML.
    var notHeld: Nullable<[Text]>
    /// The partners who own it, the one whose feed gives it first.
    var owners: [String]
    /// Who says what each field says.
    var origins: [FieldOrigin]

    /// Everything that is known of a course.
    ///
    /// - Parameters:
    ///   - owner: Who teaches it, as it is shown.
    ///   - owners: The partners who own it.
    ///   - origins: Who says what each field says.
    ///   - folder: A folder whose place on this machine is nobody's business: paths below it are told
    ///     from it on.
    /// - Throws: ``StoreError``.
    public init(
        _ stored: StoredRecord, by owner: Provider?, in snapshot: any CatalogueSnapshot,
        owners: [ID<Partner>], origins: [FieldOrigin], hiding folder: String? = nil
    ) throws {
        let hidden = HiddenFolder(folder)
        let id = stored.record.course.id
        let sightings = try snapshot.sightings(of: id)
        self.owners = owners.map(\.value)
        self.origins = origins.map { $0.hiding(hidden) }
        course = hidden.remove(from: stored.record.course)
        offerings = stored.record.offerings.map(hidden.remove)
        state = stored.state.rawValue
        provider = Nullable(owner.map(hidden.remove))
        firstSeen = Nullable(sightings?.first.startedAt.iso)
        lastSeen = Nullable(sightings?.last.startedAt.iso)
        history = try snapshot.history(of: id).map {
            Event(
                generation: $0.generation.number, at: $0.at.iso, change: $0.change.kind.rawValue,
                offering: Nullable($0.change.offering?.value))
        }
        goneOfferings = try snapshot.goneOfferings(of: id).map { hidden.remove(from: $0.offering) }
        diagnostics = try snapshot.diagnostics(of: id).map {
            DiagnosticReport(hidden.remove(from: $0))
        }
        let missing = try TextsNotHeld(
            original: try snapshot.original(of: id) ?? [], record: stored.record, provider: owner)
        notHeld = Nullable(missing.texts?.map { Text(path: $0.path, text: $0.text) })
    }
}
