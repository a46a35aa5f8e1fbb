import CourseModel

/// Rules that hold offerings of one course against each other and themselves.
enum OfferingChecks {
    /// Offerings that are the same but for their id.
    @Sendable static func repeated(_ record: CourseRecord, _ findings: inout Findings) {
        guard record.offerings.count > 1 else { return }
        var seen: [Occasion: String] = [:]
        for offering in record.offerings where offering.timing.start.date != nil {
            let occasion = Occasion(offering)
            if let first = seen[occasion] {
                findings.add(
                    .warning, .duplicateOffering, of: offering, field: "offerings",
                    "The offering says the same as “\(short(first))” in everything but id and links. "
                        + "Take one out, or say how they differ.")
            } else {
                seen[occasion] = offering.nativeID
            }
        }
    }

    /// A status that the number of places contradicts.
    @Sendable static func places(_ record: CourseRecord, _ findings: inout Findings) {
        for offering in record.offerings {
            let left = offering.placesLeft
            if offering.status == .full, let left, left > 0 {
                findings.add(
                    .warning, .statusContradictsPlaces, of: offering, field: "status",
                    "The offering is full, and \(left) places are left. Correct one of them.")
            } else if offering.status == .open, left == 0 {
                findings.add(
                    .warning, .statusContradictsPlaces, of: offering, field: "status",
                    "The offering is open, and no places are left. Correct one of them.")
            } else if let left, let capacity = offering.capacity, left > capacity {
                findings.add(
                    .warning, .statusContradictsPlaces, of: offering, field: "placesLeft",
                    "\(left) places are left of \(capacity). Correct one of them.")
            }
        }
    }

    /// What a learner can tell two occasions by.
    private struct Occasion: Hashable {
        let timing: Timing
        let title: LocalizedText
        let places: [TeachingPlace]
        let modes: Set<DeliveryMode>
        let studyModes: Set<StudyMode>
        let languages: [LanguageShare]
        let dayParts: Set<DayPart>
        let sessions: [Session]
        let price: Price?
        let duration: CourseDuration?
        let hoursPerWeek: FixedDecimal?
        let age: String?
        let description: LocalizedRichText
        let sections: [TextSection]

        init(_ offering: Offering) {
            timing = offering.timing
            title = offering.title
            places = offering.places
            modes = offering.modes
            studyModes = offering.studyModes
            languages = offering.languages
            dayParts = offering.dayParts
            sessions = offering.sessions
            price = offering.price
            duration = offering.duration
            hoursPerWeek = offering.hoursPerWeek
            age = offering.age
            description = offering.description
            sections = offering.sections
        }
    }
}
