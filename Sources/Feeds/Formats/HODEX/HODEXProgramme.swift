import CourseModel
import XMLStream

/// A programme's own words, and the course that they make.
struct HODEXProgramme {
    private let node: XMLNode
    private let organisation: String?
    private let listed: String?

    /// - Parameters:
    ///   - organisation: The institution's id, as the directory has it.
    ///   - listed: The programme's id, as the directory has it.
    init(_ node: XMLNode, organisation: String?, listed: String?) {
        self.node = node
        self.organisation = organisation
        self.listed = listed
    }

    private var classification: XMLNode? { node.first("programClassification") }
    private var descriptions: XMLNode? { node.first("programDescriptions") }
    private var curriculum: XMLNode? { node.first("programCurriculum") }

    private var stated: String? { classification?.line("programId") ?? listed }

    /// Whether the programme or its directory gives an id.
    var hasID: Bool { stated != nil }

    /// Its id; made of institution, name and form where there is none.
    var nativeID: String {
        if let stated { return stated }
        let parts = [
            organisation ?? classification?.line("orgUnitName"), descriptions?.line("programName"),
            classification?.line("programForm"),
        ]
        return StableHash.id("name", of: parts)
    }

    /// The institution.
    func provider(_ source: ID<Source>, file: String) -> Provider {
        let name = classification?.line("orgUnitName")
        let native =
            classification?.line("orgUnitId") ?? organisation ?? name ?? "hodex"
        var provider = Provider(
            id: ID(source: source, native: native), nativeID: native,
            name: LocalizedText(
                name ?? native,
                language: name == nil
                    ? nil : classification?.first("orgUnitName")?.languageTag),
            provenance: Provenance(source: source, format: HODEX.name, file: file))
        if let country = classification?.line("orgUnitCountry").flatMap(countryCode) {
            provider.location = Venue(address: Address(country: country))
        }
        return provider
    }

    /// The course, or `nil` when it has no name.
    func course(
        _ native: String, provider: ID<Provider>, source: ID<Source>, _ log: inout DiagnosticLog
    ) -> Course? {
        let degree = classification?.line("degree")
        let type = classification?.line("programType")
        let level = classification?.line("programLevel").flatMap {
            parseLevel($0, framework: .nlqf)
        }
        guard
            var course = Course(
                id: ID(source: source, native: native), nativeID: native, provider: provider,
                kind: kind(type: type, degree: degree, level: level), title: texts("programName"),
                provenance: Provenance(
                    source: source, format: HODEX.name, file: log.file,
                    position: SourcePosition(node.position), lastEdited: node.line("lastEdited")))
        else { return nil }
        course.statedKind = type
        course.level = level
        if let level, level.eqf == nil {
            log.add(
                .note, .levelUnknown, at: classification?.first("programLevel"),
                field: "programLevel",
                "The level \(quoted(level.nationalName ?? "")) is in no table; it was kept as it "
                    + "stands. Use bachelor or master.")
        }
        if let degree, let qualification = EDUDEXVocabulary.qualification(degree: degree) {
            course.qualifications = [qualification]
        }
        if let croho = classification?.line("crohoCode") {
            course.codes = [Code(scheme: "croho", code: croho)]
        }
        if let form = classification?.first("programForm"), let text = form.line() {
            takeForm(text, form, &course, &log)
        }
        takeLoad(&course, &log)
        if classification?.line("financing") == "government" { course.funding = [.government] }
        for cluster in classification?.all("studyCluster").map({ $0 }) ?? [] {
            guard let text = cluster.line() else { continue }
            course.subjects.append(Code(scheme: "hodex-cluster", code: text))
        }
        takeTexts(&course, &log)
        takeLanguages(&course, &log)
        course.expires = statedDay(
            node.line("expires"), at: node.first("expires"), field: "expires", &log)
        return course
    }

    private func kind(type: String?, degree: String?, level: Level?) -> CourseKind {
        let kind = EDUDEXVocabulary.kind(programType: type, degree: degree)
        // HODEX holds programmes of higher education; one without a degree code still ends in one.
        guard kind == .course, degree == nil, (level?.eqf ?? 0) >= 5 else { return kind }
        return .diplomaProgramme
    }

    private func takeForm(
        _ text: String, _ element: XMLNode, _ course: inout Course, _ log: inout DiagnosticLog
    ) {
        let form = text.lowercased()
        if let entry = EDUDEXVocabulary.studyModes.first(where: { $0.form == form }) {
            course.studyModes = [entry.mode]
        } else if let entry = EDUDEXVocabulary.formModes.first(where: { $0.form == form }) {
            course.modes = [entry.mode]
        } else {
            log.add(
                .note, .codeUnknown, at: element, field: "programForm",
                "programForm \(quoted(text)) is in no vocabulary; it was left out. "
                    + "Use full-time, part-time or dual.")
        }
    }

    /// Credits are European ones; a duration without a unit is in months.
    private func takeLoad(_ course: inout Course, _ log: inout DiagnosticLog) {
        if let element = classification?.first("programCredits"), let text = element.line() {
            if let value = parseAmount(text), value > .zero {
                course.studyLoad.credits = [StudyLoad.Credit(system: "ECTS", value: value)]
            } else if text != "0" {
                log.add(
                    .note, .numberUnreadable, at: element, field: "programCredits",
                    "programCredits is \(quoted(text)), no number; it was left out. "
                        + "Give the number only.")
            }
        }
        guard let element = classification?.first("programDuration"), let text = element.line(),
            text != "0"
        else { return }
        let unit = CourseDuration.Unit(rawValue: element.statedAttribute("unit") ?? "month")
        guard let unit, let value = parseAmount(text), let read = CourseDuration(value, unit) else {
            log.add(
                .note, .durationUnreadable, at: element, field: "programDuration",
                "programDuration is \(quoted(text)), no number of days, weeks, months or years; it "
                    + "was left out. Give a number and @unit.")
            return
        }
        course.duration = read
    }
}

extension HODEXProgramme {
    // MARK: Texts

    private func texts(_ name: String) -> LocalizedText {
        var text = LocalizedText()
        for element in descriptions?.all(name).map({ $0 }) ?? [] {
            if let line = element.line() { text.append(line, language: element.languageTag) }
        }
        return text
    }

    private func takeTexts(_ course: inout Course, _ log: inout DiagnosticLog) {
        course.summary = texts("programSummary")
        for element in descriptions?.all("programDescription").map({ $0 }) ?? [] {
            course.description.append(
                LocalizedRichText.Wording(
                    language: element.languageTag,
                    text: readText(of: element, field: "programDescription", into: &log)))
        }
        course.keywords = texts("searchword")
        let pages =
            (descriptions?.all("webLink").map { $0 } ?? [])
            + (classification?.all("webLink").map { $0 } ?? [])
        let page = pages.first { $0.languageTag == .dutch } ?? pages.first
        if let page, let text = page.line() {
            course.url = webAddress(text) ?? cleaned(text, page, "webLink", &log)
        }
        for link in descriptions?.all("contentLink").map({ $0 }) ?? [] {
            take(link, &course, &log)
        }
        takeAdmission(&course)
        takeCurriculum(&course)
    }

    /// A picture, or a text on a theme with where to read or see more.
    private func take(_ link: XMLNode, _ course: inout Course, _ log: inout DiagnosticLog) {
        let address = link.line("webLink").flatMap(webAddress)
        let type = link.line("contentType")?.lowercased()
        if type == "image", let address, course.image == nil {
            course.image = Image(url: address, title: link.line("contentSummary"))
            return
        }
        let theme = link.line("subject") ?? "description"
        let bodies = Array(link.all("contentDescription"))
        let shown =
            bodies.contains { $0.line() != nil } ? bodies : Array(link.all("contentSummary"))
        for body in shown where body.line() != nil {
            var text = readText(of: body, field: body.localName, into: &log)
            if let address {
                text.blocks.append(.paragraph([RichText.Span(address, link: address)]))
            }
            course.sections.add(theme, text, language: body.languageTag)
        }
        if !shown.contains(where: { $0.line() != nil }), let address {
            course.sections.add(
                theme, RichText([.paragraph([RichText.Span(address, link: address)])]),
                language: nil)
        }
    }

    /// Profiles of secondary school with the subjects that they lack.
    private func takeAdmission(_ course: inout Course) {
        var items: [[RichText.Span]] = []
        for program in classification?.all("admissableProgram").map({ $0 }) ?? [] {
            let subjects = program.all("additionalSubject").compactMap { $0.line() }
            guard let profile = program.line("profile") else { continue }
            let line =
                subjects.isEmpty ? profile : profile + ": " + subjects.joined(separator: ", ")
            items.append([RichText.Span(line)])
        }
        if !items.isEmpty {
            course.sections.add(
                "admission", RichText([.list(ordered: false, items: items)]), language: nil)
        }
        if let places = classification?.line("numerusFixus"), places != "0" {
            course.sections.add("numerus fixus", RichText(plain: places), language: nil)
        }
        let advice = ["studyAdviseType", "studyAdviseMinimum", "studyAdvisePeriod"]
            .compactMap { classification?.line($0) }
        if !advice.isEmpty {
            course.sections.add(
                "study advise", RichText(plain: advice.joined(separator: ", ")), language: nil)
        }
    }

    /// The names of the programme's own courses, a list for each language.
    private func takeCurriculum(_ course: inout Course) {
        var items: [(language: LanguageTag?, spans: [[RichText.Span]])] = []
        for part in curriculum?.all("course").map({ $0 }) ?? [] {
            let credits = part.line("credits").map { " (\($0) EC)" } ?? ""
            for name in part.all("courseName") {
                guard let text = name.line() else { continue }
                let span = [RichText.Span(text + credits)]
                if let index = items.firstIndex(where: { $0.language == name.languageTag }) {
                    items[index].spans.append(span)
                } else {
                    items.append((name.languageTag, [span]))
                }
            }
        }
        for (language, spans) in items {
            course.sections.add(
                "curriculum", RichText([.list(ordered: false, items: spans)]), language: language)
        }
    }

    private func takeLanguages(_ course: inout Course, _ log: inout DiagnosticLog) {
        for element in curriculum?.all("instructionLanguage").map({ $0 }) ?? [] {
            guard let code = element.line("languageCode") else { continue }
            guard let tag = LanguageTag(code) else {
                log.add(
                    .note, .badLanguage, at: element, field: "languageCode",
                    "languageCode \(quoted(code)) is no language code; it was left out. "
                        + "Use ISO 639-1, such as nl.")
                continue
            }
            let share = element.line("percentage").flatMap { Int($0) }
            course.languages.append(
                LanguageShare(
                    tag, percentage: share.flatMap { (1...100).contains($0) ? $0 : nil }))
        }
    }
}
