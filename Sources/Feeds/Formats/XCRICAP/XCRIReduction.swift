import CourseModel

/// What XCRI-CAP 1.2 makes of a record: what it drops, moves and cannot tell apart.
enum XCRIReduction {
    /// The offering with what it takes from its course: XCRI-CAP has these fields on presentations
    /// only.
    static func completed(_ offering: Offering, from course: Course) -> Offering {
        var offering = offering
        (offering.modes, offering.studyModes, offering.languages, offering.duration) =
            completing(offering, from: course)
        return offering
    }

    /// The fields that an offering takes from its course where it has none.
    static func completing(
        _ offering: Offering, from course: Course
    ) -> (
        modes: Set<DeliveryMode>, studyModes: Set<StudyMode>, languages: [LanguageShare],
        duration: CourseDuration?
    ) {
        (
            offering.modes.isEmpty ? course.modes : offering.modes,
            offering.studyModes.isEmpty ? course.studyModes : offering.studyModes,
            offering.languages.isEmpty ? course.languages : offering.languages,
            offering.duration ?? course.duration
        )
    }

    /// The level of the course, which is that of a qualification where it states none, and those of
    /// its qualifications where they differ from it.
    static func levels(_ course: Course) -> (course: Level?, qualifications: [Level?]) {
        let level = course.level ?? course.qualifications.lazy.compactMap(\.level).first
        return (level, course.qualifications.map { $0.level == level ? nil : $0.level })
    }

    /// The text of `mlo:start`: the feed's own, unless it would be read as another start.
    static func startText(_ offering: Offering) -> String {
        let stated = offering.statedStart
        switch offering.timing.start {
        case .on(let date):
            guard let stated else { return date.iso }
            let read = parseDate(stated)
            let agrees = read == nil || read?.date == date || read?.precision != .day
            return agrees ? stated : date.iso
        case .rolling:
            return stated.flatMap { XCRIStart.start($0) == .rolling ? $0 : nil }
                ?? XCRIStart.rollingText
        case .onRequest:
            return stated.flatMap { XCRIStart.start($0) == .onRequest ? $0 : nil }
                ?? XCRIStart.onRequestText
        case .unstated(let raw): return raw ?? ""
        }
    }

    static func course(_ course: Course) -> Course {
        var reduced = course
        reduced.title = course.title.folded
        reduced.summary = course.summary.folded
        reduced.description = course.description.mergedByLanguage
        reduced.prerequisites = course.prerequisites.mergedByLanguage
        reduced.sections = sections(course.sections)
        reduced.modes = []
        reduced.studyModes = []
        reduced.languages = []
        reduced.duration = nil
        let names = identities(course.aliases + course.codes, own: course.nativeID)
        reduced.aliases = names.filter { !XCRICodes.isRegister($0.scheme) }
        reduced.codes = names.filter { XCRICodes.isRegister($0.scheme) }
        let subjects = self.subjects(course)
        reduced.subjects = subjects.subjects
        reduced.keywords = subjects.keywords
        reduced.skills = subjects.skills
        let (level, levels) = self.levels(course)
        reduced.level = level
        reduced.qualifications = zip(course.qualifications, levels).map { qualification, level in
            var own = qualification
            own.title = own.title.folded
            own.codes = identities(own.codes, own: nil)
            own.level = level
            own.url = own.url.flatMap(cleanURL)
            return own
        }
        reduced.url = course.url.flatMap(cleanURL)
        reduced.image = image(course.image)
        reduced.contacts = course.contacts.filter { $0 != Contact() }
        reduced.provenance = provenance(course.provenance)
        return reduced
    }

    static func offering(_ offering: Offering, of course: Course, reduced: Course) -> Offering {
        var own = completed(offering, from: course)
        own.title = own.title.folded
        if own.title == reduced.title { own.title = LocalizedText() }
        own.timing = Timing(start: own.timing.start, end: own.timing.end) ?? own.timing
        own.statedStart = statedStart(own)
        own.languages = own.languages.map { LanguageShare($0.language) }
        own.description = own.description.mergedByLanguage
        if own.description == reduced.description { own.description = LocalizedRichText() }
        own.sections = sections(own.sections).filter { !reduced.sections.contains($0) }
        own.sessions = own.sessions.compactMap { XCRISession.session(XCRISession.text($0)) }
        own.url = own.url.flatMap(cleanURL)
        if own.url == reduced.url { own.url = nil }
        own.applyURL = own.applyURL.flatMap(cleanURL)
        own.price = own.price.map { price in
            let text = XCRIPrice.text(price)
            return Price(
                total: price.total, vat: price.vat,
                statedAs: text == price.statedAs ? text : nil)
        }
        own.provenance = provenance(own.provenance)
        return own
    }

    static func provider(_ provider: Provider) -> Provider {
        var own = provider
        own.name = own.name.folded
        own.description = own.description.mergedByLanguage
        own.url = own.url.flatMap(cleanURL)
        own.image = image(own.image)
        own.codes = identities(own.codes, own: own.nativeID)
        own.contacts = own.contacts.filter { $0 != Contact() }
        own.location = own.location.flatMap { venue in
            let place = Venue(address: venue.address, coordinates: venue.coordinates)
            return place == Venue() ? nil : place
        }
        own.provenance = provenance(own.provenance)
        return own
    }

    private static func statedStart(_ offering: Offering) -> String? {
        let text = startText(offering)
        switch offering.timing.start {
        case .on(let date):
            guard text == offering.statedStart else { return nil }
            guard let read = parseDate(text), read.precision == .day, read.date == date else {
                return text
            }
            return text.utf8.contains(58) && !text.contains("T00:00") ? text : nil
        case .rolling: return text == XCRIStart.rollingText ? nil : text
        case .onRequest: return text == XCRIStart.onRequestText ? nil : text
        case .unstated: return nil
        }
    }

    private static func sections(_ sections: [TextSection]) -> [TextSection] {
        var result = XCRISections()
        for rank in 0...XCRITheme.elements.count {
            for section in sections where XCRITheme.rank(section.theme) == rank {
                for wording in section.text.wordings {
                    let heading = section.heading.wordings.first {
                        $0.language == wording.language
                    }
                    result.append(
                        theme: section.theme, heading: heading?.text, wording.text,
                        wording.language)
                }
            }
        }
        return result.all
    }

    private static func identities(_ codes: [Code], own: String?) -> [Code] {
        XCRIIdentity.others(
            codes.map { XCRICommon.Identifier(type: nil, text: XCRIIdentity.text($0)) }, than: own)
    }

    private static func subjects(
        _ course: Course
    ) -> (keywords: LocalizedText, subjects: [Code], skills: [DeclaredSkill]) {
        var keywords = LocalizedText()
        for wording in course.keywords.wordings {
            for part in XCRISubjects.unpacked(wording.text) {
                keywords.append(part, language: wording.language)
            }
        }
        // Without a code the labels of one subject cannot be told from several subjects.
        let subjects = course.subjects.flatMap { subject -> [Code] in
            let scheme = XCRICodes.schemeName(subject.scheme)
            guard subject.code.isEmpty else {
                return [Code(scheme: scheme, code: subject.code, label: subject.label.folded)]
            }
            return subject.label.folded.wordings.map {
                Code(scheme: scheme, code: "", label: LocalizedText([$0]))
            }
        }
        let skills = course.skills.flatMap { skill -> [DeclaredSkill] in
            guard skill.id == nil else {
                return [DeclaredSkill(id: skill.id, label: skill.label.folded)]
            }
            return skill.label.folded.wordings.map { DeclaredSkill(label: LocalizedText([$0])) }
        }
        return (keywords, subjects, skills)
    }

    private static func image(_ image: Image?) -> Image? {
        guard let image, let url = cleanURL(image.url) else { return nil }
        return Image(url: url, alternative: image.alternative, title: image.title)
    }

    private static func provenance(_ provenance: Provenance) -> Provenance {
        var own = provenance
        own.format = XCRICAP.name
        return own
    }
}

extension XCRIWriter {
    /// What XCRI-CAP 1.2 has no place for.
    public static var droppedFields: [DroppedField] {
        [
            DroppedField("course.modes", "XCRI-CAP has it on presentations; moved there"),
            DroppedField("course.studyModes", "XCRI-CAP has it on presentations; moved there"),
            DroppedField("course.languages", "XCRI-CAP has it on presentations; moved there"),
            DroppedField("course.duration", "XCRI-CAP has it on presentations; moved there"),
            DroppedField("course.languages.percentage", "there is no share of a language"),
            DroppedField("course.aliases.label", "an identifier has no label"),
            DroppedField("course.codes.label", "an identifier has no label"),
            DroppedField("course.qualifications.codes.label", "an identifier has no label"),
            DroppedField("course.sections.heading", "kept only in the languages of the text"),
            DroppedField("offering.timing.startIsFinal", "there is no mark for a tentative start"),
            DroppedField("offering.languages.percentage", "there is no share of a language"),
            DroppedField("offering.price.costs", "mlo:cost is one text; the total is written"),
            DroppedField(
                "offering.price.statedAs", "kept only when it says the amount as we read it"),
            DroppedField("offering.sessions.venue", "a meeting is one text"),
            DroppedField("provider.location.name", "a provider's location has no name"),
            DroppedField("provider.location.nativeID", "a provider's location has no identifier"),
            DroppedField("provider.location.url", "the provider's own address is written"),
            DroppedField("provider.codes.label", "an identifier has no label"),
        ]
    }

    /// The record as a reader of the written feed gets it.
    public static func reduced(_ record: CourseRecord) -> CourseRecord {
        let course = XCRIReduction.course(record.course)
        let offerings = record.offerings.map {
            XCRIReduction.offering($0, of: record.course, reduced: course)
        }
        // Ids and courses are as they were, so the record holds together as it did.
        return CourseRecord(course: course, offerings: offerings) ?? record
    }

    /// The provider as a reader of the written feed gets it.
    public static func reduced(_ provider: Provider) -> Provider {
        XCRIReduction.provider(provider)
    }
}

extension LocalizedText {
    /// The wordings on one line each.
    var folded: LocalizedText {
        LocalizedText(
            wordings.map { Wording(language: $0.language, text: foldedSpaces($0.text)) })
    }
}

extension LocalizedRichText {
    /// The wordings with those of one language put behind each other.
    var mergedByLanguage: LocalizedRichText {
        var merged = LocalizedRichText()
        for wording in wordings { merged.merge(wording.text, language: wording.language) }
        return merged
    }
}

extension XCRIIdentity {
    /// A code as the text of a `dc:identifier`.
    static func text(_ code: Code) -> String {
        let scheme = XCRICodes.schemeName(code.scheme)
        // An address would be taken for the record's own identifier.
        if isURL(code.code) { return scheme + ":" + code.code }
        return XCRICodes.encoded(scheme: scheme, code: code.code, plain: "identifier")
    }
}
