import CourseModel
import XMLStream

/// Writes the offerings as `<programSchedule>`.
///
/// Every run says all that holds for it, and what is the same for all stands at the generic level
/// too, since many customers read nothing deeper.
struct EDUDEXScheduleElement {
    private let course: Course
    private let offerings: [Offering]
    /// The day that stands in where a run has no start.
    private let fillDay: CalendarDate

    init(_ record: CourseRecord, generated: String) {
        course = record.course
        offerings = record.offerings
        fillDay = CalendarDate(iso: generated) ?? CalendarDate(daysSince1970: 10_957)
    }

    /// The only offering, when it has no dates: EDU-DEX says that without a run.
    var genericOnly: Offering? {
        guard offerings.count == 1, let only = offerings.first, only.timing.start.date == nil,
            only.timing.end == nil, only.timing.startIsFinal == nil, only.enrolment == nil,
            !only.sessions.contains(where: { $0.date != nil })
        else { return nil }
        return only
    }

    /// `startDateDetermination`.
    var startDetermination: String {
        let starts = offerings.map(\.timing.start)
        if starts.contains(.rolling) { return "direct start" }
        if starts.contains(.onRequest) { return "agreed starting date" }
        return "fixed starting date"
    }

    /// Whether all of the programme is online.
    var isFullyOnline: Bool {
        offerings.isEmpty
            ? course.modes == [.online]
            : offerings.allSatisfy { $0.places.contains(.online) && Self.venues($0).isEmpty }
    }

    /// Whether the schedule names a place anywhere, so that nobody needs `programLocation`.
    var hasPlaces: Bool {
        genericOnly.map { !Self.venues($0).isEmpty } ?? !offerings.isEmpty
    }

    private static func venues(_ offering: Offering) -> [Venue] {
        offering.places.compactMap(\.venue)
    }

    /// Writes the element.
    func write(to xml: inout XMLWriter) throws(XMLWriteError) {
        try xml.startElement("programSchedule")
        if let only = genericOnly {
            try writeGenericOnly(only, &xml)
        } else {
            try writeGeneric(&xml)
            for offering in offerings { try writeRun(offering, &xml) }
        }
        try xml.endElement()
    }

    // MARK: Generic runs

    private func writeGenericOnly(
        _ offering: Offering, _ xml: inout XMLWriter
    ) throws(XMLWriteError) {
        var facts = EDUDEXFacts()
        if offering.nativeID != "generic" { facts.add(.runID, offering.nativeID) }
        addStart(offering, &facts)
        let isOpen = offering.status == .open || offering.status == .unstated
        if offering.status != (isOpen ? .open : .closed) {
            facts.add(.status, offering.status.rawValue)
        }
        try xml.startElement("genericProgramRun")
        try writeDayParts(offering, &xml)
        try writeCosts(offering, &facts, &xml)
        try writeWeek(offering.sessions, of: offering, &xml)
        let venues = Self.venues(offering)
        try writeModules(venues.dropFirst(), "genericModule", &xml)
        if let venue = venues.first, !isFullyOnline { try writeLocation(venue, &xml) }
        addForms(offering, readModes: [], readStudyModes: [], &facts)
        addPlaces(offering, isOnline: isFullyOnline, &facts)
        try EDUDEXFactsElement.write(facts, in: "genericProgramRunFree", to: &xml)
        try xml.endElement()
    }

    /// What holds for every run; nothing that a run without it of its own would inherit wrongly.
    private func writeGeneric(_ xml: inout XMLWriter) throws(XMLWriteError) {
        guard let first = offerings.first else { return }
        let dayParts = offerings.allSatisfy { $0.dayParts == first.dayParts } ? first.dayParts : []
        let hasCosts = offerings.allSatisfy { $0.price != nil }
        let place = first.places.first?.venue
        let hasPlace = place != nil && offerings.allSatisfy { $0.places.first?.venue == place }
        let week = offerings.map(\.sessions).first { sessions in
            !sessions.isEmpty && sessions.allSatisfy { $0.date == nil }
        }
        guard !dayParts.isEmpty || hasCosts || hasPlace || week != nil else { return }
        try xml.startElement("genericProgramRun")
        if !dayParts.isEmpty { try writeDayParts(first, &xml) }
        if hasCosts {
            var unused = EDUDEXFacts()
            try writeCosts(first, level: "generic", &unused, &xml)
        }
        if let week { try writeWeek(week, of: first, &xml) }
        if hasPlace, let place { try writeLocation(place, &xml) }
        try xml.endElement()
    }

    // MARK: Runs

    private func writeRun(_ offering: Offering, _ xml: inout XMLWriter) throws(XMLWriteError) {
        var facts = EDUDEXFacts()
        try xml.startElement("programRun")
        if let closes = offering.enrolment?.closes {
            try xml.element("applicationDeadline", closes.iso)
        }
        try writeDayParts(offering, &xml)
        try writeCosts(offering, &facts, &xml)
        let dated = offering.sessions.filter { $0.date != nil }
        for (index, session) in dated.enumerated() {
            try writeDay(session, id: "\(mark(offering))-d\(index + 1)", &xml)
        }
        let start = offering.timing.start.date
        let first = start ?? min(fillDay, offering.timing.end ?? fillDay)
        let isFinal = offering.timing.startIsFinal
        try xml.element(
            "endDate", (offering.timing.end ?? first).iso,
            ("isFinal", offering.timing.end != nil && isFinal != false ? "true" : "false"))
        if offering.timing.end == nil { facts.add(.unstated, "endDate") }
        let venues = Self.venues(offering)
        let isOnline = offering.places.contains(.online) && venues.isEmpty
        if isOnline || isFullyOnline || offerings.contains(where: { $0.places.contains(.online) }) {
            try xml.element("fullyOnline", isOnline ? "true" : "false")
        }
        let id = runID(offering)
        try xml.element("id", id)
        if id != offering.nativeID { facts.add(.runID, offering.nativeID) }
        if let venue = venues.first { try writeLocation(venue, &xml) }
        if let capacity = offering.capacity {
            try xml.element("maxNumberOfParticipants", "\(capacity)")
        }
        if let minimum = offering.minimumParticipants {
            try xml.element("minNumberOfParticipants", "\(minimum)")
        }
        try writeModules(venues.dropFirst(), "module", &xml)
        let form = form(of: offering)
        if let form { try xml.element("programForm", form) }
        try xml.element(
            "startDate", first.iso,
            ("isFinal", isFinal ?? (start != nil) ? "true" : "false"))
        if isFinal == nil { facts.add(.unstated, "startDate/@isFinal") }
        addStart(offering, &facts)
        try writeStatus(offering, &facts, &xml)
        addForms(
            offering,
            readModes: Set(EDUDEXVocabulary.formModes.filter { $0.form == form }.map(\.mode)),
            readStudyModes: Set(EDUDEXVocabulary.studyModes.filter { $0.form == form }.map(\.mode)),
            &facts)
        addPlaces(offering, isOnline: isOnline, &facts)
        try EDUDEXFactsElement.write(facts, in: "programRunFree", to: &xml)
        try xml.endElement()
    }

    /// `programRun/id`, unique within the programme.
    private func runID(_ offering: Offering) -> String {
        EDUDEXHeld.isLocationID(offering.nativeID)
            ? offering.nativeID : EDUDEXHeld.standIn(for: offering.nativeID)
    }

    /// Tells the ids that we make from those of other runs; EDU-DEX wants them unique in a provider.
    private func mark(_ offering: Offering) -> String { EDUDEXHeld.hash(offering.id.value) }

    private func writeStatus(
        _ offering: Offering, _ facts: inout EDUDEXFacts, _ xml: inout XMLWriter
    ) throws(XMLWriteError) {
        let code: String
        switch offering.status {
        case .open: code = "application opened"
        case .unstated:
            code = "application opened"
            facts.add(.status, OfferingStatus.unstated.rawValue)
        case .closed: code = "application closed"
        case .full:
            code = "application closed"
            facts.add(.status, OfferingStatus.full.rawValue)
        case .cancelled: code = "canceled"
        }
        try xml.element("status", code)
    }

    /// `programForm` of a run, when one code says all that the offering says.
    private func form(of offering: Offering) -> String? {
        guard offering.studyModes.count + offering.modes.count == 1 else { return nil }
        if let mode = offering.studyModes.first {
            return EDUDEXVocabulary.studyModes.first { $0.mode == mode }?.form
        }
        return offering.modes.first.flatMap { mode in
            EDUDEXVocabulary.formModes.first { $0.mode == mode }?.form
        }
    }

    // MARK: Facts

    private func addStart(_ offering: Offering, _ facts: inout EDUDEXFacts) {
        let isGeneric = genericOnly != nil
        switch offering.timing.start {
        case .on: break
        case .rolling: if !isGeneric { facts.add(.start, "rolling") }
        case .onRequest: if !isGeneric { facts.add(.start, "on-request") }
        case .unstated(let raw):
            if let raw {
                facts.add(.start, "unstated \(raw)")
            } else if !isGeneric {
                facts.add(.start, "unstated")
            }
        }
    }

    private func addForms(
        _ offering: Offering, readModes: Set<DeliveryMode>, readStudyModes: Set<StudyMode>,
        _ facts: inout EDUDEXFacts
    ) {
        EDUDEXProgrammeElement.add(offering.modes, readBack: readModes, as: .mode, to: &facts)
        EDUDEXProgrammeElement.add(
            offering.studyModes, readBack: readStudyModes, as: .studyMode, to: &facts)
    }

    private func addPlaces(
        _ offering: Offering, isOnline: Bool, _ facts: inout EDUDEXFacts
    ) {
        if offering.places.contains(.online), !isOnline { facts.add(.place, "online") }
        if offering.places.contains(.workplace) { facts.add(.place, "workplace") }
    }

    // MARK: Parts

    private func writeDayParts(
        _ offering: Offering, _ xml: inout XMLWriter
    ) throws(XMLWriteError) {
        for (code, part) in EDUDEXVocabulary.dayParts where offering.dayParts.contains(part) {
            try xml.element("contactHoursPartOfDay", code)
        }
    }

    private func writeWeek(
        _ sessions: [Session], of offering: Offering, _ xml: inout XMLWriter
    ) throws(XMLWriteError) {
        for (index, session) in sessions.enumerated() {
            try writeDay(session, id: "\(mark(offering))-w\(index + 1)", &xml)
        }
    }

    private func writeDay(
        _ session: Session, id: String, _ xml: inout XMLWriter
    ) throws(XMLWriteError) {
        try xml.startElement("courseDay")
        if let date = session.date {
            try xml.element("date", date.iso)
        } else if let weekday = session.weekday {
            try xml.element(
                "dayOfTheWeek",
                weekday.rawValue.prefix(1).uppercased()
                    + weekday.rawValue.dropFirst())
        }
        if let ends = session.ends { try xml.element("endTime", ends.iso + ":00") }
        try xml.element("id", id)
        if let venue = session.venue { try writeLocation(venue, &xml) }
        try EDUDEXTextElements.lines(session.name, "name", to: &xml)
        if let begins = session.begins { try xml.element("startTime", begins.iso + ":00") }
        try xml.endElement()
    }

    /// Further venues: a run has one location, but each of its modules may have another.
    private func writeModules(
        _ venues: ArraySlice<Venue>, _ name: String, _ xml: inout XMLWriter
    ) throws(XMLWriteError) {
        for venue in venues {
            try xml.startElement(name)
            try writeLocation(venue, &xml)
            try xml.element("name", venue.name.text() ?? "", ("xml:lang", "nl"))
            try xml.endElement()
        }
    }

    private func writeLocation(_ venue: Venue, _ xml: inout XMLWriter) throws(XMLWriteError) {
        try xml.startElement("location")
        if let street = venue.address.street { try xml.element("address", street) }
        if let city = venue.address.city { try xml.element("city", city) }
        if let country = venue.address.country {
            try xml.element("country", country.lowercased())
        }
        if let point = venue.coordinates {
            try xml.element("geoCode", EDUDEXHeld.geoCode(point))
        }
        if let id = venue.nativeID { try xml.element("id", id) }
        try EDUDEXTextElements.lines(venue.name, "locationName", to: &xml)
        if let postcode = venue.address.postcode { try xml.element("zipcode", postcode) }
        try xml.endElement()
    }

    // MARK: Costs

    private func writeCosts(
        _ offering: Offering, level: String = "run", _ facts: inout EDUDEXFacts,
        _ xml: inout XMLWriter
    ) throws(XMLWriteError) {
        guard let price = offering.price else { return }
        let costs = price.costs.isEmpty ? [Self.tuitionFee(price)] : price.costs
        for (index, cost) in costs.enumerated() {
            if cost.isFinal == nil {
                facts.add(.unstated, EDUDEXFacts.finality(ofCost: index))
            }
            let isOwn = level == "run" && cost.nativeID != nil
            let made = "{\(mark(offering))-\(level)-c\(index + 1)}"
            try writeCost(cost, id: isOwn ? cost.nativeID ?? made : made, &xml)
        }
        let readBack = EDUDEXWriter.computed(price.costs, course.duration)
        if readBack != price {
            EDUDEXPriceFacts.add(price, costsAreStated: !price.costs.isEmpty, to: &facts)
        }
    }

    /// The cost that stands for a price of which only the total is known.
    static func tuitionFee(_ price: Price) -> Cost {
        let total = EDUDEXHeld.cents(price.total.amount)
        var cost = Cost(kind: "tuition fee", amount: Money(total, price.total.currency))
        switch price.vat {
        case .included(let percentage?) where percentage > .zero:
            // total = amount · (100 + percentage) / 100
            let whole = Int128(total.scaled) * 1_000_000
            let divisor = Int128(1_000_000 + percentage.scaled)
            let amount = EDUDEXHeld.cents(FixedDecimal(scaled: Int64(whole / divisor)))
            cost.amount.amount = amount
            cost.vatAmount = total - amount
            cost.vatPercentage = percentage
        case .excluded(let percentage?):
            cost.vatPercentage = percentage
        case .exempt:
            cost.vatAmount = .zero
            cost.vatPercentage = .zero
            cost.vatCode = "1"
        case .included, .excluded, .unstated: break
        }
        return EDUDEXHeld.cost(cost)
    }

    private func writeCost(
        _ cost: Cost, id: String, _ xml: inout XMLWriter
    ) throws(XMLWriteError) {
        try xml.startElement("cost")
        try xml.element("amount", cost.amount.amount.description)
        try xml.element("amountIsFinal", cost.isFinal == true ? "true" : "false")
        if let day = cost.validFrom { try xml.element("amountValidFrom", day.iso) }
        if let day = cost.validUntil { try xml.element("amountValidUntil", day.iso) }
        if let amount = cost.vatAmount { try xml.element("amountVAT", amount.description) }
        try xml.element("costType", cost.kind)
        try xml.element("currency", cost.amount.currency.code)
        try xml.element("id", id)
        try xml.element("isRequiredCost", cost.isRequired ? "true" : "false")
        if cost.isForGroup { try xml.element("payableBy", "group") }
        switch cost.period {
        case .programme: break
        case .firstYear: try xml.element("period", "1st year")
        case .hour, .day, .week, .month, .year: try xml.element("period", cost.period.rawValue)
        }
        if let code = cost.vatCode { try xml.element("VATCode", code) }
        if let amount = cost.exemptAmount {
            try xml.element("VATExemptAmount", amount.description)
        }
        if let amount = cost.exemptVATAmount {
            try xml.element("VATExemptAmountVAT", amount.description)
        }
        if let percentage = cost.vatPercentage {
            try xml.element("VATPercentage", percentage.text(minimumPlaces: 0))
        }
        try xml.endElement()
    }
}
