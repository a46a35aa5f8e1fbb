import CourseModel
import XMLStream

/// A `SERVICE`: an Angebot or a Veranstaltung, with what is needed to put them together.
struct OpenQCatService {
    private let fragment: XMLFragment
    /// Its id.
    let productID: String?
    /// The id of its Angebot; an Angebot's own, or that of the Angebot it is a variant of.
    let courseID: String?
    /// Whether it is a Veranstaltung; a service that does not say is an Angebot.
    let isEvent: Bool

    init(_ fragment: XMLFragment) {
        self.fragment = fragment
        productID = fragment.root.line("PRODUCT_ID")
        let education = fragment.root.first("SERVICE_DETAILS")?.first("SERVICE_MODULE")?
            .first("EDUCATION")
        courseID = education?.line("COURSE_ID")
        isEvent = education?.attribute("type").flatMap(parseBoolean) == false
    }

    /// The element.
    var node: XMLNode { fragment.root }
    /// Its bytes as they stand in the feed.
    var original: [UInt8] { fragment.original }
    /// What it is about.
    var details: XMLNode? { node.first("SERVICE_DETAILS") }
    /// How it is taught.
    var education: XMLNode? { details?.first("SERVICE_MODULE")?.first("EDUCATION") }
    /// The classification of how it is taught.
    var form: XMLNode? { education?.first("EXTENDED_INFO") }
    /// What takes place: courses, or material for learning by oneself.
    var modules: [XMLNode] {
        education?.children.filter { $0.localName.hasPrefix("MODULE_") } ?? []
    }
    /// Its title; dated events leave it empty.
    var title: String? { details?.line("TITLE", without: OpenQCatWords.fillers) }

    /// Whether it says on which days it is given.
    var hasDate: Bool { details?.first("SERVICE_DATE")?.trimmedText != nil }

    /// Whether it can be taken although it names no day: at a place, at any time, or by oneself.
    var isTakenWithoutDate: Bool {
        modules.contains { module in
            module.localName == "MODULE_CBT" || module.localName == "MODULE_WBT"
                || module.first("LOCATION")?.trimmedText != nil
                || module.line("FLEXIBLE_START").flatMap(parseBoolean) == true
        }
    }

    /// The id made of what it says where the feed gives none.
    var derivedID: String {
        StableHash.id(
            "service",
            of: [
                title, details?.first("SERVICE_DATE")?.line("START_DATE"),
                modules.first?.first("LOCATION")?.line("CITY"),
            ])
    }
}
