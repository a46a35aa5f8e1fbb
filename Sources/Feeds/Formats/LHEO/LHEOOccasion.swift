import CourseModel
import XMLStream

/// A session with its action: one occasion on which a formation can be taken.
struct LHEOOccasion {
    /// How it is given; absent for a session that stands outside an action.
    let action: XMLNode?
    /// When; absent for an action that lists no session.
    let session: XMLNode?

    /// The element that it is told by.
    var node: XMLNode {
        // One of the two is always there.
        session ?? action!
    }

    /// The id made of action and start where the session has none.
    var derivedNumber: String {
        var parts: [String] = []
        if let number = action?.statedAttribute("numero") { parts.append(number) }
        if let start = session?.first("periode")?.line("debut") { parts.append(start) }
        if parts.isEmpty,
            let town = action?.first("lieu-de-formation")?.descendants("ville").first?
                .line()
        {
            parts.append(town)
        }
        return parts.isEmpty ? "session" : parts.joined(separator: "/")
    }

    /// The offering.
    func offering(_ native: String, of course: Course, _ log: inout DiagnosticLog) -> Offering {
        var offering = Offering(
            id: ID(course: course.id, native: native), nativeID: native, course: course.id,
            timing: timing(&log),
            provenance: Provenance(
                source: course.provenance.source, format: LHEO.name, file: log.file,
                position: SourcePosition(node.position),
                lastEdited: node.statedAttribute("horodatage-modification")
                    ?? node.statedAttribute("datemaj")))
        offering.enrolment = enrolment(&log)
        offering.duration = duration(&log)
        takeModes(&offering, &log)
        offering.places = places(&log)
        offering.languages = statedLanguages(
            action?.all("langue-formation").map { $0 } ?? [], form: "ISO 639-1, such as fr", &log)
        offering.price = LHEOPrice.price(action, &log)
        takeNumbers(&offering, &log)
        offering.status = status(&log)
        takeSections(&offering, &log)
        let page =
            LHEOPlace.url(session?.first("url-session"), &log)
            ?? LHEOPlace.url(action?.first("url-action"), &log)
        offering.url = page == course.url ? nil : page
        return offering
    }

    // MARK: When

    private func timing(_ log: inout DiagnosticLog) -> Timing {
        let period = session?.first("periode")
        let begins = Self.day(period?.first("debut"), &log)
        let ends = Self.day(period?.first("fin"), &log)
        let start: Start
        if let begins {
            start = .on(begins)
        } else if action?.line("modalites-entrees-sorties") == "1" {
            // Permanent entries: one can start at any moment.
            start = .rolling
        } else {
            start = .unstated(raw: nil)
        }
        return Timing(start, end: ends, at: period?.first("fin"), field: "fin", &log)
    }

    private func enrolment(_ log: inout DiagnosticLog) -> EnrolmentWindow? {
        guard let window = session?.first("periode-inscription") else { return nil }
        let period = window.first("periode") ?? window
        return .stated(
            opens: Self.day(period.first("debut"), &log),
            closes: Self.day(period.first("fin"), &log), at: period.first("fin"),
            field: "periode-inscription", &log)
    }

    /// A day as eight digits.
    ///
    /// The pattern of the schema lets 00000000 through for a day that is not known and 99999999 for
    /// an end that is open; neither is a fault.
    static func day(_ node: XMLNode?, _ log: inout DiagnosticLog) -> CalendarDate? {
        guard let text = node?.line(without: LHEOWords.fillers) else { return nil }
        if text.utf8.count == 8, Set(text.utf8).count == 1 { return nil }
        return statedDay(text, at: node, field: node?.localName ?? "", form: "YYYYMMDD", &log)
    }

    private func duration(_ log: inout DiagnosticLog) -> CourseDuration? {
        guard let element = action?.first("duree-indicative"),
            let text = element.line(without: LHEOWords.fillers)
        else { return nil }
        if let duration = parseDuration(text, units: LHEOWords.durationUnits) { return duration }
        log.add(
            .note, .durationUnreadable, at: element, field: element.localName,
            "duree-indicative \(quoted(text)) cannot be read; it was left out. "
                + "Write a number and a unit, such as “10 semaines”.")
        return nil
    }

    // MARK: How

    private func takeModes(_ offering: inout Offering, _ log: inout DiagnosticLog) {
        if let element = action?.first("modalites-enseignement"), let code = element.line() {
            if let mode = LHEOWords.deliveryModes[code] {
                offering.modes = [mode]
            } else {
                log.add(
                    .note, .codeUnknown, at: element, field: element.localName,
                    "modalites-enseignement \(quoted(code)) is not in LHEO's list; it was left "
                        + "out. Use 0, 1 or 2.")
            }
        }
        let rhythm = action?.line("rythme-formation")?.lowercased() ?? ""
        offering.studyModes = LHEOWords.studyModes(rhythm)
        offering.dayParts = LHEOWords.dayParts(rhythm)
        let contract = session?.descendants("type-alternance").isEmpty == false
        let alternation = action?.line("modalites-alternance", without: LHEOWords.fillers)
        if contract || alternation.map(LHEOWords.namesContract) == true {
            offering.studyModes.insert(.dual)
        }
    }

    private func places(_ log: inout DiagnosticLog) -> [TeachingPlace] {
        var places: [TeachingPlace] = []
        for holder in action?.all("lieu-de-formation").map({ $0 }) ?? [] {
            guard let venue = LHEOPlace.venue(holder, &log) else { continue }
            let place = TeachingPlace.venue(venue)
            if !places.contains(place) { places.append(place) }
        }
        return places
    }

    private func takeNumbers(_ offering: inout Offering, _ log: inout DiagnosticLog) {
        let cycle = session?.first("cycle")
        let recruitment = session?.first("recrutement")
        let minimum = cycle?.first("effectif-minimal")
        offering.minimumParticipants = statedCount(
            minimum?.line(), at: minimum, field: "effectif-minimal", &log)
        let capacity = recruitment?.first("nb-places") ?? cycle?.first("capacite-simultanee")
        offering.capacity = statedCount(
            capacity?.line(), at: capacity, field: capacity?.localName ?? "", &log)
    }

    private func status(_ log: inout DiagnosticLog) -> OfferingStatus {
        if Self.isExpired(action) || Self.isExpired(session) { return .closed }
        guard let element = session?.first("etat-recrutement"), let code = element.line() else {
            return .unstated
        }
        if let status = LHEOWords.statuses[code] { return status }
        log.add(
            .note, .codeUnknown, at: element, field: element.localName,
            "etat-recrutement \(quoted(code)) is not in LHEO's list; it was left out. "
                + "Use 1, 2 or 3.")
        return .unstated
    }

    /// `extra info="action-perimee"` with 1: a convention of the regional observatories.
    private static func isExpired(_ node: XMLNode?) -> Bool {
        for extras in node?.all("extras").map({ $0 }) ?? [] {
            for extra in [extras] + Array(extras.all("extra"))
            where extra.attribute("info") == "action-perimee" && extra.line() == "1" {
                return true
            }
        }
        return false
    }

    private func takeSections(_ offering: inout Offering, _ log: inout DiagnosticLog) {
        for (element, theme) in LHEOWords.actionThemes {
            offering.sections.take(
                theme, action?.first(element), without: LHEOWords.fillers, &log)
        }
        offering.sections.take(
            "application", session?.first("modalites-inscription"), without: LHEOWords.fillers,
            &log)
        for teaching in action?.all("enseignement").map({ $0 }) ?? [] {
            guard let name = teaching.line("libelle-enseignement") else { continue }
            offering.sections.add("course schedule", RichText(plain: name), language: nil)
        }
    }

    // MARK: What an action says of the course

    /// Hours in all and in the centre; the schema has whole numbers, feeds decimals as well.
    static func studyLoad(_ action: XMLNode, _ log: inout DiagnosticLog) -> StudyLoad {
        func hours(_ name: String, _ log: inout DiagnosticLog) -> FixedDecimal? {
            guard let element = action.first(name),
                let text = element.line(without: LHEOWords.fillers)
            else { return nil }
            if let value = parseAmount(text) { return value > .zero ? value : nil }
            log.add(
                .note, .numberUnreadable, at: element, field: name,
                "\(name) is \(quoted(text)), no number; it was left out. Give the number of hours.")
            return nil
        }
        return StudyLoad(
            hours: hours("nombre-heures-total", &log),
            contactHours: hours("nombre-heures-centre", &log))
    }

    /// Who pays, as far as LHEO's list names a scheme.
    static func funding(_ action: XMLNode) -> [FundingScheme] {
        action.all("organisme-financeur").compactMap { payer in
            payer.line("code-financeur").flatMap { LHEOWords.funders[$0] }
        }
    }
}
