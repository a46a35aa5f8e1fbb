import CourseModel

/// One field of the model, to be filled with what another record has.
struct ModelField<Whole>: Sendable where Whole: Sendable {
    let name: String
    /// Puts the second one's value in the first.
    let take: @Sendable (inout Whole, Whole) -> Void

    init<Value>(_ name: String, _ path: WritableKeyPath<Whole, Value> & Sendable) {
        self.name = name
        take = { $0[keyPath: path] = $1[keyPath: path] }
    }
}

extension ModelField where Whole == Course {
    static let all: [ModelField<Course>] = [
        .init("nativeID", \.nativeID), .init("aliases", \.aliases), .init("kind", \.kind),
        .init("statedKind", \.statedKind), .init("variantGroup", \.variantGroup),
        .init("title", \.title), .init("summary", \.summary),
        .init("description", \.description), .init("sections", \.sections),
        .init("level", \.level), .init("requiredLevels", \.requiredLevels),
        .init("prerequisites", \.prerequisites), .init("studyLoad", \.studyLoad),
        .init("duration", \.duration), .init("qualifications", \.qualifications),
        .init("codes", \.codes), .init("audiences", \.audiences), .init("subjects", \.subjects),
        .init("keywords", \.keywords), .init("skills", \.skills), .init("modes", \.modes),
        .init("studyModes", \.studyModes), .init("languages", \.languages),
        .init("funding", \.funding), .init("url", \.url), .init("image", \.image),
        .init("contacts", \.contacts), .init("expires", \.expires),
        .init("provenance", \.provenance),
    ]
}

extension ModelField where Whole == Offering {
    static let all: [ModelField<Offering>] = [
        .init("nativeID", \.nativeID), .init("title", \.title), .init("timing", \.timing),
        .init("statedStart", \.statedStart), .init("duration", \.duration),
        .init("enrolment", \.enrolment), .init("applyURL", \.applyURL),
        .init("dayParts", \.dayParts), .init("sessions", \.sessions),
        .init("hoursPerWeek", \.hoursPerWeek), .init("places", \.places),
        .init("modes", \.modes), .init("studyModes", \.studyModes),
        .init("languages", \.languages), .init("assessmentLanguages", \.assessmentLanguages),
        .init("price", \.price), .init("capacity", \.capacity),
        .init("minimumParticipants", \.minimumParticipants), .init("placesLeft", \.placesLeft),
        .init("status", \.status), .init("age", \.age), .init("description", \.description),
        .init("sections", \.sections), .init("url", \.url), .init("provenance", \.provenance),
    ]
}

extension ModelField where Whole == Provider {
    static let all: [ModelField<Provider>] = [
        .init("nativeID", \.nativeID), .init("name", \.name),
        .init("description", \.description), .init("url", \.url), .init("image", \.image),
        .init("location", \.location), .init("contacts", \.contacts), .init("codes", \.codes),
        .init("accreditations", \.accreditations), .init("provenance", \.provenance),
    ]
}
