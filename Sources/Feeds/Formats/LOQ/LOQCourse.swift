import CourseModel
import XMLStream

/// What a learning achievement specification or qualification says of a course.
struct LOQCourse {
    /// The URIs of the learning outcomes, in order.
    var outcomes: [String] = []
    private let node: XMLNode

    init(_ node: XMLNode) {
        self.node = node
        outcomes = node.all("learningOutcome").compactMap { $0.attribute("idref") }
    }

    /// The id that the feed gives.
    static func nativeID(_ id: String) -> String { OwnURN.parts(id, of: "course")?.first ?? id }

    /// The course, or `nil` when it has no title.
    func course(
        nativeID: String, provider: ID<Provider>, file: String, source: ID<Source>,
        position: SourcePosition?, _ log: inout DiagnosticLog
    ) -> Course? {
        var course = Course(
            id: ID(source: source, native: nativeID), nativeID: nativeID, provider: provider,
            kind: .course, title: LOQTexts.plain(node, "title"),
            provenance: Provenance(
                source: source, format: LOQ.name, file: file, position: position,
                lastEdited: node.first("modified")?.trimmedText))
        if var made = course {
            take(&made, &log)
            course = made
        }
        return course
    }

    private func take(_ course: inout Course, _ log: inout DiagnosticLog) {
        course.url = LOQTexts.homepage(node, &log)
        course.description = LOQTexts.rich(node, "description", &log)
        course.keywords = LOQTexts.plain(node, "category")
        for child in node.children {
            switch child.localName {
            case "additionalNote": takeNote(child, &course, &log)
            case "type": takeType(child, &course)
            case "ISCEDFCode": takeField(child, &course)
            case "educationSubject":
                if let code = LOQConcept.code(child, plainScheme: "subject") {
                    // A field of ISCED-F has no label; it stands here once more with one.
                    if let index = course.subjects.firstIndex(where: {
                        $0.scheme == code.scheme && $0.code == code.code && $0.label.isEmpty
                    }) {
                        course.subjects[index] = code
                    } else {
                        course.subjects.append(code)
                    }
                }
            case "volumeOfLearning": course.studyLoad.hours = hours(child, &log)
            case "creditPoint": takeCredit(child, &course, &log)
            case "educationLevel", "EQFLevel", "NQFLevel": takeLevel(child, &course, &log)
            case "language":
                if let tag = child.attribute("uri").flatMap({
                    ISOCodes.language(LOQCodes.tail($0))
                }), !course.languages.contains(where: { $0.language == tag }) {
                    course.languages.append(LanguageShare(tag))
                }
            case "mode": Self.takeMode(child, &course.modes, &log)
            case "targetGroup":
                let code = LOQCodes.tail(child.attribute("uri") ?? "")
                if let audience = LOQCodes.audiences[code] { course.audiences.insert(audience) }
            case "entryRequirement":
                if let literal = child.first("noteLiteral") {
                    course.prerequisites.merge(
                        LOQTexts.rich(literal, &log), language: LOQTexts.language(literal))
                }
            case "learningOutcomeSummary": takeSummary(child, &course, &log)
            default: break
            }
        }
        takeQualification(&course)
    }

    private func takeNote(_ note: XMLNode, _ course: inout Course, _ log: inout DiagnosticLog) {
        guard let literal = note.first("noteLiteral") else { return }
        let text = LOQTexts.rich(literal, &log)
        let language = LOQTexts.language(literal)
        let uri = LOQTexts.subject(note)
        if uri == OwnURN.urn("note", "summary") {
            course.summary.append(text.oneLine, language: language)
        } else if uri == OwnURN.urn("note", "prerequisite") {
            course.prerequisites.merge(text, language: language)
        } else {
            course.sections.merge(LOQSections.theme(note) ?? "note", text, language)
        }
    }

    private func takeSummary(
        _ note: XMLNode, _ course: inout Course, _ log: inout DiagnosticLog
    ) {
        guard let literal = note.first("noteLiteral") else { return }
        course.sections.merge(
            "learningOutcome", LOQTexts.rich(literal, &log), LOQTexts.language(literal))
    }

    private func takeType(_ type: XMLNode, _ course: inout Course) {
        let uri = type.attribute("uri") ?? ""
        let label = LOQTexts.labels(type)
        if let kind = OwnURN.parts(uri, of: "kind")?.first.flatMap({ CourseKind(rawValue: $0) }) {
            course.kind = kind
            course.statedKind = label.text()
        } else if let parts = OwnURN.parts(uri, of: "alias"), parts.count == 2 {
            course.aliases.append(Code(scheme: parts[0], code: parts[1], label: label))
        } else if let parts = OwnURN.parts(uri, of: "code"), parts.count == 2 {
            course.codes.append(Code(scheme: parts[0], code: parts[1], label: label))
        } else if let label = label.text() {
            course.statedKind = course.statedKind ?? label
        }
    }

    private func takeField(_ field: XMLNode, _ course: inout Course) {
        let code = LOQCodes.tail(field.attribute("uri") ?? "")
        guard !code.isEmpty, code != LOQCodes.unknownField else { return }
        let subject = Code(scheme: "isced-f", code: code)
        if !course.subjects.contains(subject) { course.subjects.append(subject) }
    }

    private func hours(_ node: XMLNode, _ log: inout DiagnosticLog) -> FixedDecimal? {
        guard let text = node.trimmedText else { return nil }
        if let hours = LOQDuration.hours(text) { return hours }
        log.add(
            .note, .durationUnreadable, at: node, field: "volumeOfLearning",
            "volumeOfLearning \(quoted(text)) is no number of hours; it was left out. "
                + "Give hours of work, such as PT120H.")
        return nil
    }

    private func takeCredit(
        _ node: XMLNode, _ course: inout Course, _ log: inout DiagnosticLog
    ) {
        guard let point = node.first("point"), let text = point.trimmedText else { return }
        guard let value = parseAmount(text) else {
            log.add(
                .note, .numberUnreadable, at: point, field: "creditPoint",
                "The credit \(quoted(text)) is no number; it was left out. Give the number only.")
            return
        }
        let framework = LOQCodes.tail(node.first("framework")?.attribute("uri") ?? "")
        course.studyLoad.credits.append(
            StudyLoad.Credit(system: LOQCodes.credits[framework] ?? "unstated", value: value))
    }

    private func takeLevel(
        _ node: XMLNode, _ course: inout Course, _ log: inout DiagnosticLog
    ) {
        let code = LOQCodes.tail(node.attribute("uri") ?? "")
        let label = LOQTexts.labels(node).text()
        var level = label.flatMap { parseLevel($0) }
        if level?.eqf == nil, let nlqf = LOQCodes.nlqf[code] {
            level = Level(stated: nlqf, nationalName: label)
        } else if level?.eqf == nil, let eqf = Int(code),
            node.attribute("uri")?.hasPrefix(LOQCodes.eqf) == true
        {
            level = Level(eqf: eqf, nationalName: label)
        }
        guard let level else { return }
        // An NLQF level says more than the EQF level that a qualification names beside it.
        if course.level == nil || (course.level?.nlqf == nil && level.nlqf != nil) {
            course.level = level
        }
        if level.eqf == nil {
            log.add(
                .note, .levelUnknown, at: node, field: node.localName,
                "The level \(quoted(label ?? code)) is in no table; it was kept as it stands. "
                    + "Name a framework, such as “NLQF 4”.")
        }
    }

    static func takeMode(
        _ node: XMLNode, _ modes: inout Set<DeliveryMode>, _ log: inout DiagnosticLog
    ) {
        let code = LOQCodes.tail(node.attribute("uri") ?? "")
        if let mode = LOQCodes.modes[code] {
            modes.insert(mode)
        } else if !LOQCodes.otherModes.contains(code) {
            log.add(
                .note, .codeUnknown, at: node, field: "mode",
                "mode \(quoted(node.attribute("uri") ?? "")) is not in the list of modes; it was "
                    + "left out. Use one of Europass's modes of learning and assessment.")
        }
    }

    /// A `qualification` is one that is earned by what it describes.
    private func takeQualification(_ course: inout Course) {
        guard node.localName == "qualification" else { return }
        let isPartial = node.first("isPartialQualification")?.trimmedText.flatMap(parseBoolean)
        course.qualifications = [
            Qualification(
                kind: isPartial == true ? .certificate : .other, title: course.title,
                codes: node.all("qualificationCode").compactMap { LOQConcept.code($0) })
        ]
    }
}

/// Texts on a theme, as notes with a subject.
enum LOQSections {
    static func theme(_ note: XMLNode) -> String? {
        guard let subject = note.first("subject") else { return nil }
        let uri = subject.attribute("uri") ?? ""
        return OwnURN.parts(uri, of: "theme")?.first ?? LOQTexts.labels(subject).text()
            ?? nonEmpty(LOQCodes.tail(uri))
    }
}

extension [TextSection] {
    /// Adds a text on a theme; to the section of that theme when there is one.
    mutating func merge(_ theme: String, _ text: RichText, _ language: LanguageTag?) {
        guard !text.isEmpty else { return }
        if let index = firstIndex(where: { $0.theme == theme }) {
            self[index].text.merge(text, language: language)
        } else {
            append(
                TextSection(
                    theme: theme,
                    text: LocalizedRichText([.init(language: language, text: text)])))
        }
    }
}
