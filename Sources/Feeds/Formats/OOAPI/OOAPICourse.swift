import CourseModel

/// What a course, program or organization of OOAPI says.
enum OOAPICourse {
    /// The id that the institution gives: the primary code, else the UUID.
    static func nativeID(_ node: JSONNode, _ keys: [String]) -> String? {
        node["primaryCode"]?["code"]?.text ?? keys.lazy.compactMap { node[$0]?.text }.first
    }

    static func course(
        _ node: JSONNode, nativeID: String, provider: ID<Provider>, input: FeedInput,
        _ log: inout DiagnosticLog
    ) -> Course? {
        guard
            var course = Course(
                id: ID(source: input.source, native: nativeID), nativeID: nativeID,
                provider: provider,
                kind: node["programType"]?.text.flatMap { OOAPICodes.programTypes[$0] } ?? .course,
                title: OOAPITexts.plain(node["name"]),
                provenance: Provenance(
                    source: input.source, format: OOAPI.name, file: input.name,
                    position: node.position))
        else { return nil }
        course.description = OOAPITexts.rich(node["description"], field: "description", &log)
        course.prerequisites = OOAPITexts.rich(
            node["admissionRequirements"], field: "admissionRequirements", &log)
        for (key, theme) in themes {
            let text = OOAPITexts.rich(node[key], field: key, &log)
            if !text.isEmpty { course.sections.append(TextSection(theme: theme, text: text)) }
        }
        course.level = level(node)
        takeStudyLoad(node, &course, &log)
        course.modes = OOAPITexts.modes(node["modeOfDelivery"] ?? node["modesOfDelivery"], &log)
        course.languages = OOAPITexts.languages(node, &log)
        for code in node["fieldsOfStudy"]?.elements.compactMap(\.text) ?? [] {
            course.subjects.append(Code(scheme: "isced-f", code: code))
        }
        for outcome in node["learningOutcomes"]?.elements ?? [] {
            let label = OOAPITexts.plain(outcome)
            if !label.isEmpty { course.skills.append(DeclaredSkill(label: label)) }
        }
        if let mode = node["modeOfStudy"]?.text.flatMap({ OOAPICodes.studyModes[$0] }) {
            course.studyModes = [mode]
        }
        if let award = node["qualificationAwarded"]?.text {
            course.qualifications = [
                Qualification(
                    kind: OOAPICodes.degrees[award] ?? .other,
                    abbreviation: award == "None" ? nil : award)
            ]
        }
        takeCodes(node, &course)
        course.url = OOAPITexts.url(node["link"], field: "link", &log)
        course.expires = OOAPITexts.date(node["validTo"], field: "validTo", &log)?.adding(days: -1)
        takeConsumer(node, &course)
        return course
    }

    /// Texts on a theme, by member.
    static let themes = [
        ("qualificationRequirements", "qualification requirements"), ("enrollment", "application"),
        ("assessment", "assessment"), ("resources", "resources"),
    ]

    private static func level(_ node: JSONNode) -> Level? {
        if let text = node["levelOfQualification"]?.text, let nlqf = NLQFLevel(rawValue: text) {
            return Level(
                stated: nlqf, nationalName: node["level"]?.text.flatMap { OOAPICodes.levels[$0] })
        }
        return node["level"]?.text.flatMap { OOAPICodes.level($0) }
    }

    private static func takeStudyLoad(
        _ node: JSONNode, _ course: inout Course, _ log: inout DiagnosticLog
    ) {
        // Version 6 has a list.
        for load in node["studyLoad"]?.elements ?? [] {
            guard let unit = load["studyLoadUnit"]?.text, let number = load["value"] else {
                continue
            }
            guard let value = number.decimal, value > .zero else {
                log.add(
                    .note, .numberUnreadable, place: number.position, field: "studyLoad",
                    "The study load is no number above zero; it was left out.")
                continue
            }
            switch unit {
            case "ects", "sp":
                course.studyLoad.credits.append(
                    StudyLoad.Credit(system: unit == "ects" ? "ECTS" : "SP", value: value))
            case "sbu", "hour", "hours": course.studyLoad.hours = value
            case "contacttime", "contact_time": course.studyLoad.contactHours = value
            default:
                log.add(
                    .note, .codeUnknown, place: load.position, field: "studyLoadUnit",
                    "studyLoadUnit \(quoted(unit)) is not in the list; it was left out.")
            }
        }
        if let duration = node["duration"], let text = duration.text {
            course.duration = parseDuration(iso: text)
            if course.duration == nil {
                log.add(
                    .note, .durationUnreadable, place: duration.position, field: "duration",
                    "duration \(quoted(text)) cannot be read; it was left out. "
                        + "Give it in ISO 8601 form, such as P10W.")
            }
        }
    }

    private static func takeCodes(_ node: JSONNode, _ course: inout Course) {
        var codes: [Code] = []
        if let primary = node["primaryCode"], let type = primary["codeType"]?.text,
            !OOAPICodes.plainTypes.contains(type)
        {
            codes += OOAPITexts.codes(primary)
        }
        // Where we wrote the course, its UUID is made of its id, which is the primary code.
        if let id = node["courseId"]?.text ?? node["programId"]?.text, id != course.nativeID,
            OOAPITexts.consumer(node, OOAPIWriter.consumerKey) == nil
        {
            codes.append(Code(scheme: "uuid", code: id))
        }
        codes += OOAPITexts.codes(node["otherCodes"])
        course.aliases = codes.filter { !XCRICodes.isRegister($0.scheme) }
        course.codes = codes.filter { XCRICodes.isRegister($0.scheme) }
    }

    /// What our own writer keeps for another of us.
    private static func takeConsumer(_ node: JSONNode, _ course: inout Course) {
        guard let own = OOAPITexts.consumer(node, OOAPIWriter.consumerKey) else { return }
        func words(_ key: String) -> [String] { own[key]?.elements.compactMap(\.text) ?? [] }
        if let kind = own["kind"]?.text.flatMap({ CourseKind(rawValue: $0) }) { course.kind = kind }
        course.statedKind = own["statedKind"]?.text
        course.variantGroup = own["variantGroup"]?.text
        course.summary = OOAPITexts.plain(own["summary"])
        course.keywords = OOAPITexts.plain(own["keywords"])
        course.audiences = Set(words("audiences").compactMap { Audience(rawValue: $0) })
        course.funding = words("funding").map { FundingScheme($0) }
        course.studyModes.formUnion(words("studyModes").compactMap { StudyMode(rawValue: $0) })
        course.requiredLevels = words("requiredLevels").compactMap { parseLevel($0) }
        if let level = own["level"]?.text { course.level = parseLevel(level) }
    }

    static func provider(
        _ node: JSONNode, input: FeedInput, _ log: inout DiagnosticLog
    ) -> Provider {
        let native =
            node.text ?? nativeID(node, ["organizationId", "organisationId"]) ?? "unstated"
        let name = OOAPITexts.plain(node["name"])
        var provider = Provider(
            id: ID(source: input.source, native: native), nativeID: native,
            name: name.isEmpty ? LocalizedText(native) : name,
            provenance: Provenance(
                source: input.source, format: OOAPI.name, file: input.name,
                position: node.position))
        provider.description = OOAPITexts.rich(node["description"], field: "description", &log)
        provider.url = OOAPITexts.url(node["link"], field: "link", &log)
        provider.image = OOAPITexts.url(node["logo"], field: "logo", &log).map { Image(url: $0) }
        provider.location = node["addresses"]?.elements.first.flatMap { OOAPITexts.venue($0, &log) }
        if let primary = node["primaryCode"], let type = primary["codeType"]?.text,
            !OOAPICodes.plainTypes.contains(type)
        {
            provider.codes += OOAPITexts.codes(primary)
        }
        provider.codes += OOAPITexts.codes(node["otherCodes"])
        return provider
    }
}
