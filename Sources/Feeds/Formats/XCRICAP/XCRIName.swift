/// The elements that the reader knows, by local name: namespaces differ between versions and
/// feeds (`dcterms:description`, `dc:description`, 1.1's one namespace) and are not asked for.
enum XCRIName: Equatable {
    // Common
    case description, identifier, title, subject, type, image, url, abstract, prerequisite
    case contributor, date, valid, modified
    case section(String)
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

    /// The element of a local name.
    static func named(_ name: String) -> XCRIName? { table[name] }

    private static let table: [String: XCRIName] = {
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
            "course": .course,
        ]
        for (element, theme) in XCRITheme.themeOfElement { table[element] = .section(theme) }
        return table
    }()
}
