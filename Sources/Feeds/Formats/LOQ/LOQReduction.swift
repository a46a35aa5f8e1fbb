import CourseModel

/// What LOQ 3.1 makes of a record: what it drops, moves and cannot tell apart.
enum LOQReduction {
    /// Whether a subject is a field that LOQ's list of ISCED-F knows.
    static func isField(_ code: Code) -> Bool {
        code.scheme == "isced-f" && code.code != LOQCodes.unknownField
            && LOQLists.fields.contains(code.code)
    }

    static func course(_ course: Course, hasOfferings: Bool) -> Course {
        guard
            var own = Course(
                id: course.id, nativeID: course.nativeID, provider: course.provider,
                kind: course.kind, title: course.title.folded,
                provenance: provenance(course.provenance))
        else { return course }
        own.statedKind = course.statedKind.flatMap(nonEmpty)
        own.aliases = folded(course.aliases)
        own.codes = folded(course.codes)
        own.summary = course.summary.folded
        own.description = course.description.mergedByLanguage
        own.sections = sections(course.sections)
        own.prerequisites = course.prerequisites.mergedByLanguage
        own.level = course.level
        own.studyLoad.hours = course.studyLoad.hours
            .flatMap { LOQDuration.text(hours: $0) }.flatMap { LOQDuration.hours($0) }
        own.studyLoad.credits = course.studyLoad.credits.compactMap { credit in
            let system = credit.system.uppercased()
            guard system == "ECTS" || system == "ECVET" else { return nil }
            return StudyLoad.Credit(system: system, value: credit.value)
        }
        let subjects = folded(course.subjects)
        own.subjects = subjects.filter(isField) + subjects.filter { !isField($0) }
        own.keywords = course.keywords.folded
        own.skills = course.skills.map { DeclaredSkill(id: $0.id, label: $0.label.folded) }
        own.modes = course.modes.subtracting([.distance])
        own.languages = course.languages.map { LanguageShare($0.language) }
        own.funding = hasOfferings ? course.funding : []
        own.url = course.url.flatMap(cleanURL)
        return own
    }

    static func offering(_ offering: Offering, of course: Course, reduced: Course) -> Offering {
        var own = Offering(
            id: offering.id, nativeID: offering.nativeID, course: offering.course,
            timing: timing(offering.timing), provenance: provenance(offering.provenance))
        own.title = offering.title.folded
        if own.title == reduced.title { own.title = LocalizedText() }
        own.statedStart = statedStart(offering)
        own.duration = (offering.duration ?? course.duration).flatMap { LOQDuration.reduced($0) }
        own.enrolment = offering.enrolment?.closes.flatMap { EnrolmentWindow(closes: $0) }
        own.applyURL = offering.applyURL.flatMap(cleanURL)
        own.dayParts = offering.dayParts
        own.studyModes = offering.studyModes.isEmpty ? course.studyModes : offering.studyModes
        own.modes = offering.modes.subtracting([.distance])
        for place in offering.places {
            guard let venue = place.venue.flatMap(self.venue) else { continue }
            let reduced = TeachingPlace.venue(venue)
            if !own.places.contains(reduced) { own.places.append(reduced) }
        }
        own.price = offering.price.map(price)
        own.status = offering.status
        own.description = offering.description.mergedByLanguage
        if own.description == reduced.description { own.description = LocalizedRichText() }
        own.sections = sections(offering.sections)
        own.url = offering.url.flatMap(cleanURL)
        if own.url == reduced.url { own.url = nil }
        return own
    }

    static func provider(_ provider: Provider) -> Provider {
        var own = Provider(
            id: provider.id, nativeID: provider.nativeID, name: provider.name.folded,
            provenance: provenance(provider.provenance))
        own.description = provider.description.mergedByLanguage
        own.url = provider.url.flatMap(cleanURL)
        own.location = provider.location.flatMap(venue)
        own.contacts = provider.contacts.compactMap { contact in
            let reduced = Contact(
                name: contact.name.flatMap(plainLine), role: contact.role.flatMap(plainLine),
                email: contact.email, telephone: contact.telephone,
                url: contact.url.flatMap(cleanURL))
            return reduced == Contact() ? nil : reduced
        }
        own.codes = folded(provider.codes)
        own.accreditations = provider.accreditations
        return own
    }

    /// The words that stand beside or in place of a date.
    static func startLabel(_ offering: Offering) -> String? {
        switch offering.timing.start {
        case .on: offering.statedStart.flatMap(plainLine)
        case .rolling, .onRequest: nonEmpty(XCRIReduction.startText(offering))
        case .unstated(let raw): raw.flatMap(plainLine)
        }
    }

    static func statedStart(_ offering: Offering) -> String? {
        let label = startLabel(offering)
        switch offering.timing.start {
        case .on: return label
        case .rolling: return label == XCRIStart.rollingText ? nil : label
        case .onRequest: return label == XCRIStart.onRequestText ? nil : label
        case .unstated: return nil
        }
    }

    static func timing(_ timing: Timing) -> Timing {
        var start = timing.start
        if case .unstated(let raw) = start {
            let text = raw.flatMap(plainLine)
            start = text.flatMap { XCRIStart.start($0) } ?? .unstated(raw: text)
        }
        return Timing(start: start, end: timing.end) ?? timing
    }

    private static func venue(_ venue: Venue) -> Venue? {
        func line(_ text: String) -> String? { nonEmpty(foldedSpaces(text)) }
        let address = Address(
            street: venue.address.street.flatMap(line),
            postcode: venue.address.postcode.flatMap(line),
            city: venue.address.city.flatMap(line),
            country: venue.address.country
                .flatMap { ISOCodes.threeLetters(country: $0) }.flatMap { ISOCodes.country($0) },
            other: venue.address.other.compactMap(line))
        let own = Venue(
            nativeID: venue.nativeID, name: venue.name.folded, address: address,
            coordinates: venue.coordinates)
        return own == Venue() ? nil : own
    }

    private static func price(_ price: Price) -> Price {
        let text = XCRIPrice.text(price)
        let plain = XCRIPrice.text(Price(total: price.total, vat: price.vat))
        let isListed = CurrencyCodes.all.contains(price.total.currency.code)
        return Price(
            total: price.total, vat: price.vat,
            statedAs: text == plain && isListed ? nil : text)
    }

    private static func sections(_ sections: [TextSection]) -> [TextSection] {
        var result: [TextSection] = []
        for section in sections {
            for wording in section.text.wordings {
                result.merge(section.theme, wording.text, wording.language)
            }
        }
        return result
    }

    private static func folded(_ codes: [Code]) -> [Code] {
        codes.map { Code(scheme: $0.scheme, code: $0.code, label: $0.label.folded) }
    }

    private static func provenance(_ provenance: Provenance) -> Provenance {
        var own = provenance
        own.format = LOQ.name
        own.lastEdited = own.lastEdited.flatMap { isDateTime($0) ? $0 : nil }
        return own
    }

    /// Whether a text is a `dateTime` of XML Schema.
    static func isDateTime(_ text: String) -> Bool {
        guard CalendarDate(iso: text) != nil, text.utf8.count >= 19 else { return false }
        let bytes = Array(text.utf8)
        guard bytes[10] == 84, bytes[13] == 58, bytes[16] == 58,
            let hour = Int(String(decoding: bytes[11..<13], as: UTF8.self)), (0..<24) ~= hour,
            let minute = Int(String(decoding: bytes[14..<16], as: UTF8.self)), (0..<60) ~= minute,
            let second = Int(String(decoding: bytes[17..<19], as: UTF8.self)), (0..<60) ~= second
        else { return false }
        var rest = bytes[19...]
        if rest.first == 46 {
            rest = rest.dropFirst()
            let digits = rest.prefix { 48...57 ~= $0 }
            guard !digits.isEmpty else { return false }
            rest = rest[digits.endIndex...]
        }
        let zone = String(decoding: rest, as: UTF8.self)
        if zone.isEmpty || zone == "Z" { return true }
        guard zone.utf8.count == 6, zone.hasPrefix("+") || zone.hasPrefix("-"),
            let time = TimeOfDay(iso: zone.dropFirst())
        else { return false }
        return time.minutes <= 14 * 60
    }
}

extension LOQWriter {
    /// What the format cannot hold.
    public static var droppedFields: [DroppedField] {
        [
            DroppedField("course.variantGroup", "there is no group of variants"),
            DroppedField("course.sections.heading", "a note has no heading"),
            DroppedField("course.requiredLevels", "entryRequirement is one text"),
            DroppedField("course.studyLoad.hoursPerWeek", "only hours in all can be given"),
            DroppedField("course.studyLoad.contactHours", "they belong to learning activities"),
            DroppedField("course.studyLoad.credits", "only ECTS and ECVET can be written"),
            DroppedField("course.duration", "only opportunities have one; moved there"),
            DroppedField("course.studyModes", "only opportunities have one; moved there"),
            DroppedField(
                "course.qualifications",
                "a specification says what is learnt, not what "
                    + "paper is earned"),
            DroppedField("course.subjects", "fields of ISCED-F come before all others"),
            DroppedField("course.audiences", "the list of target groups knows no such groups"),
            DroppedField("course.modes", "the list of modes has no distance learning by post"),
            DroppedField("course.languages.percentage", "there is no share of a language"),
            DroppedField("course.funding", "only opportunities name grants"),
            DroppedField("course.image", "a picture would have to be embedded"),
            DroppedField("course.contacts", "only organisations have contacts"),
            DroppedField("course.expires", "there is no last day of showing"),
            DroppedField("offering.timing.startIsFinal", "there is no mark for a tentative start"),
            DroppedField("offering.duration", "there are no weeks, fractions or words"),
            DroppedField("offering.studyModes", "where absent, the course's are written"),
            DroppedField("offering.enrolment", "only the deadline can be given"),
            DroppedField("offering.sessions", "there are no meetings"),
            DroppedField("offering.hoursPerWeek", "only hours in all can be given"),
            DroppedField("offering.places", "only venues are locations"),
            DroppedField("offering.places.url", "a location has no page"),
            DroppedField("offering.modes", "the list of modes has no distance learning by post"),
            DroppedField("offering.languages", "the specification has the languages"),
            DroppedField("offering.assessmentLanguages", "there is no such field"),
            DroppedField("offering.price.costs", "the total is written"),
            DroppedField(
                "offering.price.statedAs", "kept only when it says the amount as we read it"),
            DroppedField("offering.capacity", "there are no numbers of participants"),
            DroppedField("offering.minimumParticipants", "there are no numbers of participants"),
            DroppedField("offering.placesLeft", "there are no numbers of participants"),
            DroppedField("offering.age", "there is no age"),
            DroppedField("offering.sections.heading", "a note has no heading"),
            DroppedField("provider.image", "a logo would have to be embedded"),
            DroppedField("provider.location.url", "a location has no page"),
        ]
    }

    /// What a reader of the format gets back of a record.
    public static func reduced(_ record: CourseRecord) -> CourseRecord {
        let course = LOQReduction.course(
            record.course, hasOfferings: !record.offerings.isEmpty)
        let offerings = record.offerings.map {
            LOQReduction.offering($0, of: record.course, reduced: course)
        }
        // Ids and courses are as they were, so the record holds together as it did.
        return CourseRecord(course: course, offerings: offerings) ?? record
    }

    /// What a reader of the format gets back of a provider.
    public static func reduced(_ provider: Provider) -> Provider { LOQReduction.provider(provider) }
}
