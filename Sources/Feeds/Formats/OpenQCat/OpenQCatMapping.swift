import CourseModel
import XMLStream

/// Makes courses of Angebote and offerings of what is dated.
struct OpenQCatMapping {
    let source: ID<Source>
    let provider: ID<Provider>
    let header: OpenQCatHeader
    /// The currency of prices when neither they nor the catalogue name one.
    let currency: Currency?

    private var fillers: Set<String> { OpenQCatWords.fillers }

    private func provenance(_ node: XMLNode, _ log: DiagnosticLog) -> Provenance {
        Provenance(
            source: source, format: OpenQCat.name, file: log.file,
            position: SourcePosition(node.position))
    }

    // MARK: Courses

    /// The course, or `nil` when neither the Angebot nor a Veranstaltung has a title.
    func course(
        _ native: String, _ offer: OpenQCatService, events: [OpenQCatService],
        _ log: inout DiagnosticLog
    ) -> Course? {
        var title = offer.title
        if title == nil, let other = events.lazy.compactMap(\.title).first {
            title = other
            log.add(
                .warning, .titleTakenOver, at: offer.node, field: "TITLE",
                "The Angebot has no title; that of its Veranstaltung, \(quoted(other)), was taken. "
                    + "Give the Angebot a TITLE.")
        }
        guard let title,
            var course = Course(
                id: ID(source: source, native: native), nativeID: native, provider: provider,
                kind: kind(offer), title: LocalizedText(title, language: header.language),
                provenance: provenance(offer.node, log))
        else { return nil }
        let details = offer.details
        course.statedKind =
            offer.form?.line("EDUCATION_TYPE", without: fillers)
            ?? offer.node.line("COURSE_TYPE").flatMap { OpenQCatWords.courseTypes[$0] }
        for (element, scheme) in [
            ("SUPPLIER_ALT_PID", "supplier-alt-pid"), ("RECIPIENT_PID", "recipient-pid"),
        ] {
            guard let code = details?.line(element), code != native else { continue }
            course.aliases.append(Code(scheme: scheme, code: code))
        }
        if let number = offer.form?.line("MEASURE_NUMBER", without: fillers) {
            course.codes.append(Code(scheme: "massnahmenummer", code: number))
        }
        // An Angebot that names another one is a variant of it.
        if !offer.isEvent, let group = offer.courseID, group != native {
            course.variantGroup = group
        }
        course.description = description(offer, &log)
        course.sections = sections(offer, &log)
        course.prerequisites = text(details?.first("REQUIREMENTS"), &log)
        course.keywords = keywords(details)
        course.subjects = subjects(offer.node)
        takeQualification(&course, offer, &log)
        takePeople(&course, [offer] + events)
        course.audiences = audiences(offer)
        course.funding = funding(offer)
        course.modes = modes(offer).delivery
        course.studyModes = modes(offer).study
        course.languages = languages(offer, &log)
        course.duration = studyPeriod(offer)
        let media = media(offer, &log)
        course.url = media.url
        course.image = media.image
        if let end = details?.first("ANNOUNCEMENT")?.first("END_DATE") {
            course.expires = statedDay(end.line(), at: end, field: "ANNOUNCEMENT", &log)
        }
        return course
    }

    private func kind(_ offer: OpenQCatService) -> CourseKind {
        if offer.node.line("COURSE_TYPE") == "2" { return .diplomaProgramme }
        let words = offer.form?.line("EDUCATION_TYPE")?.lowercased() ?? ""
        return OpenQCatWords.kind(words) ?? .course
    }

    private func text(_ node: XMLNode?, _ log: inout DiagnosticLog) -> LocalizedRichText {
        guard let node, node.isStated(without: fillers) else { return LocalizedRichText() }
        let text = readText(of: node, field: node.localName, into: &log)
        return LocalizedRichText([
            LocalizedRichText.Wording(language: node.languageTag ?? header.language, text: text)
        ])
    }

    private func description(
        _ service: OpenQCatService, _ log: inout DiagnosticLog
    ) -> LocalizedRichText {
        text(service.details?.first("DESCRIPTION_LONG"), &log)
    }

    /// The texts of a service on one theme each.
    private func sections(
        _ service: OpenQCatService, _ log: inout DiagnosticLog
    ) -> [TextSection] {
        var sections: [TextSection] = []
        func take(_ theme: String, _ nodes: [XMLNode], _ log: inout DiagnosticLog) {
            for node in nodes {
                sections.take(
                    theme, node, language: header.language, without: fillers, &log)
            }
        }
        for (theme, path) in OpenQCatWords.themes {
            take(theme, Self.nodes(service.details, path), &log)
        }
        for module in service.modules {
            take("scheduled hours", Array(module.all("INSTRUCTION_REMARKS")), &log)
            take("characteristics", Array(module.all("MARKETINGTEXT")), &log)
            take("instruction modes", Array(module.all("METHOD")), &log)
        }
        return sections
    }

    /// The elements at the end of a path of names.
    private static func nodes(_ root: XMLNode?, _ path: String) -> [XMLNode] {
        guard let root else { return [] }
        var found = [root]
        for name in path.split(separator: "/") {
            found = found.flatMap { Array($0.all(String(name))) }
        }
        return found
    }

    private func keywords(_ details: XMLNode?) -> LocalizedText {
        var keywords = LocalizedText()
        for node in details?.all("KEYWORD").map({ $0 }) ?? [] {
            guard let word = node.line(without: fillers) else { continue }
            keywords.append(word, language: node.languageTag ?? header.language)
        }
        return keywords
    }

    /// Entries of classifications: a group, or features of which each is a code with its name.
    private func subjects(_ node: XMLNode) -> [Code] {
        var codes: [Code] = []
        func add(_ scheme: String, _ code: String?, _ label: String?) {
            guard code != nil || label != nil else { return }
            let text = label.map { LocalizedText($0, language: header.language) }
            let entry = Code(scheme: scheme, code: code ?? "", label: text ?? LocalizedText())
            if !codes.contains(entry) { codes.append(entry) }
        }
        for classification in node.all("SERVICE_CLASSIFICATION") {
            let name = classification.line("REFERENCE_CLASSIFICATION_SYSTEM_NAME")
            let scheme = name.map(slug).flatMap(nonEmpty) ?? "classification"
            add(
                scheme, classification.line("REFERENCE_CLASSIFICATION_GROUP_ID"),
                classification.line("REFERENCE_CLASSIFICATION_GROUP_NAME"))
            for feature in classification.all("FEATURE") {
                add(scheme, feature.line("FNAME"), feature.line("FVALUE"))
            }
        }
        return codes
    }

    private func takeQualification(
        _ course: inout Course, _ offer: OpenQCatService, _ log: inout DiagnosticLog
    ) {
        if let study = offer.details?.first("STUDY_COURSE")?.first("DEGREE_INFO"),
            let element = study.first("UNIV_DEGREE"), let degree = element.line()
        {
            let level = OpenQCatWords.level(degree)
            if level.eqf == nil {
                log.add(
                    .note, .levelUnknown, at: element, field: "UNIV_DEGREE",
                    "The degree \(quoted(degree)) names no one level; it was kept as it stands. "
                        + "Name Bachelor or Master.")
            }
            course.level = level
            course.qualifications.append(
                Qualification(
                    kind: .degree, title: LocalizedText(degree, language: header.language)))
        }
        guard let degree = offer.education?.first("DEGREE") else { return }
        let title = degree.line("DEGREE_TITLE", without: fillers)
        let exam = degree.first("DEGREE_EXAM")
        let examiner = exam?.line("EXAMINER", without: fillers)
        guard title != nil || examiner != nil else { return }
        let words = [exam?.statedAttribute("type"), exam?.line("EXAM_TITLE"), title]
            .compactMap { $0?.lowercased() }
        course.qualifications.append(
            Qualification(
                kind: OpenQCatWords.qualification(words),
                title: title.map { LocalizedText($0, language: header.language) }
                    ?? LocalizedText(),
                awardedBy: examiner))
    }

    private func takePeople(_ course: inout Course, _ services: [OpenQCatService]) {
        for element in services.flatMap({ $0.details?.all("CONTACT").map { $0 } ?? [] }) {
            guard let contact = OpenQCatPlace.contact(element),
                !course.contacts.contains(contact)
            else { continue }
            course.contacts.append(contact)
        }
    }

    private func audiences(_ offer: OpenQCatService) -> Set<Audience> {
        var audiences: Set<Audience> = []
        func says(_ name: String) -> Bool {
            offer.form?.line(name).flatMap(parseBoolean) == true
        }
        if says("TRAINEE_SUITABLE") { audiences.insert(.student) }
        if says("EMPLOYEE_SUITABLE") { audiences.insert(.worker) }
        if says("INHOUSE_SEMINAR") { audiences.insert(.team) }
        // Type 3 is paid for with a voucher that only people who look for work get.
        if offer.node.line("COURSE_TYPE") == "3" { audiences.insert(.jobSeeker) }
        return audiences
    }

    private func funding(_ offer: OpenQCatService) -> [FundingScheme] {
        var schemes: [FundingScheme] = []
        for element in offer.form?.children.map({ $0 }) ?? []
        where ["FUNDING_TYPES_FEDERAL", "FUNDING_TYPES_REGIONAL"].contains(element.localName) {
            let isFederal = element.localName == "FUNDING_TYPES_FEDERAL"
            let known = element.statedAttribute("type").flatMap {
                isFederal ? OpenQCatWords.federalFunding[$0] : nil
            }
            guard let name = known ?? element.line(without: fillers).map(slug), !name.isEmpty,
                !schemes.contains(FundingScheme(name))
            else { continue }
            schemes.append(FundingScheme(name))
        }
        return schemes
    }

    /// The regular period of study, which is counted in semesters or trimesters.
    private func studyPeriod(_ offer: OpenQCatService) -> CourseDuration? {
        guard let study = offer.details?.first("STUDY_COURSE"),
            let count = study.line("REGULAR_STUDY_PERIOD").flatMap({ Int($0) })
        else { return nil }
        let isTrimester = study.line("REGULAR_STUDY_PERIOD_TYPE") == "trimester"
        let months = FixedDecimal(count * (isTrimester ? 4 : 6))
        return months.flatMap {
            CourseDuration(
                $0, .month, statedAs: "\(count) \(isTrimester ? "Trimester" : "Semester")")
        }
    }

    private func media(
        _ service: OpenQCatService, _ log: inout DiagnosticLog
    ) -> (url: String?, image: Image?) {
        var media = OpenQCatPlace.media(service.node.first("MIME_INFO"), &log)
        for holder in service.education?.all("MIME_INFO").map({ $0 }) ?? [] {
            let other = OpenQCatPlace.media(holder, &log)
            media.url = media.url ?? other.url
            media.image = media.image ?? other.image
        }
        return media
    }
}

extension OpenQCatMapping {
    // MARK: Offerings

    /// The offering that a service is; what it leaves empty it inherits from its Angebot.
    func offering(
        _ native: String, _ service: OpenQCatService, inheriting offer: OpenQCatService,
        _ course: Course, _ log: inout DiagnosticLog
    ) -> Offering {
        var offering = Offering(
            id: ID(course: course.id, native: native), nativeID: native, course: course.id,
            timing: timing(service, &log), provenance: provenance(service.node, log))
        let isOwn = service.node.position == offer.node.position
        offering.statedStart = service.details?.first("SERVICE_DATE")?
            .line("DATE_REMARKS", without: fillers)
        if offering.timing.start.date == nil { offering.statedStart = nil }
        if let closing = service.education?.first("REGISTRATION_DATE") {
            offering.enrolment = .stated(
                opens: nil,
                closes: statedDay(
                    closing.line(), at: closing, field: "REGISTRATION_DATE", &log),
                at: closing, field: "REGISTRATION_DATE", &log)
        }
        offering.places = places(service, &log)
        if offering.places.isEmpty, !isOwn { offering.places = places(offer, &log) }
        let taught = modes(service)
        offering.modes = taught.delivery
        offering.studyModes = taught.study
        offering.dayParts = taught.dayParts
        if taught.dayParts.isEmpty { offering.dayParts = modes(offer).dayParts }
        let online = taught.delivery.isEmpty ? course.modes : taught.delivery
        if online == [.online], !offering.places.contains(.online) {
            offering.places.append(.online)
        }
        offering.price = price(service, &log)
        if offering.price == nil, !isOwn { offering.price = price(offer, &log) }
        takeParticipants(&offering, service, &log)
        if !isOwn { takeParticipants(&offering, offer, &log) }
        offering.duration = learningTime(service) ?? learningTime(offer)
        guard !isOwn else { return offering }
        // What a Veranstaltung says beside its Angebot.
        offering.languages = languages(service, &log)
        if offering.languages == course.languages { offering.languages = [] }
        if let title = service.title, title != course.title.text() {
            offering.title = LocalizedText(title, language: header.language)
        }
        let description = description(service, &log)
        if description != course.description { offering.description = description }
        let page = media(service, &log).url
        offering.url = page == course.url ? nil : page
        offering.sections = sections(service, &log).filter { !course.sections.contains($0) }
        return offering
    }

    private func timing(_ service: OpenQCatService, _ log: inout DiagnosticLog) -> Timing {
        let dates = service.details?.first("SERVICE_DATE")
        let spans = [dates] + service.modules.map { $0.first("DURATION") }
        func first(_ name: String) -> XMLNode? {
            spans.lazy.compactMap { $0?.first(name) }.first { $0.line() != nil }
        }
        let begin = first("START_DATE")
        let end = first("END_DATE")
        let start: Start
        if let day = statedDay(begin?.line(), at: begin, field: "START_DATE", &log) {
            start = .on(day)
        } else if service.modules.contains(where: {
            $0.line("FLEXIBLE_START").flatMap(parseBoolean) == true
        }) {
            start = .rolling
        } else {
            start = .unstated(raw: dates?.line("DATE_REMARKS", without: fillers))
        }
        let last = statedDay(end?.line(), at: end, field: "END_DATE", &log)
        return Timing(start, end: last, at: end, field: "END_DATE", &log)
    }

    private func places(
        _ service: OpenQCatService, _ log: inout DiagnosticLog
    ) -> [TeachingPlace] {
        var places: [TeachingPlace] = []
        for module in service.modules {
            if let location = module.first("LOCATION"),
                let venue = OpenQCatPlace.venue(location, header.language, &log),
                !places.contains(.venue(venue))
            {
                places.append(.venue(venue))
            }
            if module.localName == "MODULE_WBT", !places.contains(.online) {
                places.append(.online)
            }
        }
        return places
    }

    private func takeParticipants(
        _ offering: inout Offering, _ service: OpenQCatService, _ log: inout DiagnosticLog
    ) {
        for module in service.modules {
            let least = module.first("MIN_PARTICIPANTS")
            let most = module.first("MAX_PARTICIPANTS")
            if offering.minimumParticipants == nil {
                offering.minimumParticipants = statedCount(
                    least?.line(), at: least, field: "MIN_PARTICIPANTS", &log)
            }
            if offering.capacity == nil {
                offering.capacity = statedCount(
                    most?.line(), at: most, field: "MAX_PARTICIPANTS", &log)
            }
        }
    }

    private func learningTime(_ service: OpenQCatService) -> CourseDuration? {
        service.modules.lazy.compactMap { $0.line("EST_DURATION") }.first
            .flatMap { parseDuration(iso: $0) }
    }

    private func languages(
        _ service: OpenQCatService, _ log: inout DiagnosticLog
    ) -> [LanguageShare] {
        let stated = service.form?.all("TEACHING_LANGUAGES").map { $0 } ?? []
        let older = service.education?.all("LANGUAGE").map { $0 } ?? []
        return statedLanguages(
            stated.isEmpty ? older : stated, without: fillers, form: "ISO 639-2, such as deu", &log)
    }

    private func modes(_ service: OpenQCatService) -> OpenQCatModes {
        var modes = OpenQCatModes()
        for name in [
            "INSTRUCTION_FORM", "INSTRUCTION_FORM_NAME", "INSTRUCTION_TIME",
            "EXECUTION_FORM",
        ] {
            guard let element = service.form?.first(name) else { continue }
            modes.take(name, code: element.statedAttribute("type"), words: element.line())
        }
        if service.form?.line("EXTRA_OCCUPATIONAL").flatMap(parseBoolean) == true {
            modes.study.insert(.partTime)
        }
        for module in service.modules where modes.delivery.isEmpty {
            if module.localName == "MODULE_WBT" { modes.delivery = [.online] }
            if module.localName == "MODULE_CBT" { modes.delivery = [.distance] }
        }
        return modes
    }

    /// The total; the schema's field for tax is marked as not used.
    private func price(_ service: OpenQCatService, _ log: inout DiagnosticLog) -> Price? {
        guard let details = service.node.first("SERVICE_PRICE_DETAILS"),
            let holder = details.first("SERVICE_PRICE"),
            let element = holder.first("PRICE_AMOUNT"), let text = element.line()
        else { return nil }
        guard let amount = statedAmount(text, at: element, field: "PRICE_AMOUNT", &log) else {
            return nil
        }
        let named = holder.line("PRICE_CURRENCY").flatMap { Currency($0) }
        guard let currency = named ?? header.currency ?? currency else {
            log.add(
                .warning, .priceWithoutCurrency, at: element, field: "PRICE_CURRENCY",
                "The price \(quoted(text)) names no currency; it was left out. "
                    + "Add PRICE_CURRENCY.")
            return nil
        }
        return Price(
            total: Money(amount, currency), statedAs: details.line("REMARKS", without: fillers))
    }
}
