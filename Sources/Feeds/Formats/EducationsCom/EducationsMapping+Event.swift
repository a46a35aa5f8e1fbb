import CourseModel
import XMLStream

extension EducationsMapping {
    /// The offering that an event is.
    func offering(
        _ native: String, _ event: XMLNode, of course: Course, _ node: XMLNode,
        _ log: inout DiagnosticLog
    ) -> Offering {
        let start = EducationsStart(event.first("start"), &log)
        var offering = Offering(
            id: ID(course: course.id, native: native), nativeID: native, course: course.id,
            timing: Timing(
                start.start, end: start.end, at: event.first("start"), field: "endDate", &log),
            provenance: Provenance(
                source: source, format: EducationsCom.name, file: log.file,
                position: SourcePosition(event.position)))
        offering.statedStart = start.stated
        offering.sessions = start.sessions
        takePlace(event, &offering, &log)
        if let name = event.statedAttribute("language") {
            if let tag = EducationsWords.language(name) {
                offering.languages = [LanguageShare(tag)]
            } else {
                log.add(
                    .note, .badLanguage, at: event, field: "language",
                    "language \(quoted(name)) is in no list; it was left out. "
                        + "Use a name of the schema, such as English.")
            }
        }
        takePace(event, &offering, &log)
        takeApplication(event, node, &offering, &log)
        offering.price =
            EducationsPrice.price(event.first("price"), currency, &log)
            ?? EducationsPrice.price(node.first("defaultPrice"), currency, &log)
        if let link = event.statedAttribute("link") {
            let page = webAddress(link) ?? cleaned(link, event, "link", &log)
            offering.url = page == course.url ? nil : page
        }
        for item in event.first("additionalInfo")?.all("item").map({ $0 }) ?? [] {
            let key = item.statedAttribute("key")
            offering.sections.take(key ?? "description", item, heading: key, &log)
        }
        return offering
    }

    // MARK: Where and how

    private func takePlace(
        _ event: XMLNode, _ offering: inout Offering, _ log: inout DiagnosticLog
    ) {
        let method = event.statedAttribute("deliveryMethod")
        let stated = EducationsWords.deliveryMode(method)
        switch EducationsWords.eventType(event) {
        case .location:
            offering.modes = [stated ?? .classroom]
            guard let id = event.statedAttribute("locationUID") else { break }
            if let venue = locations[id] {
                offering.places = [.venue(venue)]
            } else {
                log.add(
                    .warning, .unknownReference, at: event, field: "locationUID",
                    "The event is at the location \(quoted(id)), which its provider does not "
                        + "have; it has no place now. Add the location.")
            }
        case .area:
            if let stated { offering.modes = [stated] }
            let area = event.statedAttribute("place")
            if stated == .workplace {
                // At the customer's, anywhere in the area.
                offering.places = [.workplace]
                if let area {
                    offering.sections.add("area", RichText(plain: area), language: nil)
                }
            } else if let area {
                offering.places = [.venue(Venue(name: LocalizedText(area)))]
            }
        case .distance:
            offering.modes = [stated ?? .distance]
            offering.places = [.online]
        case nil:
            if let stated { offering.modes = [stated] }
            if let id = event.statedAttribute("locationUID"), let venue = locations[id] {
                offering.places = [.venue(venue)]
            }
        }
    }

    /// The share of full time; an event that does not say is full-time by the schema, which is no
    /// statement of its provider.
    private func takePace(
        _ event: XMLNode, _ offering: inout Offering, _ log: inout DiagnosticLog
    ) {
        guard let element = event.first("pace"), let text = element.line() else { return }
        guard let pace = FixedDecimal(text), let full = FixedDecimal(100), pace > .zero else {
            if FixedDecimal(text) != .zero {
                log.add(
                    .note, .numberUnreadable, at: element, field: "pace",
                    "pace is \(quoted(text)), no percentage; it was left out. "
                        + "Give a number from 0.00 to 100.00.")
            }
            return
        }
        offering.studyModes = [pace < full ? .partTime : .fullTime]
    }

    // MARK: Applying

    private func takeApplication(
        _ event: XMLNode, _ node: XMLNode, _ offering: inout Offering,
        _ log: inout DiagnosticLog
    ) {
        let own = event.first("applicationInfo")
        let general = node.first("application")
        for element in [own, general].compactMap({ $0 }) where offering.applyURL == nil {
            guard let text = element.statedAttribute("url") else { continue }
            offering.applyURL = webAddress(text) ?? cleaned(text, element, "url", &log)
        }
        let window = own?.attribute("startDate") ?? own?.attribute("endDate") == nil ? general : own
        let last = event.first("lastApplicationDate")
        let closing = last?.first("date")
        let opens = statedDay(
            window?.attribute("startDate"), at: window, field: "startDate", &log)
        let closes =
            statedDay(closing?.line(), at: closing, field: "lastApplicationDate", &log)
            ?? statedDay(window?.attribute("endDate"), at: window, field: "endDate", &log)
        offering.enrolment = .stated(
            opens: opens, closes: closes, at: closing ?? window, field: "lastApplicationDate", &log)
        offering.sections.take("application", last?.first("text"), &log)
    }
}

/// When an event starts, in the forms that the format has for it.
struct EducationsStart {
    private(set) var start = Start.rolling
    private(set) var end: CalendarDate?
    private(set) var stated: String?
    private(set) var sessions: [Session] = []

    /// - Parameter node: The `start`; an event without one is always open, as the format says.
    init(_ node: XMLNode?, _ log: inout DiagnosticLog) {
        guard let node else { return }
        switch EducationsWords.typeName(node) {
        case "AlwaysOpen": start = .rolling
        case "Fixed": takeFixed(node, &log)
        case "Month": takeMonth(node, &log)
        case "Semester":
            let parts = ["semester", "year"].compactMap { node.statedAttribute($0) }
            start = .unstated(raw: parts.isEmpty ? nil : parts.joined(separator: " "))
        case "Text":
            let text = node.statedAttribute("description")
            start = text.flatMap { XCRIStart.start($0) } ?? .unstated(raw: text)
            if start.isContinuous { stated = text }
        default:
            // A type that is missing or unknown; what it says may still be a date.
            if node.attribute("startDate") != nil {
                takeFixed(node, &log)
            } else {
                start = .unstated(raw: node.statedAttribute("description"))
            }
        }
    }

    private mutating func takeFixed(_ node: XMLNode, _ log: inout DiagnosticLog) {
        let date = statedDay(node.attribute("startDate"), at: node, field: "startDate", &log)
        start = date.map { .on($0) } ?? .unstated(raw: node.statedAttribute("startDate"))
        end = statedDay(node.attribute("endDate"), at: node, field: "endDate", &log)
        let begins = node.attribute("startTime").flatMap { TimeOfDay(iso: $0) }
        let ends = node.attribute("endTime").flatMap { TimeOfDay(iso: $0) }
        guard let date, begins != nil || ends != nil else { return }
        if end == nil || end == date {
            sessions = [Session(date: date, begins: begins, ends: ends)]
        } else if let begins {
            // The times of the first and the last day: those between are not told.
            sessions = [Session(date: date, begins: begins)]
            if let ends { sessions.append(Session(date: end, ends: ends)) }
        } else {
            sessions = [Session(date: end, ends: ends)]
        }
    }

    private mutating func takeMonth(_ node: XMLNode, _ log: inout DiagnosticLog) {
        let month = node.statedAttribute("month").flatMap { Int($0) }
        let year = node.statedAttribute("year").flatMap { Int($0) }
        guard let month, let year, let date = CalendarDate(year: year, month: month, day: 1) else {
            let name = month.flatMap { EducationsWords.months[$0] }
            start = .unstated(raw: name ?? node.statedAttribute("month"))
            return
        }
        start = .on(date)
        stated = String(date.iso.prefix(7))
        log.add(
            .note, .datePartial, at: node, field: "month",
            "The start \(quoted(stated ?? "")) names no day; its first day was taken. "
                + "Use a Fixed start with its startDate.")
    }
}

/// Prices of events.
enum EducationsPrice {
    /// Reads `price` or `defaultPrice`; a price of zero is no price to pay.
    static func price(
        _ node: XMLNode?, _ currency: Currency?, _ log: inout DiagnosticLog
    ) -> Price? {
        guard let node, let text = node.statedAttribute("price") else { return nil }
        guard let amount = statedAmount(text, at: node, field: "price", &log) else { return nil }
        let named = node.statedAttribute("currency").flatMap { Currency($0) }
        // Nothing is nothing in every currency.
        guard let used = named ?? currency ?? (amount == .zero ? .euro : nil) else {
            log.add(
                .warning, .priceWithoutCurrency, at: node, field: "currency",
                "The price \(quoted(text)) names no currency; it was left out. Add @currency.")
            return nil
        }
        let percentage = node.statedAttribute("vat").flatMap { FixedDecimal($0) }
        let isIncluded = node.statedAttribute("vatIncluded").flatMap(parseBoolean)
        let vat: Price.VAT =
            switch (isIncluded, percentage) {
            case (true?, _): .included(percentage: percentage)
            case (false?, _), (nil, _?): .excluded(percentage: percentage)
            case (nil, nil): .unstated
            }
        return Price(total: Money(amount, used), vat: vat, statedAs: discount(node, text))
    }

    /// The price with its discount in the feed's own words, since ours has no field for one.
    private static func discount(_ node: XMLNode, _ price: String) -> String? {
        guard let element = node.first("discount") ?? node.first("discountRate") else { return nil }
        var text = "\(price), discount "
        if let value = element.statedAttribute("value") {
            text += value
        } else if let percentage = element.statedAttribute("percentage") {
            text += percentage + "%"
        }
        if let from = element.statedAttribute("startDate") { text += " from " + from }
        if let until = element.statedAttribute("endDate") { text += " until " + until }
        return text
    }
}
