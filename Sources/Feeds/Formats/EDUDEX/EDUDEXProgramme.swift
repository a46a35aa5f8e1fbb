import CourseModel
import XMLStream

/// Reads one `<program>` into a course with its offerings.
///
/// Elements are found by their local name, wherever they stand in their group; what is missing
/// stays absent. The shape itself is checked by ``EDUDEXStructure``.
struct EDUDEXProgramme {
    /// What is known about a programme before it is read.
    struct Context {
        /// The source that it belongs to.
        var source: ID<Source>
        /// The document, as shown in messages.
        var file: String
        /// The day of reading.
        var today: CalendarDate
        /// The currency of amounts that name none.
        var currency: Currency?
        /// The provider that the directory names.
        var organisation: String?
        /// The programme's id by the directory.
        var programID: String?
        /// The client for whom the directory lists it.
        var client: String?
    }

    let node: XMLNode
    let context: Context
    /// What is said beside EDU-DEX's own elements.
    let facts: EDUDEXFacts
    var issues: DiagnosticLog
    /// Whether any cost was read, and whether one of them was a tuition fee.
    var hasCosts = false
    var hasTuitionFee = false

    let classification: XMLNode?
    let admission: XMLNode?
    let descriptions: XMLNode?
    let curriculum: XMLNode?
    let acknowledgements: XMLNode?
    let schedule: XMLNode?

    init(_ node: XMLNode, context: Context) {
        self.node = node
        self.context = context
        facts = EDUDEXFacts(node.first("programFree"))
        issues = DiagnosticLog(file: context.file)
        classification = node.first("programClassification")
        admission = node.first("programAdmission")
        descriptions = node.first("programDescriptions")
        curriculum = node.first("programCurriculum")
        acknowledgements = node.first("programExternalAcknowledgements")
        schedule = node.first("programSchedule")
    }

    /// What the provider calls itself.
    var organisation: String? {
        facts[.providerID] ?? EDUDEXText.value(classification?.first("orgUnitId"))
            ?? context.organisation
    }

    /// What the provider calls the programme.
    var programID: String? {
        facts[.programID] ?? EDUDEXText.value(classification?.first("programId"))
            ?? context.programID ?? EDUDEXText.value(classification?.first("programUUID"))
    }

    /// The client whom a closed programme is for.
    var client: String? { EDUDEXText.value(node.first("clientId")) ?? context.client }

    /// The id within the source: a programme's id is unique within its provider and client only.
    static func native(organisation: String, program: String, client: String?) -> String {
        "\(organisation):\(program)" + (client.map { "@\($0)" } ?? "")
    }

    /// How many courses and offerings the mark-up offers: a run is an offering, and so is a
    /// programme without runs that can be started at any time or says how it is always given.
    var offered: RecordCount {
        RecordCount(courses: 1, offerings: max(runs.count, isGenericOnly ? 1 : 0))
    }

    /// The runs.
    var runs: [XMLNode] { schedule.map { Array($0.all("programRun")) } ?? [] }

    /// What holds for every run.
    var genericRun: XMLNode? { schedule?.first("genericProgramRun") }

    /// Whether the programme is one offering without dates.
    var isGenericOnly: Bool {
        guard schedule?.first("programRun") == nil else { return false }
        return genericRun != nil || startDetermination == "agreed starting date"
            || startDetermination == "direct start"
    }

    /// How a start is determined.
    var startDetermination: String? {
        facts.isUnstated("startDateDetermination")
            ? nil : EDUDEXText.value(admission?.first("startDateDetermination"))
    }

    /// Reads the course.
    ///
    /// - Returns: `nil` when it has no title; ``issues`` says so.
    mutating func course() -> Course? {
        let organisation = self.organisation ?? context.source.value
        let title = EDUDEXText.localized(all("programName", in: descriptions), &issues)
        let programID =
            self.programID ?? title.text().map { String($0.prefix(64)) } ?? "?"
        let native = Self.native(
            organisation: organisation, program: programID, client: client)
        issues.record = native
        if self.organisation == nil {
            issues.add(
                .warning, .missingID, at: classification ?? node, field: "orgUnitId",
                "The programme does not name its provider; “\(organisation)” stands in. Add "
                    + "orgUnitId.")
        }
        if EDUDEXText.value(classification?.first("programId")) == nil, facts[.programID] == nil {
            issues.add(
                .warning, .missingID, at: classification ?? node, field: "programId",
                "The programme has no programId; “\(programID)” stands in. Add one that never "
                    + "changes.")
        }
        let degree =
            facts.isUnstated("degree") ? nil : EDUDEXText.value(classification?.first("degree"))
        let programType =
            facts.isUnstated("programType")
            ? nil : EDUDEXText.value(classification?.first("programType"))
        guard
            var course = Course(
                id: ID(source: context.source, native: native), nativeID: programID,
                provider: ID(source: context.source, native: organisation),
                kind: facts[.kind].flatMap(CourseKind.init(rawValue:))
                    ?? EDUDEXVocabulary.kind(programType: programType, degree: degree),
                title: title, provenance: provenance)
        else {
            issues.add(
                .error, .courseWithoutTitle, at: descriptions ?? node, field: "programName",
                "The programme has no programName, so it cannot be shown or found. Add one.")
            return nil
        }
        course.statedKind = facts[.statedKind] ?? programType
        course.variantGroup =
            facts[.variantGroup] ?? EDUDEXText.value(classification?.first("superProgramId"))
        readAliases(&course)
        readTexts(&course)
        readLevels(&course)
        readLoad(&course)
        if let degree, let qualification = EDUDEXVocabulary.qualification(degree: degree) {
            course.qualifications = [qualification]
        }
        readCodes(&course)
        readSubjects(&course)
        readForms(&course)
        readContacts(&course)
        readExpiry(&course)
        return course
    }

    /// The elements of a name in a group, or beside the groups when they stand there.
    func all(_ name: String, in group: XMLNode?) -> [XMLNode] {
        let found = group.map { Array($0.all(name)) } ?? []
        return found.isEmpty ? Array(node.all(name)) : found
    }

    /// Where the programme stands; its runs share it, since a node's place costs a scan.
    private var provenance: Provenance {
        Provenance(
            source: context.source, format: EDUDEX.name, file: context.file,
            position: SourcePosition(node.position),
            lastEdited: EDUDEXText.value(node.first("lastEdited")))
    }

    private mutating func readAliases(_ course: inout Course) {
        if let uuid = EDUDEXText.value(classification?.first("programUUID")) {
            course.aliases.append(Code(scheme: EDUDEXVocabulary.Scheme.uuid, code: uuid))
        }
        if let client {
            let offer = node.first("clientId")?.attribute("clientOffer")
            course.aliases.append(
                Code(
                    scheme: EDUDEXVocabulary.Scheme.client, code: client,
                    label: LocalizedText(offer ?? "")))
        }
    }

    private mutating func readTexts(_ course: inout Course) {
        course.summary = summary()
        course.description = EDUDEXText.localizedRich(
            html: all("programDescriptionHtml", in: descriptions),
            plain: all("programDescriptionText", in: descriptions), &issues)
        for text in all("subjectText", in: descriptions) {
            var wordings = EDUDEXText.localizedRich(
                html: Array(text.all("summaryHtml")), plain: Array(text.all("summaryText")),
                &issues
            ).wordings
            let full = EDUDEXText.localizedRich(
                html: Array(text.all("descriptionHtml")),
                plain: Array(text.all("descriptionText")), &issues)
            for wording in full.wordings {
                if let index = wordings.firstIndex(where: { $0.language == wording.language }) {
                    wordings[index].text.blocks += wording.text.blocks
                } else {
                    wordings.append(wording)
                }
            }
            let heading = EDUDEXText.localized(Array(text.all("header1")), &issues)
            guard !wordings.isEmpty || !heading.isEmpty else { continue }
            course.sections.append(
                TextSection(
                    theme: EDUDEXText.value(text.first("subject")) ?? "description",
                    heading: heading, text: LocalizedRichText(wordings)))
        }
        course.keywords = EDUDEXText.localized(all("searchword", in: descriptions), &issues)
        course.prerequisites = prerequisites()
        course.url = link(all("webLink", in: descriptions))
        for media in all("media", in: descriptions)
        where EDUDEXText.value(media.first("type")) == "image" && course.image == nil {
            guard let address = EDUDEXText.value(media.first("url")) else { continue }
            guard let url = cleanURL(address) else {
                reportBadURL(media, address)
                continue
            }
            course.image = Image(
                url: url,
                title: EDUDEXText.localized(Array(media.all("title")), &issues).text())
        }
    }

    /// The summaries; where a text was cut to its 200 characters, the HTML form has the whole.
    private mutating func summary() -> LocalizedText {
        let text = EDUDEXText.localized(all("programSummaryText", in: descriptions), &issues)
        let whole = EDUDEXText.localized(all("programSummaryHtml", in: descriptions), &issues)
        guard !whole.isEmpty else { return text }
        var wordings = text.wordings
        for wording in whole.wordings {
            let index = wordings.firstIndex { short in
                var start = short.text[...]
                while let last = start.last, last == "…" || last == "." || last == " " {
                    start = start.dropLast()
                }
                return short.language == wording.language && wording.text.hasPrefix(start)
            }
            if let index {
                wordings[index] = wording
            } else if !wordings.contains(where: { $0.language == wording.language }) {
                wordings.append(wording)
            }
        }
        return LocalizedText(wordings)
    }

    /// What is asked for beside a level, a paragraph for each requirement.
    private mutating func prerequisites() -> LocalizedRichText {
        var wordings: [LocalizedRichText.Wording] = []
        for requirement in all("applicationRequirement", in: classification) {
            let nodes =
                Array(requirement.all("requirementSummary"))
                + Array(requirement.all("requirementDescription"))
            var texts = EDUDEXText.localizedRich(html: [], plain: nodes, &issues).wordings
            if texts.isEmpty, let type = EDUDEXText.value(requirement.first("requirementType")) {
                texts = [.init(language: .english, text: RichText(plain: type))]
            }
            for text in texts {
                if let index = wordings.firstIndex(where: { $0.language == text.language }) {
                    wordings[index].text.blocks += text.text.blocks
                } else {
                    wordings.append(text)
                }
            }
        }
        return LocalizedRichText(wordings)
    }

    /// The address to show: the Dutch one, else the first.
    mutating func link(_ nodes: [XMLNode]) -> String? {
        guard
            let node = nodes.first(where: { $0.language?.hasPrefix("nl") == true }) ?? nodes.first,
            let address = EDUDEXText.value(node)
        else { return nil }
        if let url = cleanURL(address) { return url }
        reportBadURL(node, address)
        return nil
    }

    mutating func reportBadURL(_ node: XMLNode, _ address: String) {
        issues.add(
            .warning, .badURL, at: node,
            "“\(address)” is no http(s) address; it was left out. Write it in full, with https://.")
    }

    private mutating func readLevels(_ course: inout Course) {
        course.level = level()
        for node in all("requiredLevel", in: admission) {
            guard let code = EDUDEXText.value(node), code != "none" else { continue }
            if let level = parseLevel(code, framework: .nlqf) {
                course.requiredLevels.append(level)
            }
        }
        let stated = facts.all(.requiredLevel)
        if !stated.isEmpty { course.requiredLevels = stated.compactMap { parseLevel($0) } }
    }

    private mutating func level() -> Level? {
        if let stated = facts[.level] { return parseLevel(stated) }
        var name = EDUDEXText.value(classification?.first("programLevel"))
        if name == "none" || facts.isUnstated("programLevel") { name = nil }
        let register = acknowledgements?.first("nlqfRegistration")
        let eqf = EDUDEXText.value(register?.first("eqfLevel")).flatMap { Int($0) }
        if let register, let code = EDUDEXText.value(register.first("nlqfLevel")) {
            if let nlqf = NLQFLevel(rawValue: code.replacing4p) {
                if let eqf, eqf != nlqf.eqf {
                    issues.add(
                        .warning, .levelUnknown, at: register, field: "eqfLevel",
                        "NLQF \(nlqf.rawValue) is EQF \(nlqf.eqf), not \(eqf); the NLQF level is "
                            + "used.")
                }
                return Level(stated: nlqf, nationalName: name)
            }
            issues.add(
                .warning, .levelUnknown, at: register.first("nlqfLevel") ?? register,
                "“\(code)” is no NLQF level (1…8 or 4+).")
        }
        if let eqf, let level = Level(eqf: eqf, nationalName: name) { return level }
        return name.flatMap { parseLevel($0, framework: .nlqf) }
    }

    private mutating func readLoad(_ course: inout Course) {
        for load in all("studyLoad", in: curriculum) {
            guard let hours = positive(load) else { continue }
            switch load.attribute("period") {
            case "week": course.studyLoad.hoursPerWeek = course.studyLoad.hoursPerWeek ?? hours
            default: course.studyLoad.hours = course.studyLoad.hours ?? hours
            }
        }
        for credit in all("credits", in: classification) {
            guard let value = positive(credit) else { continue }
            course.studyLoad.credits.append(
                .init(system: credit.attribute("system") ?? "", value: value))
        }
        guard let node = classification?.first("programDuration"),
            !facts.isUnstated("programDuration"), let value = EDUDEXText.value(node)
        else { return }
        let unit = node.attribute("unit").flatMap { CourseDuration.Unit(rawValue: $0) }
        if let unit, let number = parseAmount(value), number > .zero,
            number < FixedDecimal(scaled: 100_000_000)
        {
            course.duration = CourseDuration(number, unit)
            return
        }
        // "10 weken" in the element's text, or the unit written in another way.
        course.duration =
            parseDuration(value)
            ?? node.attribute("unit").flatMap { parseDuration("\(value) \($0)") }
        issues.add(
            course.duration == nil ? .warning : .note, .durationUnreadable, at: node,
            course.duration == nil
                ? "“\(value)” with unit “\(node.attribute("unit") ?? "")” is no duration; it was "
                    + "left out. Write a whole number above 0 and the unit hour, day, week, month "
                    + "or year."
                : "The duration “\(value)” was understood; write a whole number and the unit.")
    }

    /// A number above zero.
    private mutating func positive(_ node: XMLNode) -> FixedDecimal? {
        guard let text = EDUDEXText.value(node) else { return nil }
        if let number = parseAmount(text), number > .zero { return number }
        issues.add(
            .warning, .numberUnreadable, at: node,
            "“\(text)” is no number above 0; it was left out.")
        return nil
    }

    /// The entries in registers; one that stands in two places is taken once.
    private mutating func readCodes(_ course: inout Course) {
        var codes: [Code] = []
        func add(_ scheme: String, _ code: String?, _ label: LocalizedText = LocalizedText()) {
            guard let code else { return }
            if let index = codes.firstIndex(where: { $0.scheme == scheme && $0.code == code }) {
                if codes[index].label.isEmpty { codes[index].label = label }
            } else {
                codes.append(Code(scheme: scheme, code: code, label: label))
            }
        }
        typealias Scheme = EDUDEXVocabulary.Scheme
        var paths: [String] = []
        for crebo in acknowledgements?.all("creboRegistration").map({ $0 }) ?? [] {
            add(
                Scheme.crebo, EDUDEXText.value(crebo.first("creboCode")),
                EDUDEXText.localized(Array(crebo.all("creboName")), &issues))
            if let path = EDUDEXText.value(crebo.first("learningPath")), !paths.contains(path) {
                paths.append(path)
            }
        }
        add(Scheme.crebo, EDUDEXText.value(classification?.first("creboCode")))
        for croho in acknowledgements?.all("crohoRegistration").map({ $0 }) ?? [] {
            add(
                Scheme.croho, EDUDEXText.value(croho.first("crohoCode")),
                EDUDEXText.localized(Array(croho.all("crohoName")), &issues))
        }
        add(Scheme.croho, EDUDEXText.value(classification?.first("crohoCode")))
        for nlqf in acknowledgements?.all("nlqfRegistration").map({ $0 }) ?? [] {
            add(Scheme.nlqf, EDUDEXText.value(nlqf.first("nlqfRegisterCode")))
        }
        add(Scheme.rio, EDUDEXText.value(acknowledgements?.first("rioRegistration")))
        for path in paths { add(Scheme.learningPath, path) }
        course.codes = codes
    }

    private mutating func readSubjects(_ course: inout Course) {
        typealias Scheme = EDUDEXVocabulary.Scheme
        for (element, scheme) in [
            ("theme", Scheme.theme), ("targetSector", Scheme.sector),
            ("targetSectorSBI", Scheme.sbi), ("targetProfession", Scheme.profession),
        ] {
            for node in all(element, in: classification) {
                guard let code = EDUDEXText.value(node) else { continue }
                let subject = Code(scheme: scheme, code: code)
                if !course.subjects.contains(subject) { course.subjects.append(subject) }
            }
        }
        guard let competences = node.first("programCompetences") else { return }
        for skill in competences.all("eCFDevelopment") {
            guard let code = EDUDEXText.value(skill.first("eCompetence")) else { continue }
            course.skills.append(
                EDUDEXSkill.ecf(
                    version: skill.attribute("version"), competence: code,
                    proficiency: EDUDEXText.value(skill.first("proficiencyLevel"))))
        }
        for skill in competences.all("competenceRijksoverheid") {
            if let code = EDUDEXText.value(skill) {
                course.skills.append(EDUDEXSkill.government(code))
            }
        }
    }

    private mutating func readForms(_ course: inout Course) {
        let forms =
            facts.isUnstated("programForm")
            ? [] : all("programForm", in: classification).compactMap { EDUDEXText.value($0) }
        let instructions = all("instructionMode", in: curriculum)
            .compactMap { EDUDEXText.value($0) }
        let profile = node.first("programBasicProfile")
        var modes = Set(EDUDEXVocabulary.formModes.filter { forms.contains($0.form) }.map(\.mode))
        modes.formUnion(
            EDUDEXVocabulary.instructionModes.filter { instructions.contains($0.instruction) }
                .map(\.mode))
        switch EDUDEXText.value(profile?.first("location")) {
        case "fully online": modes.insert(.online)
        case "blended": modes.insert(.blended)
        default: break
        }
        if isFullyOnline(classification) == true {
            modes = modes.contains(.distance) ? [.online, .distance] : [.online]
        }
        course.modes = facts.words(.mode) ?? modes
        var studyModes = Set(
            EDUDEXVocabulary.studyModes.filter { forms.contains($0.form) }.map(\.mode))
        let isBBL = course.codes.contains {
            $0.scheme == EDUDEXVocabulary.Scheme.learningPath && $0.code == "BBL"
        }
        if isBBL { studyModes.insert(.dual) }
        if EDUDEXText.value(profile?.first("schedule")) == "own pace" {
            studyModes.insert(.flexible)
        }
        course.studyModes = facts.words(.studyMode) ?? studyModes

        for node in node.all("includeInCatalog") {
            switch EDUDEXText.value(node) {
            case "leerrijk": course.funding.append(.leerrijk)
            case "rio/stap": course.funding.append(.stap)
            default: break
            }
        }
        if isBBL { course.funding.append(.bbl) }
        if !facts.all(.funding).isEmpty {
            course.funding = facts.all(.funding).filter { $0 != "none" }.map { FundingScheme($0) }
        }

        for node in all("instructionLanguage", in: curriculum) {
            guard let code = EDUDEXText.value(node.first("languageCode")) else { continue }
            guard let language = LanguageTag(code) else {
                issues.add(
                    .warning, .badLanguage, at: node, field: "languageCode",
                    "“\(code)” is no language code; it was left out. Write nl or en.")
                continue
            }
            let share = EDUDEXText.value(node.first("percentage")).flatMap { Int($0) }
            let isStated = !facts.isUnstated("instructionLanguage/percentage")
            course.languages.append(
                LanguageShare(
                    language,
                    percentage: isStated ? share.flatMap { (1...100).contains($0) ? $0 : nil } : nil
                ))
        }
        if EDUDEXText.value(admission?.first("applicationType")) == "group",
            !facts.isUnstated("applicationType")
        {
            course.audiences = [.team]
        }
    }

    /// The value of `fullyOnline` in a group.
    mutating func isFullyOnline(_ group: XMLNode?) -> Bool? { boolean(group?.first("fullyOnline")) }

    /// A yes or no.
    mutating func boolean(_ node: XMLNode?) -> Bool? {
        guard let node, let text = EDUDEXText.value(node) else { return nil }
        if text == "true" || text == "1" { return true }
        if text == "false" || text == "0" { return false }
        if let value = parseBoolean(text) { return value }
        issues.add(
            .warning, .booleanUnreadable, at: node,
            "“\(text)” is neither true nor false; it was left out.")
        return nil
    }

    private mutating func readContacts(_ course: inout Course) {
        for node in node.first("programContacts")?.all("contactData").map({ $0 }) ?? [] {
            let contact = Contact(
                name: EDUDEXText.line(node.first("contactName"), &issues),
                role: EDUDEXText.line(node.first("role"), &issues),
                email: EDUDEXText.value(node.first("email")),
                telephone: EDUDEXText.value(node.first("telephone")),
                url: link(Array(node.all("webLink"))))
            if contact != Contact() { course.contacts.append(contact) }
        }
    }

    private mutating func readExpiry(_ course: inout Course) {
        guard let node = node.first("expires"), node.trimmedText != nil else { return }
        course.expires = date(node)
        guard let expires = course.expires else { return }
        if expires < context.today {
            issues.add(
                .warning, .expired, at: node,
                "The programme expired on \(expires) and may no longer be shown. Set a later date.")
        } else if context.today.days(to: expires) < 2 {
            issues.add(
                .warning, .expiresTooSoon, at: node,
                "The programme expires on \(expires), before a nightly import can show it. Give "
                    + "it at least two days.")
        }
    }

    /// A day; a month or a year alone is none.
    mutating func date(_ node: XMLNode) -> CalendarDate? {
        guard let text = EDUDEXText.value(node) else { return nil }
        if let date = CalendarDate(iso: text) { return date }
        guard let parsed = parseDate(text), parsed.precision == .day else {
            issues.add(
                .warning, .dateUnreadable, at: node,
                "“\(text)” is no day; it was left out. Write it as 2027-02-01.")
            return nil
        }
        issues.add(
            .note, .dateNotation, at: node,
            "“\(text)” was read as \(parsed.date); write it like that.")
        return parsed.date
    }
}

extension String {
    /// RIO's spelling `4p` of NLQF 4+.
    fileprivate var replacing4p: String { self == "4p" ? "4+" : self }
}
