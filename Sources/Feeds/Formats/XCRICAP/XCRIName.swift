import XMLStream

/// The elements that the reader knows, by local name: namespaces differ between versions and
/// feeds (`dcterms:description`, `dc:description`, 1.1's one namespace) and are not asked for.
enum XCRIName: UInt16 {
    // Common
    case description = 1
    case identifier, title, subject, type, image, url, abstract, prerequisite
    case contributor, date, valid, modified
    // Common texts on one theme each
    case application, assessment, learningOutcome, objective, regulations
    // Course
    case level, qualification, credit, presentation
    // Presentation
    case start, startUntil, end, duration, applyFrom, applyUntil, applyTo, engagement, studyMode
    case attendanceMode, attendancePattern, languageOfInstruction, languageOfAssessment, places
    case cost, costs, age, venue
    // Place
    case location, street, town, postcode, address, phone, fax, email, latitude, longitude
    // Structure
    case provider, course
    // Within qualification and credit only
    case abbreviation, educationLevel, awardedBy, accreditedBy, scheme, value

    /// The name of an element that stands directly in a catalogue, provider, course or presentation;
    /// `nil` for all others.
    init?(_ node: XMLNode) {
        self.init(word: node.word)
    }

    /// The name that a word of ``words`` stands for, as ``init(_:)`` tells it.
    init?(word: UInt16) {
        guard let name = XCRIName(rawValue: word), name.rawValue <= XCRIName.course.rawValue else {
            return nil
        }
        self = name
    }

    /// The name of an element within a qualification or credit.
    init?(within node: XMLNode) {
        self.init(rawValue: node.word)
    }

    /// The numbers of the local names, for the XML reader.
    static let words: [String: UInt16] = {
        var table: [String: XCRIName] = [
            "description": .description, "identifier": .identifier, "title": .title,
            "name": .title, "subject": .subject, "type": .type, "image": .image, "url": .url,
            "abstract": .abstract, "prerequisite": .prerequisite,
            "entryRequirements": .prerequisite, "entryProfile": .prerequisite,
            "contributor": .contributor, "date": .date, "valid": .valid, "modified": .modified,
            "level": .level, "qualification": .qualification, "credit": .credit,
            "presentation": .presentation, "start": .start, "startFrom": .start,
            "startUntil": .startUntil, "end": .end, "endFrom": .end, "duration": .duration,
            "applyFrom": .applyFrom, "applyUntil": .applyUntil, "applyTo": .applyTo,
            "enquireTo": .applyTo, "engagement": .engagement, "studyMode": .studyMode,
            "attendanceMode": .attendanceMode, "attendancePattern": .attendancePattern,
            "languageOfInstruction": .languageOfInstruction,
            "languageOfAssessment": .languageOfAssessment, "places": .places,
            "placesAvailable": .places, "cost": .cost, "Costs": .costs, "age": .age,
            "venue": .venue, "location": .location, "street": .street, "town": .town,
            "postcode": .postcode, "address": .address, "phone": .phone, "fax": .fax,
            "email": .email, "lat": .latitude, "long": .longitude, "provider": .provider,
            "course": .course, "abbr": .abbreviation, "educationLevel": .educationLevel,
            "awardedBy": .awardedBy, "accreditedBy": .accreditedBy, "scheme": .scheme,
            "value": .value,
        ]
        for (name, element) in themed { table[element] = name }
        return table.mapValues(\.rawValue)
    }()

    /// The theme of the text, for the elements that hold one.
    var theme: String? {
        self >= .application && self <= .regulations
            ? Self.themes[Int(rawValue - XCRIName.application.rawValue)] : nil
    }

    private static let themed: [(XCRIName, String)] = [
        (.application, "applicationProcedure"), (.assessment, "assessment"),
        (.learningOutcome, "learningOutcome"), (.objective, "objective"),
        (.regulations, "regulations"),
    ]
    private static let themes = themed.map { XCRITheme.themeOfElement[$0.1] }
}

extension XCRIName: Comparable {
    static func < (first: XCRIName, second: XCRIName) -> Bool { first.rawValue < second.rawValue }
}
