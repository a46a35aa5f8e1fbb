import CourseModel

/// What an offering of OOAPI says.
enum OOAPIOffering {
    static func offering(
        _ node: JSONNode, nativeID: String, of course: Course, addresses: [JSONNode],
        input: FeedInput, _ log: inout DiagnosticLog
    ) -> Offering {
        var offering = Offering(
            id: ID(course: course.id, native: nativeID), nativeID: nativeID, course: course.id,
            timing: timing(node, &log),
            provenance: Provenance(
                source: input.source, format: OOAPI.name, file: input.name,
                position: node.position))
        let title = OOAPITexts.plain(node["name"])
        if title != course.title { offering.title = title }
        let description = OOAPITexts.rich(node["description"], field: "description", &log)
        if description != course.description { offering.description = description }
        let opens = OOAPITexts.date(
            node["enrollStartDate"] ?? node["enrolStartDate"], field: "enrollStartDate", &log)
        let closes = OOAPITexts.date(
            node["enrollEndDate"] ?? node["enrolEndDate"], field: "enrollEndDate", &log)
        if opens != nil || closes != nil {
            offering.enrolment = EnrolmentWindow(opens: opens, closes: closes)
            if offering.enrolment == nil {
                log.add(
                    .warning, .enrolmentReversed, place: node["enrollEndDate"]?.position,
                    field: "enrollEndDate",
                    "Enrolment closes before it opens; the opening was left out. "
                        + "Correct one of them.")
                offering.enrolment = EnrolmentWindow(closes: closes)
            }
        }
        offering.modes = OOAPITexts.modes(node["modeOfDelivery"] ?? node["modesOfDelivery"], &log)
        let languages = OOAPITexts.languages(node, &log)
        if languages != course.languages { offering.languages = languages }
        for address in node["addresses"]?.elements ?? addresses {
            guard let venue = OOAPITexts.venue(address, &log) else { continue }
            let place = TeachingPlace.venue(venue)
            if !offering.places.contains(place) { offering.places.append(place) }
        }
        offering.capacity = node["maxNumberStudents"]?.count
        offering.minimumParticipants = node["minNumberStudents"]?.count
        if let capacity = offering.capacity, let enrolled = node["enrolledNumberStudents"]?.count {
            offering.placesLeft = max(0, capacity - enrolled)
        }
        for cost in node["priceInformation"]?.elements ?? [] where offering.price == nil {
            offering.price = OOAPIPrice.price(cost, currency: input.currency, &log)
        }
        let url = OOAPITexts.url(node["link"], field: "link", &log)
        if url != course.url { offering.url = url }
        switch OOAPITexts.consumer(node, "rio")?["registrationStatus"]?.text {
        case "open": offering.status = .open
        case "closed": offering.status = .closed
        default: break
        }
        if node["state"]?.text == "cancelled" { offering.status = .cancelled }
        takeConsumer(node, &offering)
        return offering
    }

    private static func timing(_ node: JSONNode, _ log: inout DiagnosticLog) -> Timing {
        let own = OOAPITexts.consumer(node, OOAPIWriter.consumerKey)
        let first = OOAPITexts.date(
            node["startDate"] ?? node["startDateTime"], field: "startDate", &log)
        var last = OOAPITexts.date(node["endDate"] ?? node["endDateTime"], field: "endDate", &log)
        if own?["endIsStated"]?.boolean == false { last = nil }
        var start =
            first.map { Start.on($0) } ?? own?["start"]?.text.map(StartWords.start)
            ?? .unstated(raw: nil)
        if first == nil, node["flexibleEntryPeriodStart"] != nil { start = .rolling }
        let isFinal = own?["startIsFinal"]?.boolean
        if let timing = Timing(start: start, startIsFinal: isFinal, end: last) { return timing }
        log.add(
            .warning, .endBeforeStart, place: node["endDate"]?.position, field: "endDate",
            "The end \(last?.iso ?? "") lies before the start \(first?.iso ?? ""); the end was left "
                + "out. Correct one of them.")
        return Timing(start: start)
    }

    private static func takeConsumer(_ node: JSONNode, _ offering: inout Offering) {
        guard let own = OOAPITexts.consumer(node, OOAPIWriter.consumerKey) else { return }
        func words(_ key: String) -> [String] { own[key]?.elements.compactMap(\.text) ?? [] }
        if let status = own["status"]?.text.flatMap({ OfferingStatus(rawValue: $0) }) {
            offering.status = status
        }
        if let words = own["start"]?.text {
            offering.statedStart = StartWords.stated(words, for: offering.timing.start)
        }
        offering.applyURL = own["applyUrl"]?.text.flatMap(cleanURL)
        offering.dayParts = Set(words("dayParts").compactMap { DayPart(rawValue: $0) })
        offering.studyModes = Set(words("studyModes").compactMap { StudyMode(rawValue: $0) })
        offering.hoursPerWeek = own["hoursPerWeek"]?.decimal
        offering.duration = own["duration"]?.text.flatMap { parseDuration(iso: $0) }
        offering.age = own["age"]?.text
    }
}

/// A `Cost` as price.
enum OOAPIPrice {
    static func price(
        _ node: JSONNode, currency: Currency?, _ log: inout DiagnosticLog
    ) -> Price? {
        let text = OOAPITexts.plain(node["displayAmount"]).text()
        let parsed = text.flatMap { parsePrice($0) }
        let gross = node["amount"]?.decimal
        let net = node["amountWithoutVat"]?.decimal
        guard let used = node["currency"]?.text.flatMap({ Currency($0) }) ?? currency else {
            guard gross != nil || net != nil else { return nil }
            log.add(
                .warning, .priceWithoutCurrency, place: node.position, field: "currency",
                "The cost names no currency; it was left out. Give currency, such as EUR.")
            return nil
        }
        guard let amount = gross ?? net, amount >= .zero else {
            if node["amount"] != nil {
                log.add(
                    .warning, .priceNotANumber, place: node["amount"]?.position, field: "amount",
                    "The amount is no number; it was left out. Write it as 120.00.")
            }
            return nil
        }
        // Words that name one of the amounts say how VAT stands to it.
        if let parsed, let text, parsed.amount == gross || parsed.amount == net {
            let total = Money(parsed.amount, used)
            let plain = XCRIPrice.text(Price(total: total, vat: parsed.vat))
            return Price(total: total, vat: parsed.vat, statedAs: text == plain ? nil : text)
        }
        var vat = Price.VAT.unstated
        if gross == nil {
            vat = .excluded(percentage: nil)
        } else if let part = node["vatAmount"]?.decimal ?? net.map({ amount - $0 }) {
            vat = part == .zero ? .exempt : .included(percentage: nil)
        }
        return Price(total: Money(amount, used), vat: vat)
    }
}
