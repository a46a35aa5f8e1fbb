import CourseModel
import XMLStream

extension LOQWriter {
    /// Writes a course; returns its URI.
    func writeSpecification(_ course: Course, _ provider: String) throws -> String {
        let id = uri("course", course.nativeID)
        let section = specifications
        try section.start("learningAchievementSpecification")
        try section.attribute("id", id)
        try section.texts("title", course.title)
        try section.texts("description", course.description)
        for wording in course.summary.wordings {
            try section.note(
                "additionalNote", wording.text, wording.language,
                subject: OwnURN.urn("note", "summary"), label: "summary")
        }
        try notes(course.sections, in: section)
        let prerequisites = course.prerequisites.wordings
        if prerequisites.count > 1 {
            for wording in prerequisites {
                try section.note(
                    "additionalNote", htmlOrPlain(wording.text), wording.language,
                    subject: OwnURN.urn("note", "prerequisite"), label: "prerequisite")
            }
        }
        if let url = course.url { try section.page("homepage", url) }
        try section.texts("category", course.keywords)
        if let edited = course.provenance.lastEdited { try section.element("modified", edited) }
        try section.reference("publisher", provider)
        try types(course)
        let fields = course.subjects.filter(LOQReduction.isField)
        for field in fields {
            try section.concept("ISCEDFCode", LOQCodes.isced + field.code)
        }
        if fields.isEmpty {
            try section.concept("ISCEDFCode", LOQCodes.isced + LOQCodes.unknownField)
        }
        for subject in course.subjects
        where !LOQReduction.isField(subject) || !subject.label.isEmpty {
            try section.concept(
                "educationSubject", OwnURN.urn("code", subject.scheme, subject.code),
                subject.label)
        }
        if let hours = course.studyLoad.hours, let text = LOQDuration.text(hours: hours) {
            try section.element("volumeOfLearning", text)
        }
        for credit in course.studyLoad.credits {
            try section.start("creditPoint")
            try section.concept(
                "framework",
                LOQCodes.credit + (credit.system == "ECTS" ? LOQCodes.ects : LOQCodes.ecvet))
            try section.element("point", credit.value.text(minimumPlaces: 0))
            try section.end()
        }
        if let level = course.level { try self.level(level, in: section) }
        for share in course.languages { try language("language", share.language, in: section) }
        if course.languages.isEmpty { try language("language", nil, in: section) }
        try modes(course.modes, in: section)
        if prerequisites.count == 1 {
            try section.note(
                "entryRequirement", htmlOrPlain(prerequisites[0].text), prerequisites[0].language)
        }
        try writeOutcomes(course.skills)
        try section.end()
        return id
    }

    /// Writes an offering.
    func writeOpportunity(
        _ full: Offering, of fullCourse: Course, reduced course: Course, specification: String,
        _ provider: String
    ) throws {
        let offering = LOQReduction.offering(full, of: fullCourse, reduced: course)
        let section = opportunities
        try section.start("learningOpportunity")
        // Named within the course as it is written: two courses may be called alike.
        let name = OwnURN.parts(specification, of: "course")?.first ?? specification
        try section.attribute("id", uri("offering", offering.nativeID, within: name))
        try section.texts("title", offering.title.isEmpty ? course.title : offering.title)
        try section.texts("description", offering.description)
        if let type = LOQCodes.type(course.kind) {
            try section.concept("type", LOQCodes.opportunity + type)
        }
        try notes(offering.sections, in: section)
        try section.page("homepage", offering.url ?? course.url)
        if let url = offering.applyURL {
            try section.page("supplementaryDocument", url, title: "Apply", language: .english)
        }
        try temporal(offering)
        if let duration = offering.duration, let text = LOQDuration.text(duration) {
            try section.element("duration", text)
        }
        try modes(offering.modes, in: section)
        for scheme in course.funding {
            try section.start("grant")
            try section.text("title", scheme.name, nil)
            try section.end()
        }
        if offering.studyModes == [.fullTime] {
            try section.concept("learningSchedule", LOQCodes.schedule + LOQCodes.fullTime)
        }
        if let text = LOQSchedule.text(offering.studyModes, offering.dayParts) {
            try section.note("scheduleInformation", text, .english)
        }
        if let closes = offering.enrolment?.closes {
            try section.element("applicationDeadline", closes.iso + "T00:00:00")
        }
        if let price = offering.price { try self.price(price) }
        try section.reference("providedBy", provider)
        for place in offering.places {
            if let venue = place.venue { try section.reference("location", try writeVenue(venue)) }
        }
        try section.reference("learningAchievementSpecification", specification)
        try language(
            "defaultLanguage", course.title.wordings.lazy.compactMap(\.language).first, in: section)
        if offering.status != .unstated { try section.element("status", offering.status.rawValue) }
        if let edited = offering.provenance.lastEdited { try section.element("modified", edited) }
        try section.end()
    }

    private func types(_ course: Course) throws {
        let section = specifications
        try section.concept(
            "type", OwnURN.urn("kind", course.kind.rawValue),
            LocalizedText(course.statedKind ?? ""))
        for (kind, codes) in [("alias", course.aliases), ("code", course.codes)] {
            for code in codes {
                try section.concept("type", OwnURN.urn(kind, code.scheme, code.code), code.label)
            }
        }
    }

    private func notes(_ sections: [TextSection], in section: LOQSection) throws {
        for own in sections {
            for wording in own.text.wordings {
                try section.note(
                    "additionalNote", htmlOrPlain(wording.text), wording.language,
                    subject: OwnURN.urn("theme", own.theme), label: own.theme)
            }
        }
    }

    private func level(_ level: Level, in section: LOQSection) throws {
        let uri: String
        if let nlqf = level.nlqf {
            uri = LOQCodes.register(nlqf)
        } else if let eqf = level.eqf {
            uri = LOQCodes.eqf + String(eqf)
        } else {
            uri = OwnURN.urn("level", level.nationalName ?? "")
        }
        try section.concept("educationLevel", uri, LocalizedText(levelText(level)))
    }

    private func language(
        _ name: String, _ language: LanguageTag?, in section: LOQSection
    ) throws {
        let code = language.map { ISOCodes.threeLetters($0).uppercased() } ?? "UND"
        try section.concept(name, LOQCodes.language + code)
    }

    private func modes(_ modes: Set<DeliveryMode>, in section: LOQSection) throws {
        for (mode, code) in LOQCodes.writtenModes where modes.contains(mode) {
            try section.concept("mode", LOQCodes.mode + code)
        }
    }

    private func temporal(_ offering: Offering) throws {
        let timing = offering.timing
        let label = LOQReduction.startLabel(offering)
        guard label != nil || timing.start.date != nil || timing.end != nil else { return }
        let section = opportunities
        try section.start("temporal")
        if let label { try section.text("skos:prefLabel", label, nil) }
        if let date = timing.start.date { try section.element("startDate", date.iso + "T00:00:00") }
        if let end = timing.end { try section.element("endDate", end.iso + "T00:00:00") }
        try section.end()
    }

    private func price(_ price: Price) throws {
        let section = opportunities
        try section.start("priceDetail")
        if CurrencyCodes.all.contains(price.total.currency.code) {
            try section.start("amount")
            try section.concept("unit", LOQCodes.currency + price.total.currency.code)
            try section.element("value", price.total.amount.description)
            try section.end()
        }
        try section.text("description", XCRIPrice.text(price), nil)
        try section.end()
    }

    private func writeOutcomes(_ skills: [DeclaredSkill]) throws {
        if skills.isEmpty { try outcome(LOQSkills.none, "Not stated", nil) }
        for skill in skills {
            var hash = StableHash()
            hash.add(skill.id ?? "")
            for wording in skill.label.wordings {
                hash.add(wording.language?.code ?? "")
                hash.add(wording.text)
            }
            try outcome(
                OwnURN.urn("outcome", String(hash.value, radix: 16)), skill.id ?? "", skill)
        }
    }

    private func outcome(_ id: String, _ title: String, _ skill: DeclaredSkill?) throws {
        try specifications.reference("learningOutcome", id)
        // A skill that several courses teach is written once.
        guard claim("outcome " + id) else { return }
        let section = outcomes
        try section.start("learningOutcome")
        try section.attribute("id", id)
        if let skill, !skill.label.isEmpty {
            try section.texts("title", skill.label)
        } else {
            try section.text("title", title, skill == nil ? .english : nil)
        }
        if let skill, let own = skill.id {
            let isESCO = own.hasPrefix("http://data.europa.eu/esco/")
            try section.concept(
                isESCO ? "relatedESCOSkill" : "relatedSkill",
                LOQSkills.isURI(own) ? own : OwnURN.urn("skill", own), skill.label)
        }
        try section.end()
    }

    /// Writes a provider; returns its URI.
    func writeProvider(_ full: Provider) throws -> String {
        let provider = LOQReduction.provider(full)
        let id = uri("provider", provider.nativeID)
        let section = agents
        // The location must be known before the element that points to it, but stands elsewhere.
        let location = try provider.location.map { try writeVenue($0) } ?? unstatedLocation()
        try section.start("organisation")
        try section.attribute("id", id)
        try section.texts("legalName", provider.name)
        for accreditation in provider.accreditations {
            try section.concept(
                "type", OwnURN.urn("accreditation", accreditation), LocalizedText(accreditation))
        }
        for code in provider.codes {
            try section.concept("type", OwnURN.urn("code", code.scheme, code.code), code.label)
        }
        if let url = provider.url { try section.page("homepage", url) }
        for wording in provider.description.wordings {
            try section.note("additionalNote", htmlOrPlain(wording.text), wording.language)
        }
        try section.reference("location", location)
        for contact in provider.contacts { try self.contact(contact) }
        if let edited = provider.provenance.lastEdited { try section.element("modified", edited) }
        try section.end()
        return id
    }

    private func contact(_ contact: Contact) throws {
        let section = agents
        try section.start("contactPoint")
        if let role = contact.role { try section.note("additionalNote", role, nil) }
        if let name = contact.name { try section.text("description", name, nil) }
        if let telephone = contact.telephone {
            try section.start("phone")
            try section.element("phoneNumber", telephone)
            try section.end()
        }
        if let email = contact.email { try section.element("emailAddress", "mailto:" + email) }
        if let url = contact.url { try section.page("contactForm", url) }
        try section.end()
    }

    private func unstatedLocation() throws -> String {
        let id = OwnURN.urn("location", "unstated")
        if claim(id) { try location(id, Venue()) }
        return id
    }

    /// Writes a venue once; returns its URI.
    private func writeVenue(_ venue: Venue) throws -> String {
        let id = OwnURN.urn("venue", venue.nativeID ?? "", String(contentHash(venue), radix: 16))
        if let native = venue.nativeID, OwnURN.isURI(native) {
            // The first venue of a URI keeps it; another one with the same URI cannot.
            if claim(native) {
                own[native] = id
                try location(native, venue)
                return native
            }
            if own[native] == id { return native }
        }
        if claim(id) { try location(id, venue) }
        return id
    }

    /// A number that stands for all that is written of a venue.
    private func contentHash(_ venue: Venue) -> UInt64 {
        var hash = StableHash()
        for wording in venue.name.wordings {
            hash.add(wording.language?.code ?? "")
            hash.add(wording.text)
        }
        let address = venue.address
        for line in [address.street, address.postcode, address.city, address.country] {
            hash.add(line ?? "")
        }
        for line in address.other { hash.add(line) }
        if let point = venue.coordinates {
            withUnsafeBytes(of: (point.latitude, point.longitude)) { hash.add($0) }
        }
        return hash.value
    }

    private func location(_ id: String, _ venue: Venue) throws {
        let section = locations
        try section.start("location")
        try section.attribute("id", id)
        try section.texts("geographicName", venue.name)
        try section.start("address")
        if let text = LOQAddress.text(venue.address) {
            try section.note(
                "fullAddress", text, nil, subject: LOQAddress.subject(venue.address))
        }
        let country = venue.address.country.flatMap { ISOCodes.threeLetters(country: $0) }
        try section.concept("countryCode", LOQCodes.country + (country ?? LOQCodes.unknownCountry))
        try section.end()
        if let point = venue.coordinates {
            try section.start("locn:geometry")
            try section.element("clv:longitude", "\(point.longitude)")
            try section.element("clv:latitude", "\(point.latitude)")
            try section.end()
        }
        try section.end()
    }
}
