import CourseModel

/// What OOAPI makes of a record: what it drops, moves and cannot tell apart.
enum OOAPIReduction {
    static func course(_ course: Course) -> Course {
        guard
            var own = Course(
                id: course.id, nativeID: course.nativeID, provider: course.provider,
                kind: course.kind, title: course.title.folded,
                provenance: provenance(course.provenance))
        else { return course }
        own.statedKind = course.statedKind.flatMap(nonEmpty)
        own.variantGroup = course.variantGroup.flatMap(nonEmpty)
        own.summary = course.summary.folded
        own.description = course.description.mergedByLanguage
        own.prerequisites = course.prerequisites.mergedByLanguage
        own.sections = OOAPICourse.themes.dropLast().compactMap { _, theme in
            var text = LocalizedRichText()
            for section in course.sections where section.theme == theme {
                for wording in section.text.wordings {
                    text.merge(wording.text, language: wording.language)
                }
            }
            return text.isEmpty ? nil : TextSection(theme: theme, text: text)
        }
        own.level = course.level
        own.requiredLevels = course.requiredLevels
        own.studyLoad = studyLoad(course.studyLoad)
        own.duration = course.duration.flatMap(duration)
        own.modes = course.modes
        own.studyModes = course.studyModes
        own.languages = course.languages.first.map { [LanguageShare($0.language)] } ?? []
        own.subjects =
            course.subjects.first { isField($0) }
            .map { [Code(scheme: $0.scheme, code: $0.code)] } ?? []
        own.skills = course.skills.compactMap {
            let label = $0.label.folded
            return label.isEmpty ? nil : DeclaredSkill(label: label)
        }
        let codes = (course.aliases + course.codes).map { Code(scheme: $0.scheme, code: $0.code) }
        own.aliases = codes.filter { !XCRICodes.isRegister($0.scheme) }
        own.codes = codes.filter { XCRICodes.isRegister($0.scheme) }
        own.keywords = course.keywords.folded
        own.audiences = course.audiences
        own.funding = course.funding
        own.url = course.url.flatMap(cleanURL)
        own.expires = course.expires
        return own
    }

    /// What OOAPI wants a day of start for, and what has none and stands in our consumer.
    static func parted(_ offerings: [Offering]) -> (dated: [Offering], undated: [Offering]) {
        let dated = offerings.filter { $0.timing.start.date != nil }
        return (dated, offerings.filter { $0.timing.start.date == nil })
    }

    static func offering(_ offering: Offering, of course: Course, reduced: Course) -> Offering {
        var own = Offering(
            id: offering.id, nativeID: offering.nativeID, course: offering.course,
            timing: timing(offering.timing), provenance: provenance(offering.provenance))
        if own.timing.start.date == nil { own.statedStart = LOQReduction.statedStart(offering) }
        own.title = offering.title.folded
        if own.title == reduced.title { own.title = LocalizedText() }
        own.duration = offering.duration.flatMap(duration)
        own.enrolment = offering.enrolment
        own.applyURL = offering.applyURL.flatMap(cleanURL)
        own.dayParts = offering.dayParts
        own.hoursPerWeek = offering.hoursPerWeek
        for place in offering.places {
            guard let venue = place.venue.flatMap(self.venue) else { continue }
            let reduced = TeachingPlace.venue(venue)
            if !own.places.contains(reduced) { own.places.append(reduced) }
        }
        own.modes = offering.modes
        own.studyModes = offering.studyModes
        own.languages = offering.languages.first.map { [LanguageShare($0.language)] } ?? []
        if own.languages == reduced.languages { own.languages = [] }
        own.capacity = offering.capacity
        own.minimumParticipants = offering.minimumParticipants
        if let capacity = offering.capacity, let left = offering.placesLeft, left <= capacity {
            own.placesLeft = left
        }
        own.price = offering.price.map { price in
            let text = XCRIPrice.text(price)
            return Price(
                total: price.total, vat: price.vat,
                statedAs: text == price.statedAs ? text : nil)
        }
        own.status = offering.status
        own.age = offering.age.flatMap(nonEmpty)
        own.description = offering.description.mergedByLanguage
        if own.description == reduced.description { own.description = LocalizedRichText() }
        own.url = offering.url.flatMap(cleanURL)
        if own.url == reduced.url { own.url = nil }
        return own
    }

    private static func timing(_ timing: Timing) -> Timing {
        guard timing.start.date == nil else { return timing }
        let own = LOQReduction.timing(timing)
        return Timing(start: own.start, startIsFinal: timing.startIsFinal, end: own.end) ?? own
    }

    static func provider(_ provider: Provider) -> Provider {
        var own = Provider(
            id: provider.id, nativeID: provider.nativeID, name: provider.name.folded,
            provenance: provenance(provider.provenance))
        own.description = provider.description.mergedByLanguage
        own.url = provider.url.flatMap(cleanURL)
        own.image = provider.image.flatMap { cleanURL($0.url) }.map { Image(url: $0) }
        own.location = provider.location.flatMap(venue)
        own.codes = provider.codes.map { Code(scheme: $0.scheme, code: $0.code) }
        return own
    }

    static func isField(_ code: Code) -> Bool {
        code.scheme == "isced-f" && (1...4).contains(code.code.utf8.count)
    }

    static func duration(_ duration: CourseDuration) -> CourseDuration? {
        OOAPIDuration.text(duration) == nil ? nil : CourseDuration(duration.value, duration.unit)
    }

    /// One number only: credits say most, then hours of work, then hours with a teacher.
    private static func studyLoad(_ load: StudyLoad) -> StudyLoad {
        if let ects = load.ects, ects > .zero {
            return StudyLoad(credits: [StudyLoad.Credit(system: "ECTS", value: ects)])
        }
        if let hours = load.hours { return StudyLoad(hours: hours) }
        return StudyLoad(contactHours: load.contactHours)
    }

    static func venue(_ venue: Venue) -> Venue? {
        let postcode = venue.address.postcode.flatMap(nonEmpty)
        let own = Venue(
            name: venue.name.folded,
            address: Address(
                street: venue.address.street.flatMap(nonEmpty),
                postcode: postcode.map { DutchPostcode($0)?.description ?? $0 },
                city: venue.address.city.flatMap(nonEmpty),
                country: venue.address.country.flatMap { ISOCodes.country($0) }),
            coordinates: venue.coordinates)
        return own == Venue() ? nil : own
    }

    private static func provenance(_ provenance: Provenance) -> Provenance {
        var own = provenance
        own.format = OOAPI.name
        own.lastEdited = nil
        return own
    }
}

extension OOAPIWriter {
    /// What the format cannot hold.
    public static var droppedFields: [DroppedField] {
        [
            DroppedField("course.aliases.label", "a code has no label"),
            DroppedField("course.codes.label", "a code has no label"),
            DroppedField(
                "course.sections",
                "only admission and assessment have members, without "
                    + "headings"),
            DroppedField("course.studyLoad", "one number: credits, else hours"),
            DroppedField("course.duration", "words and fractions"),
            DroppedField("course.qualifications", "only programs have one"),
            DroppedField("course.subjects", "one field of ISCED-F, without label"),
            DroppedField("course.skills", "learning outcomes are texts without ids"),
            DroppedField("course.languages", "one language of teaching"),
            DroppedField("course.image", "there is no picture"),
            DroppedField("course.contacts", "coordinators are persons with ids of their own"),
            DroppedField("course.provenance.lastEdited", "there is no date of change"),
            DroppedField("offering.statedStart", "a date has no words beside it"),
            DroppedField("offering.duration", "words and fractions"),
            DroppedField("offering.sessions", "meetings are components with ids of their own"),
            DroppedField("offering.places", "addresses of venues, without ids and pages"),
            DroppedField("offering.languages", "one language of teaching"),
            DroppedField("offering.assessmentLanguages", "there is no such member"),
            DroppedField("offering.price.costs", "the total is written"),
            DroppedField(
                "offering.placesLeft", "it follows from the numbers of places and students"),
            DroppedField("offering.sections", "an offering has one description"),
            DroppedField("offering.provenance.lastEdited", "there is no date of change"),
            DroppedField("provider.image", "a logo has an address only"),
            DroppedField("provider.location", "an address, without lines of its own"),
            DroppedField("provider.contacts", "there is no such member"),
            DroppedField("provider.accreditations", "there is no such member"),
            DroppedField("provider.provenance.lastEdited", "there is no date of change"),
        ]
    }

    /// What a reader of the format gets back of a record.
    public static func reduced(_ record: CourseRecord) -> CourseRecord {
        let course = OOAPIReduction.course(record.course)
        let offerings = record.offerings.map {
            OOAPIReduction.offering($0, of: record.course, reduced: course)
        }
        let (dated, undated) = OOAPIReduction.parted(offerings)
        // Ids and courses are as they were, so the record holds together as it did.
        return CourseRecord(course: course, offerings: dated + undated) ?? record
    }

    /// What a reader of the format gets back of a provider.
    public static func reduced(_ provider: Provider) -> Provider {
        OOAPIReduction.provider(provider)
    }
}
