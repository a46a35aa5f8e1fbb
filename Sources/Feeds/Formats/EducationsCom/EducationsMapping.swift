import CourseModel
import XMLStream

/// Makes courses of the format's courses and offerings of its events.
struct EducationsMapping {
    let source: ID<Source>
    let provider: Provider
    /// The provider's locations by id.
    let locations: [String: Venue]
    /// The currency of prices that name none: that of the site, as the format says.
    let currency: Currency?

    /// The id made of its name where a course has none.
    func derivedID(_ node: XMLNode) -> String {
        StableHash.id("name", of: [node.statedAttribute("name")])
    }

    /// The id made of place and start where an event has none.
    func derivedID(event: XMLNode) -> String {
        let start = event.first("start")
        let parts = [
            event.statedAttribute("locationUID") ?? event.statedAttribute("place"),
            start?.statedAttribute("startDate"), start?.statedAttribute("semester"),
            start?.statedAttribute("month"), start?.statedAttribute("year"),
        ].compactMap { $0 }
        return parts.isEmpty ? "event" : parts.joined(separator: " ")
    }

    private func provenance(_ node: XMLNode, _ log: DiagnosticLog) -> Provenance {
        Provenance(
            source: source, format: EducationsCom.name, file: log.file,
            position: SourcePosition(node.position))
    }

    // MARK: Courses

    /// The course, or `nil` when it has no name.
    func course(
        _ native: String, id: String, _ node: XMLNode, _ log: inout DiagnosticLog
    ) -> Course? {
        let type = node.statedAttribute("courseType")
        guard let name = node.statedAttribute("name"),
            var course = Course(
                id: ID(source: source, native: id), nativeID: native, provider: provider.id,
                kind: EducationsWords.kind(type) ?? .course,
                title: LocalizedText(name, language: node.languageTag),
                provenance: provenance(node, log))
        else { return nil }
        course.statedKind = type
        // 2.0 numbers its types in a list that only the site has.
        if let number = node.statedAttribute("educationTypeID") {
            course.codes.append(Code(scheme: "educations-type", code: number))
        }
        takeFields(node, &course, &log)
        for element in node.first("keywords")?.all("keyword").map({ $0 }) ?? [] {
            guard let word = element.line() else { continue }
            course.keywords.append(word, language: element.languageTag)
        }
        for element in node.first("categories")?.all("category").map({ $0 }) ?? [] {
            guard let name = element.statedAttribute("name") else { continue }
            let label = LocalizedText(name, language: element.languageTag)
            let subject = Code(scheme: "educations-category", code: "", label: label)
            if !course.subjects.contains(subject) { course.subjects.append(subject) }
        }
        for element in node.first("grantedCertificates")?.all("certificate").map({ $0 }) ?? [] {
            guard let title = element.statedAttribute("name") else { continue }
            course.qualifications.append(
                Qualification(
                    kind: XCRIKind.qualification(nil, title: title),
                    title: LocalizedText(title, language: element.languageTag)))
        }
        if let element = node.first("link"), let text = element.line() {
            course.url = webAddress(text) ?? cleaned(text, element, "link", &log)
        }
        if let element = node.first("credits"), let text = element.line() {
            if let value = FixedDecimal(text), value > .zero {
                course.studyLoad.credits = [StudyLoad.Credit(system: "unstated", value: value)]
            } else if text != "0" {
                log.add(
                    .note, .numberUnreadable, at: element, field: "credits",
                    "credits is \(quoted(text)), no number; it was left out. "
                        + "Give the number only.")
            }
        }
        course.duration = duration(node.first("duration"), &log)
        return course
    }

    /// Texts by the keys of the format, and those that a provider named itself.
    private func takeFields(_ node: XMLNode, _ course: inout Course, _ log: inout DiagnosticLog) {
        for field in node.first("contentFields")?.all("field").map({ $0 }) ?? [] {
            guard field.line() != nil, let name = field.statedAttribute("name") else { continue }
            let isCustom = field.attribute("type")?.hasSuffix("custom") == true
            switch (name, isCustom) {
            case ("description", false):
                let text = readText(of: field, field: name, into: &log)
                course.description.merge(text, language: field.languageTag)
            case ("technicalPrerequisites", false):
                let text = readText(of: field, field: name, into: &log)
                course.prerequisites.merge(text, language: field.languageTag)
            case (_, false):
                course.sections.take(EducationsWords.themes[name] ?? name, field, &log)
            case (_, true):
                course.sections.take(name, field, heading: name, &log)
            }
        }
    }

    /// The number is what the site filters by, the text what it shows.
    private func duration(_ node: XMLNode?, _ log: inout DiagnosticLog) -> CourseDuration? {
        guard let node else { return nil }
        let text = node.statedAttribute("text")
        if let specific = node.first("specific"),
            let number = specific.statedAttribute("value"), let value = FixedDecimal(number),
            let unit = specific.statedAttribute("unit")
        {
            if unit == "semesters", let months = value.multiplied(by: 6) {
                let stated = text ?? "\(value.text(minimumPlaces: 0)) semesters"
                return CourseDuration(months, .month, statedAs: stated)
            }
            if let known = EducationsWords.units[unit] {
                return CourseDuration(value, known, statedAs: text)
            }
        }
        guard let said = text ?? node.first("specific")?.statedAttribute("value") else {
            return nil
        }
        if let text, let read = parseDuration(text) {
            return CourseDuration(read.value, read.unit, statedAs: text)
        }
        log.add(
            .note, .durationUnreadable, at: node, field: "duration",
            "duration \(quoted(said)) is no number of hours, days, weeks, months, years or "
                + "semesters; it was left out. Give a specific value with its unit.")
        return nil
    }
}
