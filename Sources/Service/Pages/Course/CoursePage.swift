import Answers
import CourseModel
import Feeds
import HTTPTypes
import Hummingbird
import Partnership
import Quality
import SearchIndex
import Skills
import Storage

/// The page of one course: what it is, when and where, what you learn, and who says so.
struct CoursePage {
    private let frame: PageFrame
    private let call: Call
    private let language: AnswerLanguage
    private let wording: Wording
    private let facts: CourseFacts

    init(_ frame: PageFrame) {
        self.frame = frame
        call = frame.call
        language = frame.language
        wording = frame.wording
        facts = CourseFacts(language: frame.language)
    }

    /// What the store says of a course, taken in one piece.
    private struct Known {
        var stored: StoredRecord
        /// The sources that filled up what its own does not say.
        var otherSources: [ID<Source>]
        var provider: Provider?
        var sightings: Sightings?
        var diagnostics: [Diagnostic]
        /// What it has to do with joint modules.
        var joint: JointAnswer?
        /// Who says what each field says.
        var origins: CourseOrigins?
    }

    /// The page.
    ///
    /// - Throws: A ``Problem`` when no course has this id; ``StoreError``.
    func response() throws -> Response {
        let catalogue = try call.catalogue
        let id = ID<Course>(call.parameters["id"] ?? "")
        let known = try catalogue.store.snapshot { snapshot in
            let all = try catalogue.shown(in: snapshot)
            return try all.course(id, in: snapshot).map { shown in
                Known(
                    stored: shown.stored, otherSources: shown.otherSources,
                    provider: try all.provider(
                        shown.stored.record.course.provider, in: snapshot)?.provider,
                    sightings: try snapshot.sightings(of: id),
                    diagnostics: try snapshot.diagnostics(of: id),
                    joint: try catalogue.joint().flatMap {
                        try JointAnswer(
                            of: id, $0, in: snapshot, all, catalogue.workspace.configuration,
                            language: language)
                    },
                    origins: try CourseOrigins(
                        of: id, in: snapshot,
                        .init(
                            shown: all, configuration: catalogue.workspace.configuration,
                            skills: catalogue.skills, index: catalogue.index,
                            withOfferings: false)))
            }
        }
        guard let known else {
            throw Problem(
                .notFound,
                language(
                    nl: "Er is geen cursus met dit adres. Misschien is hij verlopen.",
                    en: "There is no course at this address. Perhaps it has expired."))
        }
        let course = known.stored.record.course
        let title = text(course.title) ?? course.nativeID
        let summary = text(course.summary)
        return try frame.respond(
            "course", title: title, description: summary ?? title,
            try fields(known, catalogue))
    }

    private func text(_ text: LocalizedText) -> String? { text.text(in: language.preferences) }

    private func rich(_ text: LocalizedRichText) -> RichText? {
        text.text(in: language.preferences)
    }

    /// Many feeds repeat the first sentence of the description as the summary.
    private func showsSummary(_ course: Course) -> Bool {
        guard let summary = text(course.summary) else { return false }
        return !(rich(course.description)?.plainText.hasPrefix(summary) ?? false)
    }

    private func fields(_ known: Known, _ catalogue: OpenCatalogue) throws -> Fields {
        let course = known.stored.record.course
        let offerings = known.stored.record.offerings
            .filter { !$0.isPast(on: call.today, of: course) }
            .sorted { first, second in
                switch (first.timing.start.date, second.timing.start.date) {
                case (let one?, let two?): one < two
                case (nil, _?): true
                default: false
                }
            }
        let times = offerings.map { time($0, of: course) }
        let provider = known.provider.flatMap { text($0.name) } ?? course.provider.value
        let source = course.provenance.source
        let partner = catalogue.workspace.configuration.partner(of: source)
        let others = known.otherSources.map { source -> String in
            catalogue.workspace.configuration.partner(of: source)?.name ?? source.value
        }
        let skills = try skillLinks(course, catalogue)
        let count = times.count
        let costs = try CostFacts(frame: frame, catalogue: catalogue).list(known.stored.record)
        let (linksTitle, links) = try links(course, catalogue)
        var fields: Fields = [
            "linksTitle": linksTitle,
            "kind": wording.kind(course.kind), "provider": provider,
            "compareURL": frame.path(.compare) + "?id=" + percentEncoded(course.id.value),
            "facts": (facts.list(course, offerings) + costs).map(\.fields),
            "hasTimes": count > 0,
            "timesTitle": language(nl: "Wanneer en waar", en: "When and where"),
            "times": Array(times.prefix(Self.shown)), "hasMoreTimes": count > Self.shown,
            "moreTimes": Array(times.dropFirst(Self.shown)),
            "moreTimesTitle": language(
                nl: "Nog \(count - Self.shown) momenten", en: "\(count - Self.shown) more times"),
            "hasDescription": rich(course.description) != nil || !showsSummary(course),
            "descriptionHTML":
                (rich(course.description) ?? RichText(plain: text(course.summary) ?? "")).html,
            "sections": sections(course), "hasSections": !sections(course).isEmpty,
            "skills": skills, "hasSkills": !skills.isEmpty,
            "contacts": contacts(course), "hasContacts": !course.contacts.isEmpty,
            "sourceText": sourceText(partner, provider, course, known.origins)
                + filledText(others) + ownersText(known.origins, catalogue),
            "corrections": corrections(known.origins, catalogue),
            "hasCorrections": !corrections(known.origins, catalogue).isEmpty,
            "fieldOrigins": fieldOrigins(known.origins, catalogue),
            "reportURL": frame.path(.report(course.id.value)),
            "origin": origin(known), "remarks": remarks(known.diagnostics),
            "hasRemarks": !known.diagnostics.isEmpty,
            "links": links, "hasLinks": !links.isEmpty,
            "structuredData": try structuredData(known, catalogue),
        ]
        add(known.joint, to: &fields)
        if showsSummary(course), let summary = text(course.summary) { fields["summary"] = summary }
        if let partner { fields["providerURL"] = frame.path(.partner(partner.id.value)) }
        if let url = course.url, Self.isWeb(url) { fields["url"] = url }
        if known.stored.state != .present {
            fields["state"] = language(nl: "niet meer aangeboden", en: "no longer offered")
        }
        return fields
    }

    /// How many moments stand on the page before the rest is folded away.
    private static let shown = 4

    /// Only addresses of the web become links: a feed may hold anything.
    static func isWeb(_ url: String) -> Bool {
        url.lowercased().hasPrefix("https://") || url.lowercased().hasPrefix("http://")
    }

    // MARK: When and where

    private func time(_ offering: Offering, of course: Course) -> Fields {
        let start = wording.start(offering.timing.start)
        var fields: Fields = [
            "startText": start, "shortStart": frame.shortStart(offering.timing.start),
            "place": wording.place(of: offering),
            "price": offering.price == nil
                ? language(nl: "prijs onbekend", en: "price not known")
                : wording.price(offering.price?.total, includesVAT: offering.price?.includesVAT),
        ]
        if let day = offering.timing.start.date {
            let words = wording.date(day).split(separator: " ")
            fields["day"] = String(words[0])
            fields["month"] = String(words[1])
            fields["year"] = String(words[2])
            fields["iso"] = day.iso
            fields["calendarURL"] =
                "/v1/offerings/" + percentEncoded(offering.id.value) + "?format=ics"
            if let end = offering.timing.end, end != day {
                fields["period"] = language(
                    nl: "tot en met \(wording.date(end))", en: "until \(wording.date(end))")
            }
        }
        if let venue = offering.places.lazy.compactMap(\.venue).first {
            let parts = [text(venue.name), venue.address.street, venue.address.postcode]
                .compactMap { $0 }.filter { $0 != fields["place"] as? String }
            if !parts.isEmpty { fields["address"] = parts.joined(separator: ", ") }
        }
        let schedule = schedule(offering)
        if !schedule.isEmpty { fields["schedule"] = schedule }
        let modes = offering.modes.isEmpty ? course.modes : offering.modes
        if !modes.isEmpty {
            fields["mode"] = DeliveryMode.allCases.filter { modes.contains($0) }
                .map(wording.mode).joined(separator: ", ")
        }
        if let status = wording.status(offering.status) {
            fields["status"] = status
        } else if let left = offering.placesLeft {
            fields["status"] = language(
                nl: left == 1 ? "nog 1 plek" : "nog \(left) plekken",
                en: left == 1 ? "1 place left" : "\(left) places left")
        }
        if let url = offering.applyURL ?? offering.url, Self.isWeb(url) { fields["applyURL"] = url }
        return fields
    }

    private func schedule(_ offering: Offering) -> String {
        var parts: [String] = []
        let days = DayPart.allCases.filter { offering.dayParts.contains($0) }
        parts += days.map { part in
            switch part {
            case .morning: language(nl: "’s ochtends", en: "in the morning")
            case .afternoon: language(nl: "’s middags", en: "in the afternoon")
            case .daytime: language(nl: "overdag", en: "in the daytime")
            case .evening: language(nl: "’s avonds", en: "in the evening")
            case .night: language(nl: "’s nachts", en: "at night")
            case .weekend: language(nl: "in het weekend", en: "at the weekend")
            }
        }
        if let hours = offering.hoursPerWeek {
            parts.append(
                language(
                    nl: "\(facts.number(hours)) uur per week",
                    en: "\(facts.number(hours)) hours a week"))
        }
        if offering.sessions.count > 1 {
            parts.append(
                language(
                    nl: "\(offering.sessions.count) bijeenkomsten",
                    en: "\(offering.sessions.count) meetings"))
        }
        return parts.joined(separator: ", ")
    }

    // MARK: What and who

    private func sections(_ course: Course) -> [Fields] {
        var sections: [Fields] = course.sections.compactMap { section in
            guard let html = rich(section.text)?.html, !html.isEmpty else { return nil }
            return ["heading": text(section.heading) ?? section.theme, "html": html]
        }
        if let needed = rich(course.prerequisites), !needed.isEmpty,
            !course.sections.contains(where: { rich($0.text) == needed })
        {
            sections.append([
                "heading": language(nl: "Wat je vooraf nodig hebt", en: "What you need before"),
                "html": needed.html,
            ])
        }
        return sections
    }

    private func skillLinks(_ course: Course, _ catalogue: OpenCatalogue) throws -> [Fields] {
        guard let number = try catalogue.index.number(of: course.id) else { return [] }
        return try catalogue.index.skills(ofCourse: number).sorted { $0.weight > $1.weight }.map {
            let id = try catalogue.index.skillID($0.skill)
            let label =
                catalogue.skills.number(of: ID<Skill>(id)).map {
                    catalogue.skills.skillLabel($0, in: language.tag)
                } ?? id
            return [
                "label": label,
                "href": SearchQuestion(path: frame.path(.search)).setting("skill", id).address(),
            ]
        }
    }

    /// Whose joint module it is and what it is made of, or which ones it is a part of.
    private func add(_ joint: JointAnswer?, to fields: inout Fields) {
        guard let joint else { return }
        func rows(_ entries: [JointAnswer.Entry]) -> [Fields] {
            entries.map { entry in
                var row: Fields = [
                    "title": entry.title, "href": frame.path(.course(entry.course)),
                ]
                if let provider = entry.provider.value { row["facts"] = provider }
                return row
            }
        }
        fields["parts"] = rows(joint.parts)
        fields["hasParts"] = !joint.parts.isEmpty
        fields["partOf"] = rows(joint.partOf)
        fields["hasPartOf"] = !joint.partOf.isEmpty
        fields["owners"] = joint.owners.map {
            ["name": $0.name, "href": frame.path(.partner($0.id))]
        }
        if !joint.parts.isEmpty {
            fields["sourceText"] = language(
                nl:
                    "De partners leveren de gegevens van hun onderdelen aan; samen spraken zij af dat "
                    + "dit één cursus is.",
                en: "The partners supply the information of their parts; together they agreed that "
                    + "this is one course.")
        }
    }

    /// The modules that prepare for this place, or the places that it prepares for.
    private func links(
        _ course: Course, _ catalogue: OpenCatalogue
    ) throws -> (title: String, rows: [Fields]) {
        guard let number = try catalogue.index.number(of: course.id) else { return ("", []) }
        let answer = try PreparationAnswer(
            of: number, in: catalogue.index, skills: catalogue.skills, today: call.today,
            language: language, limit: 6)
        guard let heading = answer.heading(language) else { return ("", []) }
        return (
            heading,
            answer.courses.map {
                [
                    "title": $0.title, "href": frame.path(.course($0.course)),
                    "facts": answer.facts($0, language),
                ]
            }
        )
    }

    private func contacts(_ course: Course) -> [Fields] {
        course.contacts.map { contact in
            var fields: Fields = ["name": contact.name ?? contact.role ?? ""]
            if let email = contact.email { fields["email"] = email }
            if let telephone = contact.telephone { fields["telephone"] = telephone }
            return fields
        }
    }

    private func sourceText(
        _ partner: Partner?, _ provider: String, _ course: Course, _ origins: CourseOrigins?
    ) -> String {
        let name = partner?.name ?? course.provenance.source.value
        let isCorrected =
            origins?.fields.contains { $0.kind == .curated && $0.field != "owners" } ?? false
        let unchanged =
            isCorrected
            ? language(
                nl: "Partners hebben er iets in verbeterd; dat staat hieronder.",
                en: "Partners corrected something in it, which is told below.")
            : language(nl: "Wij veranderen er niets aan.", en: "We change nothing in it.")
        return
            (name == provider
            ? language(
                nl: "\(provider) levert deze gegevens zelf aan. ",
                en: "\(provider) supplies this information itself. ")
            : language(
                nl: "\(name) levert deze gegevens aan over \(provider). ",
                en: "\(name) supplies this information about \(provider). ")) + unchanged
    }

    /// The partners who own the course together, as a sentence; nothing when there is only one.
    private func ownersText(_ origins: CourseOrigins?, _ catalogue: OpenCatalogue) -> String {
        guard let owners = origins?.owners, owners.count > 1 else { return "" }
        let names = owners.map { name(of: $0.value, catalogue) }
        let all =
            names.dropLast().joined(separator: ", ")
            + language(nl: " en ", en: " and ") + (names.last ?? "")
        return language(
            nl: " Deze cursus is van \(all) samen.", en: " \(all) own this course together.")
    }

    private func name(of partner: String, _ catalogue: OpenCatalogue) -> String {
        catalogue.workspace.configuration.partners.first { $0.id.value == partner }?.name ?? partner
    }

    /// What partners corrected: the field, what it says, what the feed says, who and why.
    private func corrections(
        _ origins: CourseOrigins?, _ catalogue: OpenCatalogue
    ) -> [Fields] {
        (origins?.fields ?? []).compactMap { origin in
            // Who owns it is told in a sentence of its own.
            guard origin.field != "owners", let correction = origin.correction.value else {
                return nil
            }
            let feed = correction.feedSays.joined(separator: ", ")
            let instead =
                feed.isEmpty
                ? language(nl: "de aanbieder zegt niets", en: "the provider says nothing")
                : language(nl: "de aanbieder zegt: “\(feed)”", en: "the provider says: “\(feed)”")
            return [
                "field": FieldNames.name(of: origin.field, language), "value": words(of: origin),
                "instead": instead,
                "partner": name(of: correction.partner, catalogue), "reason": correction.reason,
            ]
        }
    }

    /// What a corrected field says, in the words of the page where the model has words of its own.
    private func words(of origin: FieldOrigin) -> String {
        let parts = origin.value.split(separator: ", ").map { String($0) }
        let known: [String?] = parts.map { part in
            switch origin.field {
            case "audiences":
                Audience(rawValue: part).map(FilterWording(language: language).audience)
            case "modes": DeliveryMode(rawValue: part).map(wording.mode)
            case "kind": CourseKind(rawValue: part).map(wording.kind)
            case "status": OfferingStatus(rawValue: part).flatMap(wording.status)
            default: nil
            }
        }
        return zip(known, parts).map { $0 ?? $1 }.joined(separator: ", ")
    }

    /// Who says what each field of the course itself says.
    private func fieldOrigins(
        _ origins: CourseOrigins?, _ catalogue: OpenCatalogue
    ) -> [Fields] {
        (origins?.fields ?? []).compactMap { origin in
            guard origin.offering.value == nil, !origin.field.hasPrefix("provider") else {
                return nil
            }
            var who = origin.kind.wording(language)
            if let partner = origin.partner.value { who += ", \(name(of: partner, catalogue))" }
            if let since = origin.since.value {
                who += language(nl: ", sinds ", en: ", since ") + since.prefix(10)
            }
            let field = FieldNames.name(of: origin.field, language)
            return [
                "field": origin.kind == .inferred ? "\(field): \(origin.value)" : field, "who": who,
            ]
        }
    }

    /// Who else filled up what the course's own source does not say, as a sentence after the first.
    private func filledText(_ names: [String]) -> String {
        guard !names.isEmpty else { return "" }
        let names = names.joined(separator: ", ")
        return language(
            nl: " Wat hierin ontbrak, is aangevuld met gegevens van \(names).",
            en: " What was missing in it was filled in with information from \(names).")
    }

    private func origin(_ known: Known) -> [Fields] {
        let course = known.stored.record.course
        var rows: [(String, String?)] = [
            (language(nl: "Bron", en: "Source"), course.provenance.source.value),
            (language(nl: "Formaat", en: "Format"), course.provenance.format),
            (
                language(nl: "Nummer bij de bron", en: "Number at the source"), course.nativeID
            ),
            (
                language(nl: "Laatst gewijzigd door de bron", en: "Last edited by the source"),
                course.provenance.lastEdited.map { String($0.prefix(10)) }
            ),
        ]
        if let sightings = known.sightings {
            rows.append(
                (
                    language(nl: "Eerst gezien", en: "First seen"),
                    String(sightings.first.startedAt.iso.prefix(10))
                ))
            rows.append(
                (
                    language(nl: "Laatst gezien", en: "Last seen"),
                    String(sightings.last.startedAt.iso.prefix(10))
                ))
        }
        return rows.compactMap { label, value in value.map { ["label": label, "value": $0] } }
    }

    /// What was noticed, once for each kind, in the reader's language.
    private func remarks(_ diagnostics: [Diagnostic]) -> [Fields] {
        var codes: [DiagnosticCode] = []
        for diagnostic in diagnostics where !codes.contains(diagnostic.code) {
            codes.append(diagnostic.code)
        }
        return codes.map { code in
            let known = DiagnosticCatalogue.explanation(of: code)
            return [
                "text": known.map { language(nl: $0.title.dutch, en: $0.title.english) }
                    ?? code.name
            ]
        }
    }

    /// The course for machines, as a data block: browsers run no script of this type, so that the
    /// policy against scripts in the page lets it be.
    private func structuredData(_ known: Known, _ catalogue: OpenCatalogue) throws -> String {
        let context = FeedContext(
            title: catalogue.name(in: language), generated: call.today.iso + "T00:00:00Z",
            language: language.tag, base: call.base)
        let writer = try SchemaOrgWriter(to: .memory, context: context)
        if let provider = known.provider { try writer.write(provider) }
        try writer.write(known.stored.record)
        guard let bytes = try writer.finish().bytes else { return "" }
        // Within a script element nothing may look like its end or like a comment.
        var json = ""
        for scalar in String(decoding: bytes, as: UTF8.self).unicodeScalars {
            switch scalar {
            case "<": json += "\\u003c"
            case ">": json += "\\u003e"
            case "&": json += "\\u0026"
            default: json.unicodeScalars.append(scalar)
            }
        }
        return "<script type=\"application/ld+json\">" + json + "</script>"
    }
}
