import CourseModel

/// A `CourseInstance` node's words, and the offering that they make.
struct SchemaOrgInstance {
    private let node: JSONNode
    private let language: LanguageTag?
    private var locations: [JSONNode]
    private var offers: [JSONNode]

    init(_ node: JSONNode, _ language: LanguageTag?) {
        self.node = node
        self.language = language
        locations = node["location"]?.elements ?? []
        offers = node["offers"]?.elements ?? []
    }

    /// Brings in the places and offers that stand elsewhere.
    mutating func resolve(_ resolve: (JSONNode) throws -> JSONNode) rethrows {
        locations = try locations.map(resolve)
        offers = try offers.map(resolve)
    }

    var nativeID: String? {
        if let id = node.nodeID { return OwnURN.parts(id, of: "offering")?.last ?? id }
        return node["identifier"]?.elements.first.flatMap {
            SchemaOrgIdentifier.code($0, nil)?.code
        } ?? node["url"]?.elements.first?.address
    }

    var derivedID: String {
        let place = locations.first?.localized(nil).text()
        let parts = [node["startDate"]?.text, place].compactMap { $0 }
        return parts.isEmpty ? "offering" : parts.joined(separator: " ")
    }

    func offering(
        nativeID: String, of course: Course, input: FeedInput, position: SourcePosition,
        _ log: inout DiagnosticLog
    ) -> Offering {
        var offering = Offering(
            id: ID(course: course.id, native: nativeID), nativeID: nativeID, course: course.id,
            timing: .unstated,
            provenance: Provenance(
                source: input.source, format: SchemaOrg.name, file: input.name,
                position: position, lastEdited: node["dateModified"]?.text))
        let title = node["name"]?.localized(language) ?? LocalizedText()
        if title != course.title { offering.title = title }
        let description = SchemaOrgTexts.rich(
            node["description"], language, field: "description", &log)
        if description != course.description { offering.description = description }
        offering.sections = SchemaOrgSections.sections(node["hasPart"], language, &log)
        let url = SchemaOrgTexts.url(node["url"], field: "url", &log)
        if url != course.url { offering.url = url }
        takeTime(&offering, &log)
        takeMeetings(&offering, &log)
        var modes = SchemaOrgModes()
        for name in ["courseMode", "eventAttendanceMode"] {
            if let node = node[name] { modes.take(node, &log) }
        }
        offering.modes = modes.delivery
        offering.studyModes = modes.study
        offering.dayParts = modes.dayParts
        offering.languages = SchemaOrgTexts.languages(node["inLanguage"], &log)
        for location in locations {
            if let place = SchemaOrgPlace.place(location, language, &log),
                !offering.places.contains(place)
            {
                offering.places.append(place)
            }
        }
        offering.capacity = node["maximumAttendeeCapacity"]?.count
        offering.placesLeft = node["remainingAttendeeCapacity"]?.count
        offering.age = node["typicalAgeRange"]?.text
        takeOffers(&offering, input, &log)
        if let status = node["eventStatus"]?.text.map(JSONNode.localName),
            status == "EventCancelled"
        {
            offering.status = .cancelled
        }
        return offering
    }

    private func takeTime(_ offering: inout Offering, _ log: inout DiagnosticLog) {
        let stated = node["startDate"]?.elements.first
        let parsed = stated?.text.flatMap { parseDate($0)?.date }
        // Words where a date should stand may still say that one can start at any time.
        let words = stated?.text.flatMap { parsed == nil ? $0 : nil } ?? startWords
        var start = Start.unstated(raw: nil)
        if let parsed {
            start = .on(parsed)
            offering.statedStart = startWords
        } else if let words {
            start = XCRIStart.start(words) ?? .unstated(raw: words)
            let own = words == XCRIStart.rollingText || words == XCRIStart.onRequestText
            if start.isContinuous, !own { offering.statedStart = words }
        }
        let end = SchemaOrgTexts.date(node["endDate"], field: "endDate", &log)
        if let timing = Timing(start: start, end: end) {
            offering.timing = timing
        } else {
            log.add(
                .warning, .endBeforeStart, place: node["endDate"]?.position, field: "endDate",
                "The end \(end?.iso ?? "") lies before the start \(start.date?.iso ?? ""); the end "
                    + "was left out. Correct one of them.")
            offering.timing = Timing(start: start)
        }
        if let node = node["duration"]?.elements.first, let text = node.text {
            offering.duration = parseDuration(iso: text) ?? parseDuration(text)
            if offering.duration == nil {
                log.add(
                    .note, .durationUnreadable, place: node.position, field: "duration",
                    "duration \(quoted(text)) cannot be read; it was left out. "
                        + "Give it in ISO 8601 form, such as P10W.")
            }
        }
    }

    /// A schedule that is words only.
    private var startWords: String? {
        for schedule in node["courseSchedule"]?.elements ?? []
        where schedule.isObject
            && schedule.members.allSatisfy({
                ["@type", "description"].contains($0.key)
            })
        {
            if let text = schedule["description"]?.localized(nil).text() { return text }
        }
        return nil
    }

    private func takeMeetings(_ offering: inout Offering, _ log: inout DiagnosticLog) {
        for event in node["subEvent"]?.elements ?? [] {
            guard event.isObject else { continue }
            var session = Session(name: event["name"]?.localized(language) ?? LocalizedText())
            session.date = event["startDate"]?.text.flatMap { CalendarDate(iso: $0) }
            session.begins = (event["startDate"] ?? event["startTime"])?.text.flatMap(Self.time)
            session.ends = (event["endDate"] ?? event["endTime"])?.text.flatMap(Self.time)
            if session.begins == nil {
                session.begins = event["startTime"]?.text.flatMap(Self.time)
            }
            if session.ends == nil { session.ends = event["endTime"]?.text.flatMap(Self.time) }
            if let place = event["location"]?.elements.first {
                session.venue = SchemaOrgPlace.place(place, language, &log)?.venue
            }
            if session != Session() { offering.sessions.append(session) }
        }
        for schedule in node["courseSchedule"]?.elements ?? [] {
            if let text = schedule["duration"]?.text,
                JSONNode.localName(schedule["repeatFrequency"]?.text ?? "").lowercased() == "weekly"
                    || schedule["repeatFrequency"]?.text == "P1W",
                let hours = LOQDuration.hours(text)
            {
                offering.hoursPerWeek = hours
            }
            for day in schedule["byDay"]?.elements ?? [] {
                let name = JSONNode.localName(day.text ?? "").lowercased()
                guard let weekday = Weekday(rawValue: name) else { continue }
                offering.sessions.append(
                    Session(
                        weekday: weekday, begins: schedule["startTime"]?.text.flatMap(Self.time),
                        ends: schedule["endTime"]?.text.flatMap(Self.time),
                        name: schedule["name"]?.localized(language) ?? LocalizedText()))
            }
        }
        // A workload in hours a week is common; one in hours says nothing of this occasion only.
        if offering.hoursPerWeek == nil, let text = node["courseWorkload"]?.text,
            let hours = XCRIHours(text), hours.perWeek
        {
            offering.hoursPerWeek = hours.value
        }
    }

    /// The time of `2027-02-02T09:00:00+01:00` and of `09:00`.
    private static func time(_ text: String) -> TimeOfDay? {
        if let mark = text.firstIndex(of: "T") {
            return TimeOfDay(iso: text[text.index(after: mark)...])
        }
        return text.contains(":") ? TimeOfDay(iso: text) : nil
    }

    private func takeOffers(
        _ offering: inout Offering, _ input: FeedInput, _ log: inout DiagnosticLog
    ) {
        for offer in offers {
            if offering.price == nil {
                offering.price = SchemaOrgPrice.price(offer, currency: input.currency, &log)
            }
            if offering.applyURL == nil {
                offering.applyURL = SchemaOrgTexts.url(offer["url"], field: "offers.url", &log)
            }
            switch offer["availability"]?.text.map(JSONNode.localName) {
            case "InStock", "OnlineOnly", "LimitedAvailability", "PreOrder":
                offering.status = .open
            case "SoldOut", "OutOfStock": offering.status = .full
            case "Discontinued": offering.status = .closed
            default: break
            }
            let opens = SchemaOrgTexts.date(
                offer.first("availabilityStarts", "validFrom"), field: "availabilityStarts", &log)
            let closes = SchemaOrgTexts.date(
                offer.first("availabilityEnds", "validThrough"), field: "availabilityEnds", &log)
            guard offering.enrolment == nil, opens != nil || closes != nil else { continue }
            offering.enrolment = EnrolmentWindow(opens: opens, closes: closes)
            guard offering.enrolment == nil else { continue }
            log.add(
                .warning, .enrolmentReversed, place: offer.position, field: "availabilityEnds",
                "Enrolment closes before it opens; the opening was left out. Correct one of them.")
            offering.enrolment = EnrolmentWindow(closes: closes)
        }
        if offering.price == nil, node["isAccessibleForFree"]?.boolean == true {
            offering.price = Price(total: Money(.zero, input.currency ?? .euro))
        }
    }
}

/// An `Offer` as price.
enum SchemaOrgPrice {
    static func price(
        _ offer: JSONNode, currency: Currency?, _ log: inout DiagnosticLog
    ) -> Price? {
        let specification = offer["priceSpecification"]?.elements.first
        let text = offer["description"]?.localized(nil).text()
        let parsed = text.flatMap { parsePrice($0) }
        guard let node = offer["price"] ?? specification?["price"] ?? offer["lowPrice"] else {
            if offer["category"]?.text?.lowercased() == "free" {
                return Price(total: Money(.zero, currency ?? .euro))
            }
            return nil
        }
        let written = node.text.flatMap { parsePrice($0) }
        guard let amount = node.decimal ?? written?.amount, amount >= .zero else {
            log.add(
                .warning, .priceNotANumber, place: node.position, field: "price",
                "The price is \(quoted(node.text ?? "")), in which no amount can be read; it was "
                    + "left out. Write it as 120.00.")
            return nil
        }
        let stated = (offer["priceCurrency"] ?? specification?["priceCurrency"])?.text
        guard
            let used = stated.flatMap({ Currency($0) }) ?? written?.currency ?? currency
                ?? (amount == .zero ? .euro : nil)
        else {
            log.add(
                .warning, .priceWithoutCurrency, place: node.position, field: "priceCurrency",
                "The price \(quoted(node.text ?? "")) has no currency; it was left out. "
                    + "Give priceCurrency.")
            return nil
        }
        var vat = parsed?.vat ?? .unstated
        if vat == .unstated,
            let included = (specification ?? offer)["valueAddedTaxIncluded"]?.boolean
        {
            vat = included ? .included(percentage: nil) : .excluded(percentage: nil)
        }
        let total = Money(amount, used)
        let plain = XCRIPrice.text(Price(total: total, vat: vat))
        let words = parsed?.amount == amount && text != plain ? text : nil
        return Price(total: total, vat: vat, statedAs: words)
    }
}
