import CourseModel

/// The nodes that are written, of records as ``SchemaOrgReduction`` leaves them.
enum SchemaOrgJSON {
    static func provider(_ provider: Provider, id: String, _ json: inout JSONText) {
        json.object { json in
            json.string("@type", "Organization")
            json.string("@id", id)
            text("name", provider.name, &json)
            rich("description", provider.description, &json)
            json.string("url", provider.url)
            image("logo", provider.image, &json)
            if let venue = provider.location {
                json.object("location") { place(venue, &$0) }
            }
            list("contactPoint", provider.contacts, &json) { contact, json in
                json.object { json in
                    json.string("@type", "ContactPoint")
                    json.string("name", contact.name)
                    json.string("contactType", contact.role)
                    json.string("email", contact.email)
                    json.string("telephone", contact.telephone)
                    json.string("url", contact.url)
                }
            }
            codes(provider.codes, &json)
            list("hasCredential", provider.accreditations, &json) { name, json in
                json.object { json in
                    json.string("@type", "EducationalOccupationalCredential")
                    json.string("name", name)
                }
            }
            json.string("dateModified", provider.provenance.lastEdited)
        }
    }

    /// A course's own members, its instances apart.
    static func course(
        _ course: Course, id: String, provider: String, _ json: inout JSONText
    ) {
        json.string("@type", "Course")
        json.string("@id", id)
        json.array("additionalType") { json in
            json.string(nil, course.kind.rawValue)
            json.string(nil, course.statedKind)
        }
        text("name", course.title, &json)
        text("abstract", course.summary, &json)
        rich("description", course.description, &json)
        json.object("provider") { $0.string("@id", provider) }
        var identifiers = course.aliases + course.codes
        if let group = course.variantGroup {
            identifiers.append(Code(scheme: "variant-group", code: group))
        }
        codes(identifiers, &json)
        json.string("educationalLevel", course.level.map(levelText))
        prerequisites(course, &json)
        json.string("timeRequired", course.studyLoad.hours.flatMap { LOQDuration.text(hours: $0) })
        list("numberOfCredits", course.studyLoad.credits, &json) { credit, json in
            json.object { json in
                json.string("@type", "StructuredValue")
                json.string("name", credit.system)
                json.number("value", credit.value.text(minimumPlaces: 0))
                json.string("description", credit.level)
            }
        }
        list("educationalCredentialAwarded", course.qualifications, &json, qualification)
        list(
            "audience", Audience.allCases.filter { course.audiences.contains($0) }, &json
        ) { audience, json in
            json.object { json in
                json.string("@type", "EducationalAudience")
                json.string("educationalRole", audience.rawValue)
            }
        }
        list("about", course.subjects, &json) { subject, json in
            json.object { json in
                json.string("@type", "DefinedTerm")
                json.string("inDefinedTermSet", subject.scheme)
                if !subject.code.isEmpty { json.string("termCode", subject.code) }
                text("name", subject.label, &json)
            }
        }
        text("keywords", course.keywords, &json)
        list("teaches", course.skills, &json) { skill, json in
            json.object { json in
                json.string("@type", "DefinedTerm")
                if let id = skill.id {
                    json.string("@id", LOQSkills.isURI(id) ? id : OwnURN.urn("skill", id))
                }
                text("name", skill.label, &json)
            }
        }
        list("inLanguage", course.languages, &json) { $1.string(nil, $0.language.code) }
        sections(course.sections, &json)
        list("financialAidEligible", course.funding, &json) { $1.string(nil, $0.name) }
        json.string("url", course.url)
        image("image", course.image, &json)
        json.string("expires", course.expires?.iso)
        json.string("dateModified", course.provenance.lastEdited)
    }

    static func offering(
        _ offering: Offering, of course: Course, id: String, _ json: inout JSONText
    ) {
        json.object { json in
            json.string("@type", "CourseInstance")
            json.string("@id", id)
            text("name", offering.title, &json)
            rich("description", offering.description, &json)
            json.string("startDate", offering.timing.start.date?.iso)
            json.string("endDate", offering.timing.end?.iso)
            json.string("duration", offering.duration.map(XCRIDuration.interval))
            schedule(offering, &json)
            list(
                "courseMode",
                SchemaOrgModes.words(offering.modes, offering.studyModes, offering.dayParts), &json
            ) { $1.string(nil, $0) }
            list("inLanguage", offering.languages, &json) { $1.string(nil, $0.language.code) }
            list("location", offering.places, &json) { place, json in
                json.object { json in
                    switch place {
                    case .online: json.string("@type", "VirtualLocation")
                    case .workplace:
                        json.string("@type", "Place")
                        json.string("name", "Workplace")
                    case .venue(let venue): self.place(venue, &json)
                    }
                }
            }
            offer(offering, &json)
            json.number("maximumAttendeeCapacity", offering.capacity)
            json.number("remainingAttendeeCapacity", offering.placesLeft)
            json.string("typicalAgeRange", offering.age)
            if offering.status == .cancelled {
                json.string("eventStatus", "https://schema.org/EventCancelled")
            }
            sections(offering.sections, &json)
            json.string("url", offering.url)
            json.string("dateModified", offering.provenance.lastEdited)
        }
    }

    // MARK: Pieces

    private static func list<Element>(
        _ key: String, _ elements: [Element], _ json: inout JSONText,
        _ body: (Element, inout JSONText) -> Void
    ) {
        guard !elements.isEmpty else { return }
        json.array(key) { json in
            for element in elements { body(element, &json) }
        }
    }

    private static func wording(
        _ value: String, _ language: LanguageTag?, _ key: String?, _ json: inout JSONText
    ) {
        guard let language else { return json.string(key, value) }
        json.object(key) { json in
            json.string("@language", language.code)
            json.string("@value", value)
        }
    }

    private static func text(_ key: String, _ text: LocalizedText, _ json: inout JSONText) {
        let wordings = text.wordings
        if wordings.count == 1 {
            wording(wordings[0].text, wordings[0].language, key, &json)
        } else {
            list(key, wordings, &json) { wording($0.text, $0.language, nil, &$1) }
        }
    }

    private static func rich(_ key: String, _ text: LocalizedRichText, _ json: inout JSONText) {
        let wordings = text.wordings
        if wordings.count == 1 {
            wording(htmlOrPlain(wordings[0].text), wordings[0].language, key, &json)
        } else {
            list(key, wordings, &json) { wording(htmlOrPlain($0.text), $0.language, nil, &$1) }
        }
    }

    private static func image(_ key: String, _ image: Image?, _ json: inout JSONText) {
        guard let image else { return }
        json.object(key) { json in
            json.string("@type", "ImageObject")
            json.string("url", image.url)
            json.string("caption", image.alternative)
            json.string("name", image.title)
        }
    }

    private static func codes(_ codes: [Code], _ json: inout JSONText) {
        list("identifier", codes, &json) { code, json in
            json.object { json in
                json.string("@type", "PropertyValue")
                json.string("propertyID", code.scheme)
                json.string("value", code.code)
                text("name", code.label, &json)
            }
        }
    }

    private static func prerequisites(_ course: Course, _ json: inout JSONText) {
        guard !course.requiredLevels.isEmpty || !course.prerequisites.isEmpty else { return }
        json.array("coursePrerequisites") { json in
            for level in course.requiredLevels {
                json.object { json in
                    json.string("@type", "AlignmentObject")
                    json.string("alignmentType", "educationalLevel")
                    json.string("targetName", levelText(level))
                }
            }
            for own in course.prerequisites.wordings {
                wording(htmlOrPlain(own.text), own.language, nil, &json)
            }
        }
    }

    private static func qualification(_ qualification: Qualification, _ json: inout JSONText) {
        json.object { json in
            json.string("@type", "EducationalOccupationalCredential")
            json.string("credentialCategory", qualification.kind.rawValue)
            text("name", qualification.title, &json)
            json.string("alternateName", qualification.abbreviation)
            json.string("educationalLevel", qualification.level.map(levelText))
            for (key, name) in [
                ("sourceOrganization", qualification.awardedBy),
                ("recognizedBy", qualification.accreditedBy),
            ] {
                guard let name else { continue }
                json.object(key) { json in
                    json.string("@type", "Organization")
                    json.string("name", name)
                }
            }
            codes(qualification.codes, &json)
            json.string("url", qualification.url)
        }
    }

    private static func sections(_ sections: [TextSection], _ json: inout JSONText) {
        list("hasPart", sections, &json) { section, json in
            json.object { json in
                json.string("@type", "CreativeWork")
                json.string("genre", section.theme)
                text("headline", section.heading, &json)
                rich("text", section.text, &json)
            }
        }
    }

    private static func place(_ venue: Venue, _ json: inout JSONText) {
        json.string("@type", "Place")
        json.string("identifier", venue.nativeID)
        text("name", venue.name, &json)
        let address = venue.address
        if !address.isEmpty {
            json.object("address") { json in
                json.string("@type", "PostalAddress")
                json.string("streetAddress", address.street)
                list("extendedAddress", address.other, &json) { $1.string(nil, $0) }
                json.string("postalCode", address.postcode)
                json.string("addressLocality", address.city)
                json.string("addressCountry", address.country)
            }
        }
        if let point = venue.coordinates {
            json.object("geo") { json in
                json.string("@type", "GeoCoordinates")
                json.number("latitude", "\(point.latitude)")
                json.number("longitude", "\(point.longitude)")
            }
        }
        json.string("url", venue.url)
    }

    private static func schedule(_ offering: Offering, _ json: inout JSONText) {
        let dated = offering.sessions.filter { $0.weekday == nil }
        list("subEvent", dated, &json) { session, json in
            json.object { json in
                json.string("@type", "Event")
                text("name", session.name, &json)
                if let date = session.date {
                    json.string("startDate", date.iso + (session.begins.map { "T" + $0.iso } ?? ""))
                    if let ends = session.ends {
                        json.string("endDate", date.iso + "T" + ends.iso)
                    }
                } else {
                    json.string("startTime", session.begins?.iso)
                    json.string("endTime", session.ends?.iso)
                }
                if let venue = session.venue { json.object("location") { place(venue, &$0) } }
            }
        }
        let words = SchemaOrgReduction.startWords(offering)
        let hours = offering.hoursPerWeek.flatMap { LOQDuration.text(hours: $0) }
        let weekly = offering.sessions.filter { $0.weekday != nil }
        guard words != nil || hours != nil || !weekly.isEmpty else { return }
        json.array("courseSchedule") { json in
            if let words {
                json.object { json in
                    json.string("@type", "Schedule")
                    json.string("description", words)
                }
            }
            if let hours {
                json.object { json in
                    json.string("@type", "Schedule")
                    json.string("repeatFrequency", "P1W")
                    json.string("duration", hours)
                }
            }
            for session in weekly {
                guard let day = session.weekday else { continue }
                json.object { json in
                    json.string("@type", "Schedule")
                    text("name", session.name, &json)
                    json.string("byDay", "https://schema.org/" + day.rawValue.capitalizedFirst)
                    json.string("startTime", session.begins?.iso)
                    json.string("endTime", session.ends?.iso)
                }
            }
        }
    }

    private static func offer(_ offering: Offering, _ json: inout JSONText) {
        let availability: String?
        switch offering.status {
        case .open: availability = "InStock"
        case .full: availability = "SoldOut"
        case .closed: availability = "Discontinued"
        case .cancelled, .unstated: availability = nil
        }
        guard
            offering.price != nil || availability != nil || offering.applyURL != nil
                || offering.enrolment != nil
        else { return }
        json.object("offers") { json in
            json.string("@type", "Offer")
            if let price = offering.price {
                json.string("price", price.total.amount.description)
                json.string("priceCurrency", price.total.currency.code)
                let words = XCRIPrice.text(price)
                if words != price.total.description { json.string("description", words) }
                if let included = price.includesVAT, price.vat != .exempt {
                    json.object("priceSpecification") { json in
                        json.string("@type", "PriceSpecification")
                        json.string("price", price.total.amount.description)
                        json.string("priceCurrency", price.total.currency.code)
                        json.boolean("valueAddedTaxIncluded", included)
                    }
                }
            }
            json.string("availability", availability.map { "https://schema.org/" + $0 })
            json.string("availabilityStarts", offering.enrolment?.opens?.iso)
            json.string("availabilityEnds", offering.enrolment?.closes?.iso)
            json.string("url", offering.applyURL)
        }
    }
}

extension String {
    /// `Monday` of `monday`.
    fileprivate var capitalizedFirst: String { prefix(1).uppercased() + dropFirst() }
}
