import CourseModel
import XMLStream

/// A provider element while it is open: what has been read of it so far.
struct XCRIProvider {
    /// The depth of its element.
    let depth: Int
    private let position: XMLPosition
    private var common = XCRICommon()
    private var place = XCRIPlace()
    private var hasPlace = false
    private(set) var isWithdrawn = false
    /// What the receiver has been told of it.
    var told: Provider?

    init(depth: Int, position: XMLPosition, isWithdrawn: Bool = false) {
        self.depth = depth
        self.position = position
        self.isWithdrawn = isWithdrawn
    }

    /// Takes an element of it.
    mutating func take(_ node: XMLNode, _ name: XCRIName, _ log: inout DiagnosticLog) {
        if name == .url || name == .identifier || name == .title {
            _ = common.take(node, name, &log)
        } else if place.take(node, name, &log) {
            hasPlace = true
            place.finish(node, &log)
        } else {
            _ = common.take(node, name, &log)
        }
    }

    /// The provider as far as it is known.
    mutating func provider(_ input: FeedInput) -> Provider {
        var provider = Self.made(common, input, position)
        provider.location = hasPlace ? location : nil
        if place.contact != Contact() { provider.contacts.insert(place.contact, at: 0) }
        // The address and id stay what they were told as, so that courses keep their provider.
        if let told {
            provider.id = told.id
            provider.nativeID = told.nativeID
        }
        return provider
    }

    private var location: Venue? {
        let venue = Venue(address: place.address, coordinates: place.coordinates)
        return venue == Venue() ? nil : venue
    }

    /// The provider of courses that stand directly in the catalogue.
    static func ofCatalog(_ common: XCRICommon, _ input: FeedInput) -> Provider {
        made(common, input, .start)
    }

    private static func made(
        _ common: XCRICommon, _ input: FeedInput, _ position: XMLPosition
    ) -> Provider {
        var common = common
        let name = common.titles.text()
        let native =
            XCRIIdentity.primary(common.identifiers)?.text ?? common.url ?? name ?? "catalog"
        var provider = Provider(
            id: ID(source: input.source, native: native), nativeID: native,
            name: common.titles.isEmpty ? LocalizedText(native) : common.titles,
            provenance: Provenance(
                source: input.source, format: XCRICAP.name, file: input.name,
                position: SourcePosition(position), lastEdited: common.lastEdited))
        provider.accreditations = common.takeTypes("accreditation")
        provider.description = common.description
        provider.url = common.url
        provider.image = common.image
        provider.contacts = common.contacts
        provider.codes = XCRIIdentity.others(common.identifiers, than: native)
        return provider
    }

    /// The national framework that a bare level number stands in, where the country is known.
    static func framework(
        _ provider: Provider, _ course: XMLNode, _ memory: XCRIMemory
    ) -> LevelFramework? {
        if provider.codes.contains(where: { $0.scheme == "ukprn" }) { return .rqf }
        let postcode =
            provider.location?.address.postcode
            ?? course.first("presentation")?.first("venue")?.first("provider")?
            .first("location")?.first("postcode")?.trimmedText
        switch postcode.flatMap(memory.country) {
        case "GB": return .rqf
        case "NL": return .nlqf
        default: return nil
        }
    }
}
