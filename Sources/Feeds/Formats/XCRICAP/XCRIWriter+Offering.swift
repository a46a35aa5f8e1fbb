import CourseModel
import XMLStream

extension XCRIWriter {
    func writeOffering(_ offering: Offering, of course: Course) throws {
        let shared = XCRIReduction.completing(offering, from: course)
        try line(3)
        try start("presentation")
        for session in offering.sessions {
            try lineElement("dc:date", XCRISession.text(session), 4)
        }
        try lastEdited(offering.provenance, 4)
        try richTexts("dc:description", offering.description, 4)
        try describingSections(offering.sections, 4)
        try lineElement("dc:identifier", offering.nativeID, 4)
        try texts("dc:title", offering.title, 4)
        if offering.status != .unstated {
            try lineElement("dc:type", "status:" + offering.status.rawValue, 4)
        }
        if let url = offering.url { try lineElement("mlo:url", url, 4) }
        try elementSections(offering.sections, prerequisites: LocalizedRichText(), required: [], 4)
        try times(offering, shared.duration)
        if let hours = offering.hoursPerWeek {
            try lineElement("mlo:engagement", XCRIHours.text(hours, perWeek: true), 4)
        }
        try vocabulary("studyMode", XCRIModes.code(shared.studyModes), shared.studyModes)
        try vocabulary("attendanceMode", XCRIModes.code(shared.modes), shared.modes)
        try vocabulary("attendancePattern", XCRIModes.code(offering.dayParts), offering.dayParts)
        for share in shared.languages {
            try lineElement("mlo:languageOfInstruction", share.language.code, 4)
        }
        for language in offering.assessmentLanguages {
            try lineElement("languageOfAssessment", language.code, 4)
        }
        let places = XCRIPlaces(
            capacity: offering.capacity, left: offering.placesLeft,
            minimum: offering.minimumParticipants)
        if let text = places.text { try lineElement("mlo:places", text, 4) }
        if let price = offering.price { try lineElement("mlo:cost", XCRIPrice.text(price), 4) }
        if let age = offering.age { try lineElement("age", age, 4) }
        for place in offering.places { try venue(place) }
        try line(3)
        try end()
    }

    private func times(_ offering: Offering, _ duration: CourseDuration?) throws {
        let start = offering.timing.start
        if start != .unstated(raw: nil) {
            try temporal("mlo:start", start.date, XCRIReduction.startText(offering))
        }
        if let end = offering.timing.end { try temporal("end", end, end.iso) }
        if let duration {
            try line(4)
            try self.start("mlo:duration")
            try attribute("interval", XCRIDuration.interval(duration))
            try xml.text(duration.statedAs ?? XCRIDuration.text(duration))
            try self.end()
        }
        if let opens = offering.enrolment?.opens { try temporal("applyFrom", opens, opens.iso) }
        if let closes = offering.enrolment?.closes {
            try temporal("applyUntil", closes, closes.iso)
        }
        if let url = offering.applyURL { try lineElement("applyTo", url, 4) }
    }

    private func temporal(_ name: String, _ date: CalendarDate?, _ text: String) throws {
        try line(4)
        try start(name)
        if let date { try attribute("dtf", date.iso) }
        try xml.text(text)
        try end()
    }

    private func vocabulary<Value: RawRepresentable & CaseIterable & Hashable>(
        _ name: String, _ code: String?, _ values: Set<Value>
    ) throws where Value.RawValue == String {
        guard !values.isEmpty else { return }
        try line(4)
        try start(name)
        if let code { try attribute("identifier", code) }
        if values.count == 1, let only = values.first {
            try xml.text(only.rawValue)
        } else {
            try xml.text(
                Value.allCases.filter { values.contains($0) }.map(\.rawValue)
                    .joined(separator: ", "))
        }
        try end()
    }

    private func venue(_ place: TeachingPlace) throws {
        try line(4)
        try start("venue")
        try start("provider")
        switch place {
        case .online: try element("dc:title", "Online")
        case .workplace: try element("dc:title", "Workplace")
        case .venue(let venue):
            if let id = venue.nativeID { try lineElement("dc:identifier", id, 5) }
            try texts("dc:title", venue.name, 5)
            if let url = venue.url { try lineElement("mlo:url", url, 5) }
            try location(venue.address, venue.coordinates, Contact(), 5)
            try line(4)
        }
        try end()
        try end()
    }
}

/// Durations as `@interval` and as words.
enum XCRIDuration {
    static func interval(_ duration: CourseDuration) -> String {
        let value = duration.value.text(minimumPlaces: 0)
        return switch duration.unit {
        case .hour: "PT\(value)H"
        case .day: "P\(value)D"
        case .week: "P\(value)W"
        case .month: "P\(value)M"
        case .year: "P\(value)Y"
        }
    }

    static func text(_ duration: CourseDuration) -> String {
        let value = duration.value.text(minimumPlaces: 0)
        return "\(value) \(duration.unit.rawValue)" + (value == "1" ? "" : "s")
    }
}
