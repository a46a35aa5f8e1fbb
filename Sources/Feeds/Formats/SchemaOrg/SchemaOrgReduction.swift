import CourseModel

/// What schema.org makes of a record: what it drops, moves and cannot tell apart.
enum SchemaOrgReduction {
    static func course(_ course: Course) -> Course {
        var own = course
        own.title = course.title.folded
        own.statedKind = course.statedKind.flatMap(nonEmpty)
        own.summary = course.summary.folded
        own.description = course.description.mergedByLanguage
        own.sections = sections(course.sections)
        own.prerequisites = course.prerequisites.mergedByLanguage
        own.studyLoad = StudyLoad(
            hours: course.studyLoad.hours.flatMap { LOQDuration.text(hours: $0) }
                .flatMap { LOQDuration.hours($0) },
            credits: course.studyLoad.credits)
        own.duration = nil
        own.modes = []
        own.studyModes = []
        let codes = folded(course.aliases + course.codes).filter { code in
            code.code != course.nativeID || !code.label.isEmpty
                || !SchemaOrgIdentifier.plainSchemes.contains(code.scheme)
        }
        own.aliases = codes.filter { !XCRICodes.isRegister($0.scheme) }
        own.codes = codes.filter { XCRICodes.isRegister($0.scheme) }
        own.qualifications = course.qualifications.map { qualification in
            var own = qualification
            own.title = own.title.folded
            own.codes = folded(own.codes)
            own.url = own.url.flatMap(cleanURL)
            return own
        }
        own.subjects = folded(course.subjects)
        own.keywords = LocalizedText(
            course.keywords.folded.wordings.flatMap { wording in
                wording.text.split(separator: ",").map {
                    LocalizedText.Wording(
                        language: wording.language, text: foldedSpaces(String($0)))
                }
            })
        own.skills = course.skills.map { DeclaredSkill(id: $0.id, label: $0.label.folded) }
        own.languages = course.languages.map { LanguageShare($0.language) }
        own.url = course.url.flatMap(cleanURL)
        own.image = image(course.image)
        own.contacts = []
        own.provenance = provenance(course.provenance)
        return own
    }

    static func offering(_ offering: Offering, of course: Course, reduced: Course) -> Offering {
        var own = offering
        own.title = offering.title.folded
        if own.title == reduced.title { own.title = LocalizedText() }
        own.timing = timing(offering.timing)
        own.statedStart = statedStart(offering)
        own.duration = (offering.duration ?? course.duration).flatMap {
            CourseDuration($0.value, $0.unit)
        }
        own.applyURL = offering.applyURL.flatMap(cleanURL)
        if own.modes.isEmpty { own.modes = course.modes }
        if own.studyModes.isEmpty { own.studyModes = course.studyModes }
        own.sessions = sessions(offering.sessions)
        own.hoursPerWeek = offering.hoursPerWeek.flatMap { LOQDuration.text(hours: $0) }
            .flatMap { LOQDuration.hours($0) }
        own.places = []
        for place in offering.places {
            guard let reduced = self.place(place), !own.places.contains(reduced) else { continue }
            own.places.append(reduced)
        }
        own.languages = offering.languages.map { LanguageShare($0.language) }
        own.assessmentLanguages = []
        own.minimumParticipants = nil
        own.price = offering.price.map { price in
            let text = XCRIPrice.text(price)
            return Price(
                total: price.total, vat: price.vat,
                statedAs: text == price.statedAs ? text : nil)
        }
        own.description = offering.description.mergedByLanguage
        if own.description == reduced.description { own.description = LocalizedRichText() }
        own.sections = sections(offering.sections)
        own.url = offering.url.flatMap(cleanURL)
        if own.url == reduced.url { own.url = nil }
        own.provenance = provenance(offering.provenance)
        return own
    }

    static func provider(_ provider: Provider) -> Provider {
        var own = provider
        own.name = provider.name.folded
        own.description = provider.description.mergedByLanguage
        own.url = provider.url.flatMap(cleanURL)
        own.image = image(provider.image)
        own.location = provider.location.flatMap(venue)
        own.contacts = provider.contacts.compactMap { contact in
            let reduced = Contact(
                name: contact.name.flatMap(plainLine), role: contact.role.flatMap(plainLine),
                email: contact.email, telephone: contact.telephone,
                url: contact.url.flatMap(cleanURL))
            return reduced == Contact() ? nil : reduced
        }
        own.codes = folded(provider.codes)
        own.provenance = provenance(provider.provenance)
        return own
    }

    /// The words that stand beside or in place of a date.
    static func startWords(_ offering: Offering) -> String? {
        LOQReduction.startLabel(offering)
    }

    private static func statedStart(_ offering: Offering) -> String? {
        let words = startWords(offering)
        switch offering.timing.start {
        case .on: return words
        case .rolling: return words == XCRIStart.rollingText ? nil : words
        case .onRequest: return words == XCRIStart.onRequestText ? nil : words
        case .unstated: return nil
        }
    }

    private static func timing(_ timing: Timing) -> Timing {
        var start = timing.start
        if case .unstated(let raw) = start {
            let text = raw.flatMap(plainLine)
            start = text.flatMap { XCRIStart.start($0) } ?? .unstated(raw: text)
        }
        return Timing(start: start, end: timing.end) ?? timing
    }

    /// Meetings with a day first, then those of a day of the week.
    private static func sessions(_ sessions: [Session]) -> [Session] {
        let dated = sessions.filter { $0.date != nil || $0.weekday == nil }
        let weekly = sessions.filter { $0.date == nil && $0.weekday != nil }
        return (dated + weekly).compactMap { session in
            var own = session
            own.name = own.name.folded
            if own.date != nil { own.weekday = nil }
            own.venue = own.weekday == nil ? own.venue.flatMap(venue) : nil
            return own == Session() ? nil : own
        }
    }

    private static func place(_ place: TeachingPlace) -> TeachingPlace? {
        guard let venue = place.venue else { return place }
        return self.venue(venue).map { .venue($0) }
    }

    static func venue(_ venue: Venue) -> Venue? {
        let address = Address(
            street: venue.address.street.flatMap(nonEmpty),
            postcode: venue.address.postcode.flatMap(nonEmpty),
            city: venue.address.city.flatMap(nonEmpty),
            country: venue.address.country.flatMap { ISOCodes.country($0) },
            other: venue.address.other.compactMap(nonEmpty))
        let own = Venue(
            nativeID: venue.nativeID, name: venue.name.folded, address: address,
            coordinates: venue.coordinates, url: venue.url.flatMap(cleanURL))
        return own == Venue() ? nil : own
    }

    private static func sections(_ sections: [TextSection]) -> [TextSection] {
        sections.map {
            TextSection(theme: $0.theme, heading: $0.heading.folded, text: $0.text.mergedByLanguage)
        }
    }

    private static func folded(_ codes: [Code]) -> [Code] {
        codes.map { Code(scheme: $0.scheme, code: $0.code, label: $0.label.folded) }
    }

    private static func image(_ image: Image?) -> Image? {
        guard let image, let url = cleanURL(image.url) else { return nil }
        return Image(
            url: url, alternative: image.alternative.flatMap(plainLine),
            title: image.title.flatMap(plainLine))
    }

    private static func provenance(_ provenance: Provenance) -> Provenance {
        var own = provenance
        own.format = SchemaOrg.name
        return own
    }
}

extension SchemaOrgWriter {
    /// What the format cannot hold.
    public static var droppedFields: [DroppedField] {
        [
            DroppedField("course.studyLoad.hoursPerWeek", "only instances have a schedule"),
            DroppedField("course.studyLoad.contactHours", "there is no such property"),
            DroppedField("course.duration", "only instances have one; moved there"),
            DroppedField("course.modes", "only instances have a courseMode; moved there"),
            DroppedField("course.studyModes", "only instances have a courseMode; moved there"),
            DroppedField("course.languages.percentage", "there is no share of a language"),
            DroppedField("course.contacts", "only organizations have contact points"),
            DroppedField("offering.timing.startIsFinal", "there is no mark for a tentative start"),
            DroppedField("offering.duration", "words of a duration; where absent, the course's"),
            DroppedField("offering.modes", "where absent, the course's are written"),
            DroppedField("offering.studyModes", "where absent, the course's are written"),
            DroppedField("offering.sessions", "meetings with a day come before weekly ones"),
            DroppedField("offering.assessmentLanguages", "there is no such property"),
            DroppedField("offering.minimumParticipants", "there is no such property"),
            DroppedField("offering.price.costs", "the total is written"),
        ]
    }

    /// What a reader of the format gets back of a record.
    public static func reduced(_ record: CourseRecord) -> CourseRecord {
        let course = SchemaOrgReduction.course(record.course)
        let offerings = record.offerings.map {
            SchemaOrgReduction.offering($0, of: record.course, reduced: course)
        }
        // Ids and courses are as they were, so the record holds together as it did.
        return CourseRecord(course: course, offerings: offerings) ?? record
    }

    /// What a reader of the format gets back of a provider.
    public static func reduced(_ provider: Provider) -> Provider {
        SchemaOrgReduction.provider(provider)
    }
}
