import CourseModel

/// A `Course` node's words, and the course that they make.
struct SchemaOrgCourse {
    private let node: JSONNode
    private let language: LanguageTag?

    init(_ node: JSONNode, _ language: LanguageTag?) {
        self.node = node
        self.language = language
    }

    /// The id that the feed gives.
    var nativeID: String? {
        if let id = node.nodeID {
            if node.isInstance, !node.isCourse, let own = OwnURN.parts(id, of: "offering")?.first {
                return own
            }
            return OwnURN.parts(id, of: "course")?.first ?? id
        }
        return node["courseCode"]?.text
            ?? node["identifier"]?.elements.first.flatMap {
                SchemaOrgIdentifier.code($0, nil)?.code
            } ?? node["url"]?.elements.first?.address
    }

    func derivedID(_ provider: ID<Provider>) -> String {
        let name = node["name"]?.localized(language).text() ?? ""
        let hex = String(StableHash.of(provider.value, name), radix: 16)
        return "title-" + String(repeating: "0", count: 16 - hex.count) + hex
    }

    func course(
        nativeID: String, provider: ID<Provider>, input: FeedInput, position: SourcePosition,
        _ log: inout DiagnosticLog
    ) -> Course? {
        let title = node.first("name", "headline")?.localized(language) ?? LocalizedText()
        guard
            var course = Course(
                id: ID(source: input.source, native: nativeID), nativeID: nativeID,
                provider: provider, kind: .course, title: title,
                provenance: Provenance(
                    source: input.source, format: SchemaOrg.name, file: input.name,
                    position: position, lastEdited: node["dateModified"]?.text))
        else { return nil }
        takeKind(&course)
        takeIdentifiers(&course)
        course.summary = node["abstract"]?.localized(language) ?? LocalizedText()
        course.description = SchemaOrgTexts.rich(
            node["description"], language, field: "description", &log)
        takeSections(&course, &log)
        course.level = level(node["educationalLevel"], &log)
        takePrerequisites(&course, &log)
        takeStudyLoad(&course, &log)
        course.qualifications =
            node["educationalCredentialAwarded"]?.elements
            .compactMap { qualification($0, &log) } ?? []
        takeAudience(&course)
        takeSubjects(&course)
        // An instance's languages and page are the offering's.
        if node.isCourse {
            course.languages = SchemaOrgTexts.languages(
                node.first("inLanguage", "availableLanguage"), &log)
        }
        course.url = SchemaOrgTexts.url(node["url"], field: "url", &log)
        course.image = SchemaOrgTexts.image(node["image"], &log)
        course.funding =
            node["financialAidEligible"]?.elements
            .compactMap { $0.localized(nil).text().map { FundingScheme($0) } } ?? []
        course.expires = SchemaOrgTexts.date(node["expires"], field: "expires", &log)
        return course
    }

    private func takeKind(_ course: inout Course) {
        var kind: CourseKind?
        var stated: String?
        for element in node["additionalType"]?.elements ?? [] {
            guard let text = element.text ?? element["name"]?.text else { continue }
            if kind == nil, let known = CourseKind(rawValue: text) {
                kind = known
            } else if stated == nil {
                stated = text
            }
        }
        course.kind = kind ?? stated.flatMap { XCRIKind.kind($0) } ?? .course
        course.statedKind = stated
    }

    private func takeIdentifiers(_ course: inout Course) {
        var codes =
            node["identifier"]?.elements.compactMap {
                SchemaOrgIdentifier.code($0, language)
            } ?? []
        if let code = node["courseCode"]?.text {
            codes.append(Code(scheme: "course-code", code: code))
        }
        // An identifier that is the course's id and says no more is told already.
        for code in codes
        where code.code != nativeID || !code.label.isEmpty
            || !SchemaOrgIdentifier.plainSchemes.contains(code.scheme)
        {
            if code.scheme == "variant-group" {
                course.variantGroup = code.code
            } else if XCRICodes.isRegister(code.scheme) {
                course.codes.append(code)
            } else {
                course.aliases.append(code)
            }
        }
    }

    private func takeSections(_ course: inout Course, _ log: inout DiagnosticLog) {
        course.sections = SchemaOrgSections.sections(node["hasPart"], language, &log)
        for element in node["syllabusSections"]?.elements ?? [] {
            let heading = element["name"]?.localized(language) ?? LocalizedText()
            let text = SchemaOrgTexts.rich(
                element["description"], language, field: "syllabusSections", &log)
            if !text.isEmpty {
                course.sections.append(
                    TextSection(theme: "curriculum", heading: heading, text: text))
            }
        }
    }

    private func level(_ node: JSONNode?, _ log: inout DiagnosticLog) -> Level? {
        guard let element = node?.elements.first,
            let text = element.text ?? element.first("name", "termCode", "targetName")?.text
        else { return nil }
        let level = parseLevel(foldedSpaces(text))
        if let level, level.eqf == nil {
            log.add(
                .note, .levelUnknown, place: element.position, field: "educationalLevel",
                "The level \(quoted(text)) is in no table; it was kept as it stands. "
                    + "Name a framework, such as “NLQF 4”.")
        }
        return level
    }

    private func takePrerequisites(_ course: inout Course, _ log: inout DiagnosticLog) {
        for element in node["coursePrerequisites"]?.elements ?? [] {
            if element["alignmentType"]?.text == "educationalLevel",
                let name = element["targetName"]?.text, let level = parseLevel(name)
            {
                course.requiredLevels.append(level)
                continue
            }
            let named = element.isObject && element["@value"] == nil
            let text = SchemaOrgTexts.rich(
                named ? element.first("name", "targetName", "description") : element, language,
                field: "coursePrerequisites", &log)
            for wording in text.wordings {
                course.prerequisites.merge(wording.text, language: wording.language)
            }
        }
    }

    private func takeStudyLoad(_ course: inout Course, _ log: inout DiagnosticLog) {
        for element in node["numberOfCredits"]?.elements ?? [] {
            guard let value = element.decimal ?? element["value"]?.decimal else {
                log.add(
                    .note, .numberUnreadable, place: element.position, field: "numberOfCredits",
                    "numberOfCredits is no number; it was left out. Give the number only.")
                continue
            }
            course.studyLoad.credits.append(
                StudyLoad.Credit(
                    system: element.first("name", "unitText")?.text ?? "unstated", value: value,
                    level: element["description"]?.text))
        }
        if let node = node["timeRequired"]?.elements.first, let text = node.text {
            course.studyLoad.hours = LOQDuration.hours(text)
            if course.studyLoad.hours == nil { course.duration = parseDuration(iso: text) }
            if course.studyLoad.hours == nil, course.duration == nil {
                log.add(
                    .note, .durationUnreadable, place: node.position, field: "timeRequired",
                    "timeRequired \(quoted(text)) cannot be read; it was left out. "
                        + "Give it in ISO 8601 form, such as PT120H.")
            }
        }
    }

    private func qualification(_ node: JSONNode, _ log: inout DiagnosticLog) -> Qualification? {
        let category = node["credentialCategory"]?.localized(nil).text()
        let title =
            node.isObject && node["@value"] == nil
            ? node["name"]?.localized(language) ?? LocalizedText() : node.localized(language)
        guard category != nil || !title.isEmpty else { return nil }
        var result = Qualification(
            kind: XCRIKind.qualification(category, title: title.text() ?? ""), title: title)
        result.abbreviation = node["alternateName"]?.text
        result.level = level(node["educationalLevel"], &log)
        result.awardedBy = node["sourceOrganization"]?.localized(nil).text()
        result.accreditedBy = node["recognizedBy"]?.localized(nil).text()
        result.codes =
            node["identifier"]?.elements
            .compactMap { SchemaOrgIdentifier.code($0, language) } ?? []
        result.url = SchemaOrgTexts.url(node["url"], field: "url", &log)
        return result
    }

    private func takeAudience(_ course: inout Course) {
        for element in node["audience"]?.elements ?? [] {
            let words = [
                element.text, element["educationalRole"]?.text, element["audienceType"]?.text,
            ]
            for word in words.compactMap({ $0?.lowercased() }) {
                if let audience = Audience(rawValue: word) ?? Self.roles[word] {
                    course.audiences.insert(audience)
                }
            }
        }
    }

    private static let roles: [String: Audience] = [
        "students": .student, "pupils": .pupil, "professional": .worker,
        "professionals": .worker, "employee": .worker, "employees": .worker,
        "unemployed": .jobSeeker, "job seekers": .jobSeeker,
    ]

    private func takeSubjects(_ course: inout Course) {
        for element in node["about"]?.elements ?? [] {
            if element.isObject, element["@value"] == nil {
                let set = element["inDefinedTermSet"]?.address
                let code = element["termCode"]?.text ?? element.nodeID ?? ""
                let label = element["name"]?.localized(language) ?? LocalizedText()
                guard !code.isEmpty || !label.isEmpty else { continue }
                course.subjects.append(
                    Code(scheme: set ?? "subject", code: code, label: label))
            } else {
                for wording in element.localized(language).wordings {
                    course.subjects.append(
                        Code(scheme: "subject", code: "", label: LocalizedText([wording])))
                }
            }
        }
        for element in node["keywords"]?.elements ?? [] {
            for wording in element.localized(language).wordings {
                for part in wording.text.split(separator: ",") {
                    course.keywords.append(foldedSpaces(String(part)), language: wording.language)
                }
            }
        }
        for element in node.first("teaches", "competencyTaught")?.elements ?? [] {
            let label =
                element.isObject && element["@value"] == nil
                ? element.first("name", "targetName")?.localized(language) ?? LocalizedText()
                : element.localized(language)
            let id = element.first("@id", "targetUrl", "termCode")?.text
            guard id != nil || !label.isEmpty else { continue }
            course.skills.append(
                DeclaredSkill(
                    id: id.map { OwnURN.parts($0, of: "skill")?.first ?? $0 }, label: label)
            )
        }
    }
}

/// Texts on a theme, as parts that are creative works.
enum SchemaOrgSections {
    static func sections(
        _ node: JSONNode?, _ language: LanguageTag?, _ log: inout DiagnosticLog
    ) -> [TextSection] {
        var sections: [TextSection] = []
        for element in node?.elements ?? []
        where element.isObject && !element.isCourse && !element.isInstance {
            let text = SchemaOrgTexts.rich(element["text"], language, field: "text", &log)
            guard !text.isEmpty else { continue }
            sections.append(
                TextSection(
                    theme: element["genre"]?.text ?? "note",
                    heading: element["headline"]?.localized(language) ?? LocalizedText(), text: text
                )
            )
        }
        return sections
    }
}
