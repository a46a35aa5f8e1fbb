import CourseModel

/// The objects that are written, of records as ``OOAPIReduction`` leaves them.
enum OOAPIJSON {
    /// - Parameter undated: Its offerings without a day of start, which no offering of OOAPI can be.
    static func course(_ course: Course, undated: [Offering] = [], _ json: inout JSONText) {
        json.string("courseId", OOAPIID.uuid("course", course.id))
        code("primaryCode", "identifier", course.nativeID, &json)
        texts("name", course.title, &json)
        json.string("abbreviation", "")
        rich("description", course.description, isRequired: true, &json)
        language(course.languages.first?.language, &json)
        json.string("level", OOAPICodes.code(course.level))
        studyLoad(course.studyLoad, &json)
        modes(course.modes, &json)
        json.string("duration", course.duration.flatMap(OOAPIDuration.text))
        json.string("fieldsOfStudy", course.subjects.first?.code)
        list("learningOutcomes", course.skills, &json) { skill, json in
            json.array { wordings(skill.label, &$0) }
        }
        if !course.prerequisites.isEmpty {
            rich("admissionRequirements", course.prerequisites, &json)
        }
        for (key, theme) in OOAPICourse.themes {
            if let section = course.sections.first(where: { $0.theme == theme }) {
                rich(key, section.text, &json)
            }
        }
        json.string("link", course.url)
        codes(course.aliases + course.codes, &json)
        json.string("validTo", course.expires?.adding(days: 1).iso)
        consumer(course, undated, &json)
    }

    private static func consumer(
        _ course: Course, _ undated: [Offering], _ json: inout JSONText
    ) {
        json.array("consumers") { json in
            json.object { json in
                json.string("consumerKey", OOAPIWriter.consumerKey)
                json.string("kind", course.kind.rawValue)
                json.string("statedKind", course.statedKind)
                json.string("variantGroup", course.variantGroup)
                json.string("level", course.level.map(levelText))
                words("requiredLevels", course.requiredLevels.map(levelText), &json)
                if !course.summary.isEmpty { texts("summary", course.summary, &json) }
                if !course.keywords.isEmpty { texts("keywords", course.keywords, &json) }
                words("audiences", all(course.audiences), &json)
                words("studyModes", all(course.studyModes), &json)
                words("funding", course.funding.map(\.name), &json)
                list("offerings", undated, &json) { offering, json in
                    json.object {
                        self.offering(offering, of: course, courseDuration: nil, &$0)
                    }
                }
            }
        }
    }

    static func offering(
        _ offering: Offering, of course: Course, courseDuration: CourseDuration?,
        _ json: inout JSONText
    ) {
        json.string(
            "offeringId",
            OOAPIID.isUUID(offering.nativeID)
                ? offering.nativeID.lowercased() : OOAPIID.uuid("offering", offering.id))
        code("primaryCode", "offeringCode", offering.nativeID, &json)
        json.string("offeringType", "course")
        texts("name", offering.title.isEmpty ? course.title : offering.title, &json)
        let description = offering.description.isEmpty ? course.description : offering.description
        rich("description", description, isRequired: true, &json)
        language((offering.languages.first ?? course.languages.first)?.language, &json)
        modes(offering.modes, &json)
        json.boolean("resultExpected", false)
        let start = offering.timing.start.date
        json.string("startDate", start?.iso)
        // The schema wants an end; where none is known it says so beside it.
        let end = offering.timing.end
        json.string(
            "endDate",
            (end ?? start.map { self.end($0, offering.duration ?? courseDuration) })?.iso)
        json.string("enrollStartDate", offering.enrolment?.opens?.iso)
        json.string("enrollEndDate", offering.enrolment?.closes?.iso)
        json.number("maxNumberStudents", offering.capacity)
        json.number("minNumberStudents", offering.minimumParticipants)
        if let capacity = offering.capacity, let left = offering.placesLeft {
            json.number("enrolledNumberStudents", capacity - left)
        }
        list("addresses", offering.places.compactMap(\.venue), &json) { venue, json in
            json.object { address(venue, "teaching", &$0) }
        }
        if let price = offering.price {
            json.array("priceInformation") { json in json.object { self.price(price, &$0) } }
        }
        json.string("link", offering.url)
        json.string("course", OOAPIID.uuid("course", course.id))
        json.string("organization", OOAPIID.uuid("provider", course.provider))
        json.array("consumers") { json in
            json.object { json in
                json.string("consumerKey", OOAPIWriter.consumerKey)
                json.string("status", offering.status.rawValue)
                json.boolean("startIsFinal", offering.timing.startIsFinal)
                if end == nil { json.boolean("endIsStated", false) }
                if start == nil { json.string("start", LOQReduction.startLabel(offering)) }
                json.string("duration", offering.duration.flatMap(OOAPIDuration.text))
                json.number("hoursPerWeek", offering.hoursPerWeek?.text(minimumPlaces: 0))
                words("dayParts", all(offering.dayParts), &json)
                words("studyModes", all(offering.studyModes), &json)
                json.string("applyUrl", offering.applyURL)
                json.string("age", offering.age)
            }
            guard offering.status == .open || offering.status == .closed else { return }
            json.object { json in
                json.string("consumerKey", "rio")
                json.string("registrationStatus", offering.status.rawValue)
            }
        }
    }

    /// The last day of something that starts on a day and lasts so long.
    private static func end(_ start: CalendarDate, _ duration: CourseDuration?) -> CalendarDate {
        guard let duration else { return start }
        let count = Int(duration.value.scaled / 10_000)
        let next: CalendarDate
        switch duration.unit {
        case .hour: return start
        case .day: next = start.adding(days: count)
        case .week: next = start.adding(days: 7 * count)
        case .month: next = start.adding(months: count)
        case .year: next = start.adding(months: 12 * count)
        }
        return max(start, next.adding(days: -1))
    }

    static func provider(_ provider: Provider, _ json: inout JSONText) {
        json.string("organizationId", OOAPIID.uuid("provider", provider.id))
        code("primaryCode", "identifier", provider.nativeID, &json)
        json.string("organizationType", "root")
        texts("name", provider.name, &json)
        json.string("shortName", "")
        if !provider.description.isEmpty { rich("description", provider.description, &json) }
        if let venue = provider.location {
            json.array("addresses") { json in json.object { address(venue, "visit", &$0) } }
        }
        json.string("link", provider.url)
        json.string("logo", provider.image?.url)
        codes(provider.codes, &json)
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

    private static func words(_ key: String, _ words: [String], _ json: inout JSONText) {
        list(key, words, &json) { $1.string(nil, $0) }
    }

    private static func all<Value: CaseIterable & Hashable & RawRepresentable>(
        _ values: Set<Value>
    ) -> [String] where Value.RawValue == String {
        Value.allCases.filter { values.contains($0) }.map(\.rawValue)
    }

    private static func text(_ value: String, _ language: LanguageTag?, _ json: inout JSONText) {
        json.object { json in
            json.string("language", language?.code)
            json.string("value", value)
        }
    }

    private static func wordings(_ text: LocalizedText, _ json: inout JSONText) {
        for wording in text.wordings { self.text(wording.text, wording.language, &json) }
    }

    private static func texts(_ key: String, _ text: LocalizedText, _ json: inout JSONText) {
        json.array(key) { wordings(text, &$0) }
    }

    /// - Parameter isRequired: Whether the schema wants one even when there is no text.
    private static func rich(
        _ key: String, _ text: LocalizedRichText, isRequired: Bool = false,
        _ json: inout JSONText
    ) {
        json.array(key) { json in
            for wording in text.wordings {
                self.text(Markdown.text(wording.text), wording.language, &json)
            }
            // An empty text says that there is none, and reads back as that.
            if text.isEmpty, isRequired { self.text("", nil, &json) }
        }
    }

    private static func code(
        _ key: String?, _ type: String, _ code: String, _ json: inout JSONText
    ) {
        json.object(key) { json in
            json.string("codeType", type)
            json.string("code", code)
        }
    }

    private static func codes(_ codes: [Code], _ json: inout JSONText) {
        list("otherCodes", codes, &json) { code, json in
            self.code(nil, OOAPICodes.type(code.scheme), code.code, &json)
        }
    }

    private static func language(_ language: LanguageTag?, _ json: inout JSONText) {
        let code = language.map { ISOCodes.threeLetters($0) } ?? "und"
        json.string("teachingLanguage", code.utf8.count == 3 ? code : "und")
    }

    private static func modes(_ modes: Set<DeliveryMode>, _ json: inout JSONText) {
        words(
            "modeOfDelivery",
            DeliveryMode.allCases.filter { modes.contains($0) }.map(OOAPICodes.mode), &json)
    }

    private static func studyLoad(_ load: StudyLoad, _ json: inout JSONText) {
        let number: (String, FixedDecimal)?
        if let ects = load.ects {
            number = ("ects", ects)
        } else if let hours = load.hours {
            number = ("sbu", hours)
        } else {
            number = load.contactHours.map { ("contacttime", $0) }
        }
        guard let (unit, value) = number else { return }
        json.object("studyLoad") { json in
            json.string("studyLoadUnit", unit)
            json.number("value", value.text(minimumPlaces: 0))
        }
    }

    private static func address(_ venue: Venue, _ type: String, _ json: inout JSONText) {
        json.string("addressType", type)
        if let street = venue.address.street {
            let cut = street.lastIndex(of: " ")
            if let cut, let first = street[street.index(after: cut)...].first, first.isNumber {
                json.string("street", String(street[..<cut]))
                json.string("streetNumber", String(street[street.index(after: cut)...]))
            } else {
                json.string("street", street)
            }
        }
        if !venue.name.isEmpty { texts("additional", venue.name, &json) }
        // RIO takes Dutch postcodes without a space.
        json.string(
            "postalCode",
            venue.address.postcode.map {
                DutchPostcode($0) == nil ? $0 : $0.filter { $0 != " " }
            })
        json.string("city", venue.address.city)
        json.string("countryCode", venue.address.country)
        if let point = venue.coordinates {
            json.object("geolocation") { json in
                json.number("latitude", "\(point.latitude)")
                json.number("longitude", "\(point.longitude)")
            }
        }
    }

    private static func price(_ price: Price, _ json: inout JSONText) {
        json.string("costType", "total costs")
        let total = price.total.amount
        switch price.vat {
        case .excluded(let percentage):
            if let percentage, let part = total.percentage(percentage) {
                json.string("amount", (total + part).description)
                json.string("vatAmount", part.description)
            }
            json.string("amountWithoutVat", total.description)
        case .exempt:
            json.string("amount", total.description)
            json.string("vatAmount", "0.00")
            json.string("amountWithoutVat", total.description)
        case .included, .unstated: json.string("amount", total.description)
        }
        json.string("currency", price.total.currency.code)
        json.array("displayAmount") { text(XCRIPrice.text(price), nil, &$0) }
    }
}
