import CourseModel

/// What a table makes of a record.
enum CSVReduction {
    static func course(_ course: Course) -> Course {
        guard
            var own = Course(
                id: course.id, nativeID: String(course.id.native), provider: course.provider,
                kind: course.kind, title: text(course.title),
                provenance: provenance(course.provenance))
        else { return course }
        own.summary = text(course.summary)
        own.description = rich(course.description)
        own.prerequisites = rich(course.prerequisites)
        own.level = course.level
        own.modes = course.modes
        own.studyModes = course.studyModes
        own.audiences = course.audiences
        let keywords = course.keywords.folded.wordings.flatMap { wording in
            wording.text.split(separator: ";").map {
                LocalizedText.Wording(language: wording.language, text: foldedSpaces(String($0)))
            }
        }
        own.keywords = LocalizedText(
            languages.flatMap { language in keywords.filter { $0.language == language } })
        own.subjects = course.subjects.compactMap { subject in
            let scheme = XCRICodes.schemeName(subject.scheme)
            guard !subject.code.isEmpty, scheme != "subject", !subject.code.contains(";") else {
                return nil
            }
            return Code(scheme: scheme, code: subject.code)
        }
        own.languages = course.languages.map { LanguageShare($0.language) }
        own.funding = course.funding
        own.studyLoad.hours = course.studyLoad.hours
        own.studyLoad.credits =
            course.studyLoad.ects.map { [StudyLoad.Credit(system: "ECTS", value: $0)] } ?? []
        own.url = course.url.flatMap(cleanURL)
        own.expires = course.expires
        return own
    }

    static func offering(_ offering: Offering, of course: Course, reduced: Course) -> Offering {
        var own = Offering(
            id: offering.id, nativeID: offering.nativeID, course: offering.course,
            timing: LOQReduction.timing(offering.timing),
            provenance: provenance(offering.provenance))
        own.title = text(offering.title)
        if own.title == reduced.title { own.title = LocalizedText() }
        if own.timing.start.date == nil { own.statedStart = LOQReduction.statedStart(offering) }
        own.enrolment = offering.enrolment
        own.applyURL = offering.applyURL.flatMap(cleanURL)
        own.duration = (offering.duration ?? course.duration).flatMap {
            CourseDuration($0.value, $0.unit)
        }
        own.hoursPerWeek = offering.hoursPerWeek
        own.dayParts = offering.dayParts
        own.modes = offering.modes
        own.studyModes = offering.studyModes
        own.places = offering.places.lazy.compactMap(place).first.map { [$0] } ?? []
        own.price = offering.price.map { price in
            let text = XCRIPrice.text(price)
            return Price(
                total: price.total, vat: price.vat,
                statedAs: text == price.statedAs ? text : nil)
        }
        own.capacity = offering.capacity
        own.minimumParticipants = offering.minimumParticipants
        own.placesLeft = offering.placesLeft
        own.status = offering.status
        own.age = offering.age.flatMap(nonEmpty)
        own.url = offering.url.flatMap(cleanURL)
        if own.url == reduced.url { own.url = nil }
        return own
    }

    static func provider(_ provider: Provider) -> Provider {
        var own = Provider(
            id: provider.id, nativeID: provider.nativeID, name: text(provider.name),
            provenance: provenance(provider.provenance))
        own.url = provider.url.flatMap(cleanURL)
        return own
    }

    private static let languages: [LanguageTag?] = [nil, .dutch, .english]

    /// One wording a column, in the order of the columns; of a text in other languages only, the
    /// first, without its language.
    private static func text(_ text: LocalizedText) -> LocalizedText {
        let folded = text.folded.wordings
        let kept = languages.compactMap { language in folded.first { $0.language == language } }
        return LocalizedText(
            kept.isEmpty ? folded.prefix(1).map { .init(language: nil, text: $0.text) } : kept)
    }

    private static func rich(_ text: LocalizedRichText) -> LocalizedRichText {
        let merged = text.mergedByLanguage.wordings
        let kept = languages.compactMap { language in merged.first { $0.language == language } }
        return LocalizedRichText(
            kept.isEmpty ? merged.prefix(1).map { .init(language: nil, text: $0.text) } : kept)
    }

    private static func place(_ place: TeachingPlace) -> TeachingPlace? {
        guard let venue = place.venue else { return place }
        var own = Venue(
            name: text(venue.name),
            address: Address(
                street: venue.address.street.flatMap(nonEmpty),
                postcode: venue.address.postcode.flatMap(nonEmpty),
                city: venue.address.city.flatMap(nonEmpty),
                other: venue.address.other.map(foldedSpaces).compactMap(nonEmpty)),
            coordinates: venue.coordinates)
        guard own != Venue() else { return nil }
        own.address.country = venue.address.country.flatMap { ISOCodes.country($0) }
        return CSVValues.place(own)
    }

    private static func provenance(_ provenance: Provenance) -> Provenance {
        var own = provenance
        own.format = CSV.name
        own.lastEdited = nil
        return own
    }
}

extension CSVWriter {
    /// What the format cannot hold.
    public static var droppedFields: [DroppedField] {
        let none = "the table has no column for it"
        return [
            DroppedField("course.aliases", none),
            DroppedField("course.statedKind", none),
            DroppedField("course.variantGroup", none),
            DroppedField("course.sections", none),
            DroppedField("course.requiredLevels", none),
            DroppedField("course.studyLoad", "hours in all and ECTS credits only"),
            DroppedField("course.duration", "offerings have one; moved there"),
            DroppedField("course.qualifications", none),
            DroppedField("course.codes", none),
            DroppedField("course.subjects", "only codes of a scheme, without labels"),
            DroppedField("course.keywords", "those of one language stand together"),
            DroppedField("course.skills", none),
            DroppedField("course.languages.percentage", "there is no share of a language"),
            DroppedField("course.image", none),
            DroppedField("course.contacts", none),
            DroppedField("course.provenance.lastEdited", none),
            DroppedField("course.title.languages", "languages but Dutch and English"),
            DroppedField("offering.statedStart", "a date has no words beside it"),
            DroppedField("offering.timing.startIsFinal", none),
            DroppedField("offering.duration", "words of a duration; where absent, the course's"),
            DroppedField("offering.sessions", none),
            DroppedField(
                "offering.places", "the first, without id and page; one called “online” is no venue"
            ),
            DroppedField("offering.languages", none),
            DroppedField("offering.assessmentLanguages", none),
            DroppedField("offering.price.costs", "the total is written"),
            DroppedField("offering.description", none),
            DroppedField("offering.sections", none),
            DroppedField("offering.provenance.lastEdited", none),
            DroppedField("provider.description", none),
            DroppedField("provider.image", none),
            DroppedField("provider.location", none),
            DroppedField("provider.contacts", none),
            DroppedField("provider.codes", none),
            DroppedField("provider.accreditations", none),
            DroppedField("provider.provenance.lastEdited", none),
        ]
    }

    /// What a reader of the format gets back of a record.
    public static func reduced(_ record: CourseRecord) -> CourseRecord {
        let course = CSVReduction.course(record.course)
        let offerings = record.offerings.map {
            CSVReduction.offering($0, of: record.course, reduced: course)
        }
        // Ids and courses are as they were, so the record holds together as it did.
        return CourseRecord(course: course, offerings: offerings) ?? record
    }

    /// What a reader of the format gets back of a provider.
    public static func reduced(_ provider: Provider) -> Provider { CSVReduction.provider(provider) }
}
