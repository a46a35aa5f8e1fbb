import CourseModel
import XMLStream

/// What a first reading finds: which Angebote stand in the catalogue and how many Veranstaltungen
/// each has, so that the second can hand out a course as soon as it has all of them.
struct OpenQCatSurvey {
    /// The ids of the Angebote.
    private(set) var offers: Set<String> = []
    /// How many Veranstaltungen name an Angebot, whether it is there or not.
    private(set) var events: [String: Int] = [:]

    /// Reads the document to its end, or to where it cannot be read any further.
    init(_ input: FeedInput) throws(FeedError) {
        var xml = try input.rewound().xmlReader(records: ["SERVICE"])
        do {
            var isDeletion = false
            while let event = try xml.next() {
                switch (event, xml.localName) {
                case (.startElement, "DELETE"): isDeletion = true
                case (.endElement, "DELETE"): isDeletion = false
                case (.startElement, "SERVICE"):
                    let service = OpenQCatService(try xml.readElement())
                    if !isDeletion { note(service) }
                default: break
                }
            }
        } catch {
            // The second reading comes to the same end and tells of it.
        }
    }

    private mutating func note(_ service: OpenQCatService) {
        if service.isEvent {
            if let course = service.courseID { events[course, default: 0] += 1 }
        } else if let id = service.productID {
            offers.insert(id)
        }
    }
}
