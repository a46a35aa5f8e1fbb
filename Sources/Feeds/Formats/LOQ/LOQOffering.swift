import CourseModel
import XMLStream

/// A learning opportunity as an offering.
struct LOQOffering {
    let node: XMLNode
    /// The URIs of the locations, in order.
    let locations: [String]
    /// The URI of the organisation that gives it.
    let provider: String?
    /// The URI of what can be learnt.
    let specification: String?

    init(_ node: XMLNode) {
        self.node = node
        locations = node.all("location").compactMap { $0.attribute("idref") }
        provider = node.first("providedBy")?.attribute("idref")
        specification = node.first("learningAchievementSpecification")?.attribute("idref")
    }

    /// The id that the feed gives.
    static func nativeID(_ id: String) -> String {
        OwnURN.parts(id, of: "offering")?.last ?? id
    }

    /// The ways to pay that the offering names, which are the course's in our model.
    var funding: [FundingScheme] {
        node.all("grant").compactMap { grant in
            LOQTexts.plain(grant, "title").text().map { FundingScheme($0) }
        }
    }

    /// The kind of course that its type says.
    var kind: CourseKind? {
        for type in node.all("type") {
            if let kind = LOQCodes.kinds[LOQCodes.tail(type.attribute("uri") ?? "")] { return kind }
        }
        return nil
    }

    func offering(
        nativeID: String, of course: Course, places: [TeachingPlace], file: String,
        position: SourcePosition?, _ log: inout DiagnosticLog
    ) -> Offering {
        var offering = Offering(
            id: ID(course: course.id, native: nativeID), nativeID: nativeID, course: course.id,
            timing: .unstated,
            provenance: Provenance(
                source: course.provenance.source, format: LOQ.name, file: file,
                position: position, lastEdited: node.first("modified")?.trimmedText))
        let title = LOQTexts.plain(node, "title")
        if title != course.title { offering.title = title }
        let description = LOQTexts.rich(node, "description", &log)
        if description != course.description { offering.description = description }
        let url = LOQTexts.homepage(node, &log)
        if url != course.url { offering.url = url }
        takeTime(&offering, &log)
        for child in node.children { take(child, &offering, &log) }
        offering.places = places
        offering.price = price(&log)
        return offering
    }

    private func take(_ child: XMLNode, _ offering: inout Offering, _ log: inout DiagnosticLog) {
        switch child.localName {
        case "additionalNote":
            if let literal = child.first("noteLiteral") {
                offering.sections.merge(
                    LOQSections.theme(child) ?? "note", LOQTexts.rich(literal, &log),
                    LOQTexts.language(literal))
            }
        case "admissionProcedure":
            if let literal = child.first("noteLiteral") {
                offering.sections.merge(
                    "application", LOQTexts.rich(literal, &log), LOQTexts.language(literal))
            }
        case "supplementaryDocument":
            guard offering.applyURL == nil, Self.isApplication(LOQTexts.plain(child, "title"))
            else { return }
            offering.applyURL = LOQTexts.address(child, &log)
        case "duration": takeDuration(child, &offering, &log)
        case "mode": LOQCourse.takeMode(child, &offering.modes, &log)
        case "learningSchedule":
            if let mode = LOQCodes.schedules[LOQCodes.tail(child.attribute("uri") ?? "")] {
                offering.studyModes.insert(mode)
            }
        case "scheduleInformation":
            guard let literal = child.first("noteLiteral"), let text = literal.trimmedText else {
                return
            }
            if let read = LOQSchedule.read(text) {
                offering.studyModes.formUnion(read.study)
                offering.dayParts.formUnion(read.parts)
            } else {
                offering.sections.merge(
                    "schedule", LOQTexts.rich(literal, &log), LOQTexts.language(literal))
            }
        case "status":
            if let status = child.trimmedText.flatMap({
                OfferingStatus(rawValue: $0.lowercased())
            }) {
                offering.status = status
            }
        default: break
        }
    }

    private func takeTime(_ offering: inout Offering, _ log: inout DiagnosticLog) {
        let temporal = node.first("temporal")
        let label = temporal.flatMap { LOQTexts.plain($0, "prefLabel").text() }
        let first = LOQTexts.date(temporal?.first("startDate"), &log)
        let last = LOQTexts.date(temporal?.first("endDate"), &log)
        let start: Start
        if let first {
            start = .on(first)
            offering.statedStart = label
        } else if let label {
            start = StartWords.start(label)
            offering.statedStart = StartWords.stated(label, for: start)
        } else {
            start = .unstated(raw: nil)
        }
        if let timing = Timing(start: start, end: last) {
            offering.timing = timing
        } else {
            log.add(
                .warning, .endBeforeStart, at: temporal?.first("endDate"), field: "endDate",
                "The end \(last?.iso ?? "") lies before the start \(first?.iso ?? ""); the end was "
                    + "left out. Correct one of them.")
            offering.timing = Timing(start: start)
        }
        let deadlines = node.all("applicationDeadline").compactMap { LOQTexts.date($0, &log) }
        if let closes = deadlines.max() { offering.enrolment = EnrolmentWindow(closes: closes) }
    }

    private func takeDuration(
        _ child: XMLNode, _ offering: inout Offering, _ log: inout DiagnosticLog
    ) {
        guard let text = child.trimmedText else { return }
        offering.duration = parseDuration(iso: text)
        guard offering.duration == nil else { return }
        log.add(
            .note, .durationUnreadable, at: child, field: "duration",
            "duration \(quoted(text)) cannot be read; it was left out. "
                + "Give it in ISO 8601 form, such as P70D.")
    }

    private static func isApplication(_ title: LocalizedText) -> Bool {
        title.wordings.contains { wording in
            let lower = wording.text.lowercased()
            return ["apply", "application", "enrol", "inschrijv", "aanmeld"].contains {
                lower.contains($0)
            }
        }
    }

    /// The first price with an amount; of several the others stay in the original.
    private func price(_ log: inout DiagnosticLog) -> Price? {
        for detail in node.all("priceDetail") {
            let text =
                LOQTexts.plain(detail, "description").text()
                ?? LOQTexts.plain(detail, "prefLabel").text()
            let parsed = text.flatMap { parsePrice($0) }
            guard let amount = detail.first("amount"), let number = amount.first("value"),
                let written = number.trimmedText
            else {
                guard let text, let parsed, let currency = parsed.currency else { continue }
                return Price(
                    total: Money(parsed.amount, currency), vat: parsed.vat, statedAs: text)
            }
            guard let value = FixedDecimal(written), value >= .zero else {
                log.add(
                    .warning, .priceNotANumber, at: number, field: "priceDetail",
                    "The amount \(quoted(written)) is no number; it was left out. "
                        + "Write it as 120.00.")
                continue
            }
            let unit = LOQCodes.tail(amount.first("unit")?.attribute("uri") ?? "")
            guard unit != CurrencyCodes.none, let currency = Currency(unit) else {
                log.add(
                    .warning, .priceWithoutCurrency, at: amount, field: "priceDetail",
                    "The amount \(quoted(written)) has no currency; it was left out. "
                        + "Name it in unit.")
                continue
            }
            let total = Money(value, currency)
            let plain = XCRIPrice.text(Price(total: total, vat: parsed?.vat ?? .unstated))
            return Price(
                total: total, vat: parsed?.vat ?? .unstated, statedAs: text == plain ? nil : text)
        }
        return nil
    }
}
