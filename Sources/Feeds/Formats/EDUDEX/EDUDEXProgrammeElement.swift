import CourseModel
import XMLStream

/// Writes a course as a `<program>`, in the order of EDU-DEX's schema.
///
/// The record has been reduced to what EDU-DEX holds; what it requires and the course does not have
/// is filled with the least that the schema takes, and marked (``EDUDEXFacts``).
struct EDUDEXProgrammeElement {
    /// The record, reduced.
    private let course: Course
    private let offerings: [Offering]
    private let context: FeedContext
    private let editor: String
    /// The ids, as EDU-DEX can hold them.
    let organisation: String
    let programID: String
    private let schedule: EDUDEXScheduleElement
    private var facts = EDUDEXFacts()

    /// - Parameter programID: The id to write, when the course's own stands for another one.
    init(
        _ record: CourseRecord, context: FeedContext, editor: String, programID: String? = nil
    ) {
        course = record.course
        offerings = record.offerings
        self.context = context
        self.editor = editor
        organisation = Self.organisation(for: String(record.course.provider.native))
        let native = record.course.nativeID
        self.programID =
            programID
            ?? (EDUDEXHeld.isProgramID(native) ? native : EDUDEXHeld.standIn(for: native))
        schedule = EDUDEXScheduleElement(record, generated: context.generated)
        if programID == nil, self.programID != native { facts.add(.programID, native) }
        if organisation != course.provider.native {
            facts.add(.providerID, String(course.provider.native))
        }
    }

    /// `orgUnitId` for a provider's own id.
    static func organisation(for native: String) -> String {
        EDUDEXHeld.isOrganisationID(native)
            ? native : EDUDEXHeld.standIn(for: native, lowercase: true)
    }

    /// The client that the programme is for, in a closed feed.
    var client: Code? {
        course.aliases.first { $0.scheme == EDUDEXVocabulary.Scheme.client }
    }

    /// Writes the element with its namespace.
    mutating func write(to xml: inout XMLWriter) throws(XMLWriteError) {
        try xml.startElement("program")
        try xml.attribute("xmlns", EDUDEX.Namespace.program)
        if let client {
            try xml.startElement("clientId")
            if let offer = client.label.text() { try xml.attribute("clientOffer", offer) }
            try xml.text(client.code)
            try xml.endElement()
        }
        try xml.element("editor", editor)
        if let expires = course.expires { try xml.element("expires", expires.iso) }
        try xml.element("format", "EDU-DEX 1.0")
        try xml.element("generator", context.generator)
        try xml.element("inPublication", "true")
        try writeCatalogues(&xml)
        try xml.element(
            "lastEdited", EDUDEXDateTime.valid(course.provenance.lastEdited) ?? context.generated)
        if course.studyModes.contains(.flexible) {
            try xml.startElement("programBasicProfile")
            try xml.element("schedule", "own pace")
            try xml.endElement()
        }
        try writeAdmission(&xml)
        try writeClassification(&xml)
        try writeCompetences(&xml)
        try writeContacts(&xml)
        try writeCurriculum(&xml)
        try writeDescriptions(&xml)
        try writeAcknowledgements(&xml)
        try EDUDEXFactsElement.write(facts, in: "programFree", to: &xml)
        try schedule.write(to: &xml)
        try xml.endElement()
    }

    // MARK: Groups

    private mutating func writeCatalogues(_ xml: inout XMLWriter) throws(XMLWriteError) {
        var readBack: [FundingScheme] = []
        for scheme in course.funding where scheme == .leerrijk || scheme == .stap {
            try xml.element("includeInCatalog", scheme == .leerrijk ? "leerrijk" : "rio/stap")
            readBack.append(scheme)
        }
        if learningPaths.contains("BBL") { readBack.append(.bbl) }
        if readBack != course.funding {
            for scheme in course.funding { facts.add(.funding, scheme.name) }
            if course.funding.isEmpty { facts.add(.funding, "none") }
        }
    }

    private mutating func writeAdmission(_ xml: inout XMLWriter) throws(XMLWriteError) {
        try xml.startElement("programAdmission")
        let isOpen =
            offerings.isEmpty || offerings.contains { $0.status == .open || $0.status == .unstated }
        try xml.element("applicationOpen", isOpen ? "true" : "false")
        try xml.element("applicationType", course.audiences == [.team] ? "group" : "individual")
        if let only = schedule.genericOnly {
            if let capacity = only.capacity {
                try xml.element("maxNumberOfParticipants", "\(capacity)")
            }
            if let minimum = only.minimumParticipants {
                try xml.element("minNumberOfParticipants", "\(minimum)")
            }
        }
        try xml.element("paymentDue", "up-front")
        let codes = course.requiredLevels.map { EDUDEXVocabulary.levelCode(for: $0) }
        for code in codes where code != "none" { try xml.element("requiredLevel", code) }
        let readBack = codes.filter { $0 != "none" }.compactMap {
            parseLevel($0, framework: .nlqf)
        }
        if readBack != course.requiredLevels {
            for level in course.requiredLevels { facts.add(.requiredLevel, levelText(level)) }
        }
        try xml.element("startDateDetermination", schedule.startDetermination)
        if offerings.isEmpty { facts.add(.unstated, "startDateDetermination") }
        try xml.endElement()
    }

    private mutating func writeClassification(_ xml: inout XMLWriter) throws(XMLWriteError) {
        typealias Scheme = EDUDEXVocabulary.Scheme
        try xml.startElement("programClassification")
        for wording in course.prerequisites.wordings {
            try xml.startElement("applicationRequirement")
            try xml.element(
                "requirementDescription", EDUDEXHeld.plainForm(wording.text),
                ("xml:lang", wording.language?.code ?? "nl"))
            try xml.element("requirementType", "knowledge minimum")
            try xml.endElement()
        }
        for credit in course.studyLoad.credits {
            try xml.startElement("credits")
            if !credit.system.isEmpty { try xml.attribute("system", credit.system) }
            try xml.text(credit.value.text(minimumPlaces: 0))
            try xml.endElement()
        }
        let degree =
            course.qualifications.first.map {
                EDUDEXVocabulary.degree(for: $0, level: course.level)
            } ?? ""
        try xml.element("degree", degree)
        if schedule.isFullyOnline { try xml.element("fullyOnline", "true") }
        try xml.element("orgUnitId", organisation)
        if let duration = course.duration {
            try xml.element(
                "programDuration", duration.value.text(minimumPlaces: 0),
                ("unit", duration.unit.rawValue))
        } else {
            try xml.element("programDuration", "0", ("unit", "week"))
            facts.add(.unstated, "programDuration")
        }
        try writeForms(&xml)
        try xml.element("programId", programID)
        try writeLevel(&xml)
        try writePlaces(&xml)
        let type = programType
        try xml.element("programType", type)
        if course.statedKind == nil {
            facts.add(.unstated, "programType")
        } else if course.statedKind != type {
            facts.add(.statedKind, course.statedKind ?? "")
        }
        let readBack = EDUDEXVocabulary.kind(
            programType: course.statedKind == nil ? nil : type, degree: degree)
        if readBack != course.kind { facts.add(.kind, course.kind.rawValue) }
        if let uuid = course.aliases.first(where: { $0.scheme == Scheme.uuid }) {
            try xml.element("programUUID", uuid.code)
        }
        if let group = course.variantGroup {
            if EDUDEXHeld.isProgramID(group) {
                try xml.element("superProgramId", group)
            } else {
                try xml.element("superProgramId", EDUDEXHeld.standIn(for: group))
                facts.add(.variantGroup, group)
            }
        }
        for (element, scheme) in [
            ("targetProfession", Scheme.profession), ("targetSector", Scheme.sector),
            ("targetSectorSBI", Scheme.sbi), ("theme", Scheme.theme),
        ] {
            for subject in course.subjects where subject.scheme == scheme {
                try xml.element(element, subject.code)
            }
        }
        try xml.endElement()
    }

    /// The programme type: the course's own, else the one of its kind.
    private var programType: String {
        if let stated = course.statedKind, EDUDEXCodes.programTypes.contains(stated) {
            return stated
        }
        return EDUDEXVocabulary.programType(for: course.kind)
    }

    private var learningPaths: [String] {
        course.codes.filter { $0.scheme == EDUDEXVocabulary.Scheme.learningPath }.map(\.code)
    }

    /// What the course says of its forms, or else what its offerings say, for other readers.
    private var forms: (forms: [String], instructions: [String]) {
        let studyModes =
            course.studyModes.isEmpty
            ? offerings.reduce(into: []) { $0.formUnion($1.studyModes) } : course.studyModes
        let modes = effectiveModes
        var forms: [String] = []
        if studyModes.contains(.fullTime) { forms.append("full-time") }
        if studyModes.contains(.partTime) { forms.append("part-time") }
        if studyModes.contains(.dual) { forms.append("dual") }
        if modes.contains(.distance) { forms.append("distance learning") }
        if schedule.isFullyOnline || modes == [.online] { forms.append("e-learning") }
        let instructions = DeliveryMode.allCases.compactMap { mode -> String? in
            guard modes.contains(mode), mode != .distance else { return nil }
            if mode == .online, forms.contains("e-learning") { return nil }
            return EDUDEXVocabulary.instructionModes.first { $0.mode == mode }?.instruction
        }
        return (forms, instructions)
    }

    private var effectiveModes: Set<DeliveryMode> {
        course.modes.isEmpty
            ? offerings.reduce(into: []) { $0.formUnion($1.modes) } : course.modes
    }

    private mutating func writeForms(_ xml: inout XMLWriter) throws(XMLWriteError) {
        let (forms, instructions) = self.forms
        for form in forms { try xml.element("programForm", form) }
        if forms.isEmpty {
            try xml.element("programForm", "part-time")
            facts.add(.unstated, "programForm")
        }
        var modes = Set(EDUDEXVocabulary.formModes.filter { forms.contains($0.form) }.map(\.mode))
        modes.formUnion(
            EDUDEXVocabulary.instructionModes.filter { instructions.contains($0.instruction) }
                .map(\.mode))
        if schedule.isFullyOnline {
            modes = modes.contains(.distance) ? [.online, .distance] : [.online]
        }
        Self.add(course.modes, readBack: modes, as: .mode, to: &facts)
        var studyModes = Set(
            EDUDEXVocabulary.studyModes.filter { forms.contains($0.form) }.map(\.mode))
        if learningPaths.contains("BBL") { studyModes.insert(.dual) }
        if course.studyModes.contains(.flexible) { studyModes.insert(.flexible) }
        Self.add(course.studyModes, readBack: studyModes, as: .studyMode, to: &facts)
    }

    /// States a set of words that would not be read back as it is.
    static func add<Word: RawRepresentable & Hashable>(
        _ words: Set<Word>, readBack: Set<Word>, as name: EDUDEXFacts.Name,
        to facts: inout EDUDEXFacts
    ) where Word.RawValue == String {
        guard words != readBack else { return }
        // A key path would be made anew at each call of a generic function.
        for word in words.map({ $0.rawValue }).sorted() { facts.add(name, word) }
        if words.isEmpty { facts.add(name, "none") }
    }

    private mutating func writeLevel(_ xml: inout XMLWriter) throws(XMLWriteError) {
        let code = EDUDEXVocabulary.levelCode(for: course.level)
        try xml.element("programLevel", code)
        var readBack = code == "none" ? nil : parseLevel(code, framework: .nlqf)
        if let nlqf = course.level?.nlqf, !nlqfCodes.isEmpty {
            readBack = Level(stated: nlqf, nationalName: code == "none" ? nil : code)
        }
        guard readBack != course.level else { return }
        if let level = course.level {
            facts.add(.level, levelText(level))
        } else {
            facts.add(.unstated, "programLevel")
        }
    }

    private var nlqfCodes: [String] {
        course.codes.filter { $0.scheme == EDUDEXVocabulary.Scheme.nlqf }.map(\.code)
    }

    private mutating func writePlaces(_ xml: inout XMLWriter) throws(XMLWriteError) {
        var lines: [String] = []
        for place in offerings.flatMap(\.places) {
            let line: String?
            switch place {
            case .online: line = "Online"
            case .workplace: line = nil
            case .venue(let venue):
                let name = venue.name.text()
                let parts = [venue.address.city, name].compactMap { $0 }
                line = parts.isEmpty ? venue.address.postcode : parts.joined(separator: ", ")
            }
            if let line, !lines.contains(line) { lines.append(line) }
        }
        for line in lines { try xml.element("programLocation", line) }
        if lines.isEmpty { try xml.element("programLocation", "niet vermeld") }
        if lines.isEmpty || !(schedule.hasPlaces || schedule.isFullyOnline) {
            facts.add(.unstated, "programLocation")
        }
    }

    private func writeCompetences(_ xml: inout XMLWriter) throws(XMLWriteError) {
        guard !course.skills.isEmpty else { return }
        try xml.startElement("programCompetences")
        for skill in course.skills {
            if let code = EDUDEXSkill.governmentCode(of: skill) {
                try xml.element("competenceRijksoverheid", code)
            }
        }
        for skill in course.skills {
            guard let parts = EDUDEXSkill.ecfParts(of: skill) else { continue }
            try xml.startElement("eCFDevelopment")
            try xml.attribute("version", parts.version)
            try xml.element("eCompetence", parts.competence)
            try xml.element("proficiencyLevel", parts.proficiency)
            try xml.endElement()
        }
        try xml.endElement()
    }

    private func writeContacts(_ xml: inout XMLWriter) throws(XMLWriteError) {
        try xml.startElement("programContacts")
        for contact in course.contacts {
            try xml.startElement("contactData")
            try xml.element("contactName", contact.name ?? "")
            if let email = contact.email { try xml.element("email", email) }
            try xml.element("role", contact.role ?? "")
            if let telephone = contact.telephone { try xml.element("telephone", telephone) }
            if let url = contact.url {
                try xml.element("webLink", url, ("xml:lang", mainLanguage))
            }
            try xml.endElement()
        }
        try xml.endElement()
    }

    /// The language of the title, for what has none of its own.
    private var mainLanguage: String {
        let languages = course.title.wordings.compactMap(\.language)
        return (languages.first { $0 == .dutch } ?? languages.first ?? .dutch).code
    }

    private mutating func writeCurriculum(_ xml: inout XMLWriter) throws(XMLWriteError) {
        try xml.startElement("programCurriculum")
        let languages = course.languages
        let isShareless = !languages.isEmpty && languages.allSatisfy { $0.percentage == nil }
        if isShareless {
            facts.add(.unstated, "instructionLanguage/percentage")
        }
        for share in languages {
            try xml.startElement("instructionLanguage")
            try xml.element("languageCode", share.language.code)
            let even = isShareless ? 100 / languages.count : 0
            try xml.element("percentage", "\(share.percentage ?? even)")
            try xml.endElement()
        }
        for mode in forms.instructions { try xml.element("instructionMode", mode) }
        if let hours = course.studyLoad.hours {
            try xml.element("studyLoad", hours.text(minimumPlaces: 0), ("period", "program"))
        }
        if let hours = course.studyLoad.hoursPerWeek {
            try xml.element("studyLoad", hours.text(minimumPlaces: 0), ("period", "week"))
        }
        try xml.endElement()
    }

    private func writeDescriptions(_ xml: inout XMLWriter) throws(XMLWriteError) {
        try xml.startElement("programDescriptions")
        if let image = course.image {
            try xml.startElement("media")
            if let title = image.title {
                try xml.element("title", title, ("xml:lang", mainLanguage))
            }
            try xml.element("type", "image")
            try xml.element("url", image.url)
            try xml.endElement()
        }
        try EDUDEXTextElements.rich(
            course.description, html: "programDescriptionHtml", plain: "programDescriptionText",
            limit: 1200, to: &xml)
        if course.description.isEmpty {
            try xml.element("programDescriptionText", "", ("xml:lang", mainLanguage))
        }
        try EDUDEXTextElements.lines(course.title, "programName", to: &xml)
        for wording in course.summary.wordings where isLong(wording.text) {
            try xml.element(
                "programSummaryHtml", wording.text.escapedForHTML,
                ("xml:lang", wording.language?.code ?? "nl"))
        }
        for wording in course.summary.wordings {
            try xml.element(
                "programSummaryText", EDUDEXHeld.shortened(wording.text, 200),
                ("xml:lang", wording.language?.code ?? "nl"))
        }
        if course.summary.isEmpty {
            try xml.element("programSummaryText", "", ("xml:lang", mainLanguage))
        }
        try EDUDEXTextElements.lines(course.keywords, "searchword", to: &xml)
        for section in course.sections {
            try xml.startElement("subjectText")
            try EDUDEXTextElements.rich(
                section.text, html: "descriptionHtml", plain: "descriptionText", limit: nil,
                to: &xml)
            try EDUDEXTextElements.lines(section.heading, "header1", to: &xml)
            try xml.element("subject", section.theme)
            try xml.endElement()
        }
        if let url = course.url { try xml.element("webLink", url, ("xml:lang", mainLanguage)) }
        try xml.endElement()
    }

    private func isLong(_ text: String) -> Bool {
        text.utf8.count > 200 && text.count > 200
    }

    private func writeAcknowledgements(_ xml: inout XMLWriter) throws(XMLWriteError) {
        typealias Scheme = EDUDEXVocabulary.Scheme
        func codes(_ scheme: String) -> [Code] { course.codes.filter { $0.scheme == scheme } }
        let crebo = codes(Scheme.crebo)
        let croho = codes(Scheme.croho)
        let rio = codes(Scheme.rio).first
        guard !crebo.isEmpty || !croho.isEmpty || rio != nil || !nlqfCodes.isEmpty else { return }
        try xml.startElement("programExternalAcknowledgements")
        for (index, code) in crebo.enumerated() {
            try xml.startElement("creboRegistration")
            try xml.element("creboCode", code.code)
            try EDUDEXTextElements.lines(code.label, "creboName", to: &xml)
            if index < learningPaths.count {
                try xml.element("learningPath", learningPaths[index])
            }
            try xml.endElement()
        }
        for code in croho {
            try xml.startElement("crohoRegistration")
            try xml.element("crohoCode", code.code)
            try EDUDEXTextElements.lines(code.label, "crohoName", to: &xml)
            try xml.endElement()
        }
        if let nlqf = course.level?.nlqf {
            for code in nlqfCodes {
                try xml.startElement("nlqfRegistration")
                try xml.element("eqfLevel", "\(nlqf.eqf)")
                try xml.element("nlqfLevel", nlqf.rawValue)
                try xml.element("nlqfRegisterCode", code)
                try xml.endElement()
            }
        }
        if let rio { try xml.element("rioRegistration", rio.code) }
        try xml.endElement()
    }
}
