import CourseModel
import XMLStream

/// A presentation's own words, and the offering that they make.
struct XCRIOffering {
    private var common = XCRICommon()
    private var start: XCRITemporal?
    private var end: XCRITemporal?
    private var opens: XCRITemporal?
    private var closes: XCRITemporal?
    private var duration: CourseDuration?
    private var applyURL: String?
    private var hours: FixedDecimal?
    private var modes = XCRIModes()
    private var languages: [LanguageShare] = []
    private var assessmentLanguages: [LanguageTag] = []
    private var places = XCRIPlaces()
    private var costNode: XMLNode?
    private var costsNode: XMLNode?
    private var age: String?
    private var venues: [TeachingPlace] = []
    private let node: XMLNode

    /// Whether a date of it lay a day early in `@dtf`.
    private(set) var hasShiftedDate = false

    /// Reads what stands in a `presentation`.
    init(_ node: XMLNode, _ memory: XCRIMemory, _ log: inout DiagnosticLog) {
        self.node = node
        for child in node.children {
            guard let name = XCRIName(child) else { continue }
            if common.take(child, name, &log) { continue }
            take(child, name, memory, &log)
        }
    }

    private mutating func take(
        _ child: XMLNode, _ name: XCRIName, _ memory: XCRIMemory, _ log: inout DiagnosticLog
    ) {
        switch name {
        case .start: start = XCRITemporal(child, field: "start", memory)
        case .startUntil:
            if start == nil { start = XCRITemporal(child, field: "startUntil", memory) }
        case .end: end = XCRITemporal(child, field: "end", memory)
        case .applyFrom: opens = XCRITemporal(child, field: "applyFrom", memory)
        case .applyUntil: closes = XCRITemporal(child, field: "applyUntil", memory)
        case .applyTo:
            if let text = child.trimmedText {
                applyURL = cleaned(
                    !text.utf8.contains(58) && text.utf8.contains(64) ? "mailto:" + text : text,
                    child,
                    "applyTo", &log)
            }
        case .duration: takeDuration(child, memory, &log)
        case .engagement:
            if let text = child.trimmedText, let read = XCRIHours(text), read.perWeek {
                hours = read.value
            } else if let text = child.trimmedText {
                common.sections.append(
                    theme: "engagement", heading: nil, RichText(html: text), nil)
            }
        case .studyMode: takeMode(.studyMode, child, memory, &log)
        case .attendanceMode: takeMode(.attendanceMode, child, memory, &log)
        case .attendancePattern: takeMode(.attendancePattern, child, memory, &log)
        case .languageOfInstruction:
            if let tag = language(child, memory, &log),
                !languages.contains(where: { $0.language == tag })
            {
                languages.append(LanguageShare(tag))
            }
        case .languageOfAssessment:
            if let tag = language(child, memory, &log), !assessmentLanguages.contains(tag) {
                assessmentLanguages.append(tag)
            }
        case .places:
            if let known = memory.places.value(of: child) {
                places = known
                return
            }
            guard let text = child.trimmedText else { return }
            guard let read = XCRIPlaces(text) else {
                log.add(
                    .warning, .numberUnreadable, at: child, field: "places",
                    "places is \(quoted(text)), no number; it was left out. Give the number only.")
                return
            }
            places = read
            memory.places.keep(read, for: child)
        case .cost: if costNode == nil { costNode = child }
        case .costs: costsNode = child
        case .age: age = child.foldedText
        case .venue: takeVenue(child, memory, &log)
        default: break
        }
    }

    private mutating func takeDuration(
        _ child: XMLNode, _ memory: XCRIMemory, _ log: inout DiagnosticLog
    ) {
        if let known = memory.durations.value(of: child) {
            duration = known
            return
        }
        let found = log.count
        readDuration(child, &log)
        if log.count == found { memory.durations.keep(duration, for: child) }
    }

    private mutating func readDuration(_ child: XMLNode, _ log: inout DiagnosticLog) {
        let text = child.foldedText
        let interval = child.attribute("interval").flatMap(nonEmpty)
        let fromInterval = interval.flatMap { parseDuration(iso: $0) }
        let fromText = text.flatMap { parseDuration(iso: $0) ?? parseDuration($0) }
        if let fromInterval {
            let says =
                fromText.map {
                    $0.value == fromInterval.value && $0.unit == fromInterval.unit
                        && $0.statedAs == nil
                } ?? (text == nil)
            duration = CourseDuration(
                fromInterval.value, fromInterval.unit, statedAs: says ? nil : text)
            return
        }
        duration = fromText
        if interval != nil || (fromText == nil && text != nil) {
            log.add(
                .note, .durationUnreadable, at: child, field: "duration",
                "duration \(quoted(interval ?? text ?? "")) cannot be read; "
                    + (fromText == nil ? "it was left out" : "its text was taken")
                    + ". Give @interval in ISO 8601 form, such as P10W.")
        }
    }

    private mutating func takeMode(
        _ field: XCRIModes.Field, _ child: XMLNode, _ memory: XCRIMemory,
        _ log: inout DiagnosticLog
    ) {
        if let known = memory.modes.value(of: child) {
            modes.merge(known)
            return
        }
        let code = child.attribute("identifier").flatMap(nonEmpty)
        let text = child.foldedText
        guard code != nil || text != nil else { return }
        let read = XCRIModes(field, code: code, text: text)
        if read.isEmpty {
            log.add(
                .note, .codeUnknown, at: child, field: child.localName,
                "\(child.localName) \(quoted(text ?? code ?? "")) is in no vocabulary; it was left "
                    + "out. Use a code of XCRI-CAP 1.2, such as PT.")
        } else {
            memory.modes.keep(read, for: child)
        }
        modes.merge(read)
    }

    private func language(
        _ child: XMLNode, _ memory: XCRIMemory, _ log: inout DiagnosticLog
    ) -> LanguageTag? {
        if let known = memory.languages.value(of: child) { return known }
        guard let text = child.trimmedText else { return nil }
        if let tag = XCRILanguage.tag(text) {
            memory.languages.keep(tag, for: child)
            return tag
        }
        log.add(
            .note, .badLanguage, at: child, field: child.localName,
            "\(child.localName) \(quoted(text)) is no language code; it was left out. "
                + "Use ISO 639-1, such as nl.")
        return nil
    }

    private mutating func takeVenue(
        _ child: XMLNode, _ memory: XCRIMemory, _ log: inout DiagnosticLog
    ) {
        let venue: TeachingPlace?
        if let known = memory.venues.value(of: child) {
            venue = known
        } else {
            let found = log.count
            venue = Self.venue(child, &log)
            if log.count == found { memory.venues.keep(venue, for: child) }
        }
        if let venue, !venues.contains(venue) { venues.append(venue) }
    }

    /// Where a venue element says that teaching takes place.
    private static func venue(_ child: XMLNode, _ log: inout DiagnosticLog) -> TeachingPlace? {
        // 1.2 has a provider within; 1.1 has the fields directly.
        let holder = child.first("provider") ?? child
        var common = XCRICommon()
        var place = XCRIPlace()
        for child in holder.children {
            guard let name = XCRIName(child) else { continue }
            // A venue repeats the provider's description: no text of the offering.
            if name == .description { continue }
            if place.take(child, name, &log) { continue }
            _ = common.take(child, name, &log)
        }
        place.finish(holder, &log)
        var venue = Venue(
            nativeID: XCRIIdentity.primary(common.identifiers)?.text, name: common.titles,
            address: place.address, coordinates: place.coordinates,
            url: common.url ?? place.contact.url)
        if venue.address.isEmpty, venue.coordinates == nil, venue.nativeID == nil,
            let name = common.titles.text(), let special = Self.special(name)
        {
            return special
        }
        guard venue != Venue() else { return nil }
        if venue.url != nil, venue.url == venue.nativeID { venue.url = common.url }
        return .venue(venue)
    }

    /// Venues that are no places.
    private static func special(_ name: String) -> TeachingPlace? {
        switch name.lowercased() {
        case "online", "e-learning", "distance learning", "webinar", "virtual": .online
        case "workplace", "werkplek", "in company", "in-company", "incompany", "workbased":
            .workplace
        default: nil
        }
    }
}

extension XCRIOffering {
    /// What an offering takes from its surroundings: made once a course, and not copied for each
    /// of its offerings.
    final class Surroundings {
        let course: ID<Course>
        let source: ID<Source>
        let title: LocalizedText
        let description: LocalizedRichText
        let sections: [TextSection]
        let url: String?
        let provider: Provider
        let currency: Currency?
        let file: String

        init(of course: borrowing Course, provider: Provider, currency: Currency?, file: String) {
            self.course = course.id
            source = course.provenance.source
            title = course.title
            description = course.description
            sections = course.sections
            url = course.url
            self.provider = provider
            self.currency = currency
            self.file = file
        }
    }

    /// Whether the element says that it is withdrawn (1.1's `@recstatus`).
    var isWithdrawn: Bool { node.attribute("recstatus") == "3" }

    /// The id that the feed gives, when it gives one.
    var identifier: String? {
        XCRIIdentity.primary(common.identifiers)?.text ?? common.url
    }

    /// The id made of start, venue and study mode where the feed gives none.
    var derivedIdentifier: String {
        var parts: [String] = []
        if let date = start?.date { parts.append(date.iso) }
        if let raw = start?.text, start?.date == nil { parts.append(raw) }
        switch venues.first {
        case .venue(let venue):
            parts.append(
                venue.nativeID ?? venue.name.text() ?? venue.address.postcode
                    ?? venue.address.city ?? "venue")
        case .online: parts.append("online")
        case .workplace: parts.append("workplace")
        case nil: break
        }
        parts += modes.study.map(\.rawValue).sorted()
        return parts.isEmpty ? "offering" : parts.joined(separator: " ")
    }

    /// The study load that stands with the offering but belongs to the course.
    var studyLoad: StudyLoad { common.studyLoad }

    /// The offering.
    mutating func offering(
        nativeID: String, at place: SourcePosition, in surroundings: Surroundings,
        _ memory: XCRIMemory, _ log: inout DiagnosticLog
    ) -> Offering {
        let timing = timing(&log)
        var offering = Offering(
            id: ID(course: surroundings.course, native: nativeID), nativeID: nativeID,
            course: surroundings.course, timing: timing,
            provenance: Provenance(
                source: surroundings.source, format: XCRICAP.name,
                file: surroundings.file, position: place,
                lastEdited: common.lastEdited))
        if common.titles != surroundings.title { offering.title = common.titles }
        switch timing.start {
        case .on: offering.statedStart = start?.stated
        case .rolling where start?.text != XCRIStart.rollingText: offering.statedStart = start?.text
        case .onRequest where start?.text != XCRIStart.onRequestText:
            offering.statedStart = start?.text
        default: break
        }
        offering.duration = duration
        offering.enrolment = enrolment(&log)
        offering.applyURL = applyURL
        offering.dayParts = modes.dayParts
        offering.hoursPerWeek = hours
        offering.places = venues
        offering.modes = modes.delivery
        offering.studyModes = modes.study
        offering.languages = languages
        offering.assessmentLanguages = assessmentLanguages
        offering.capacity = places.capacity
        offering.placesLeft = places.left
        offering.minimumParticipants = places.minimum
        offering.age = age
        offering.status =
            common.takeTypes("status").compactMap { OfferingStatus(rawValue: $0) }.first
            ?? .unstated
        offering.sessions = common.dates.compactMap { XCRISession.session($0) }
        if common.description != surroundings.description {
            offering.description = common.description
        }
        if !common.sections.all.isEmpty {
            offering.sections = common.sections.all.filter {
                !surroundings.sections.contains($0)
            }
        }
        offering.url = common.url == surroundings.url ? nil : common.url
        offering.price = price(surroundings, memory, &log)
        return offering
    }

    private mutating func timing(_ log: inout DiagnosticLog) -> Timing {
        // Where the text puts the end before the start and @dtf does not, @dtf is right.
        if let first = start?.date, let last = end?.date, last < first {
            if let other = end?.alternative, other >= first {
                end?.useAlternative()
            } else if let other = start?.alternative, other <= last {
                start?.useAlternative()
            }
        }
        hasShiftedDate = start?.isShifted == true || end?.isShifted == true
        start?.report(into: &log)
        end?.report(into: &log)
        if let end, end.date == nil { end.reportUnreadable(into: &log) }
        let kind: Start
        if let date = start?.date {
            kind = .on(date)
        } else if let text = start?.text {
            kind = XCRIStart.start(text) ?? .unstated(raw: text)
        } else {
            kind = .unstated(raw: nil)
        }
        if let timing = Timing(start: kind, end: end?.date) { return timing }
        log.add(
            .warning, .endBeforeStart, at: end?.node, field: "end",
            "The end \(end?.date?.iso ?? "") lies before the start \(kind.date?.iso ?? ""); the "
                + "end was left out. Correct one of them.")
        return Timing(start: kind)
    }

    private func enrolment(_ log: inout DiagnosticLog) -> EnrolmentWindow? {
        opens?.report(into: &log)
        closes?.report(into: &log)
        if let opens, opens.date == nil { opens.reportUnreadable(into: &log) }
        if let closes, closes.date == nil { closes.reportUnreadable(into: &log) }
        guard opens?.date != nil || closes?.date != nil else { return nil }
        if let window = EnrolmentWindow(opens: opens?.date, closes: closes?.date) { return window }
        log.add(
            .warning, .enrolmentReversed, at: closes?.node, field: "applyUntil",
            "Enrolment closes on \(closes?.date?.iso ?? "") before it opens on "
                + "\(opens?.date?.iso ?? ""); the opening was left out. Correct one of them.")
        return EnrolmentWindow(closes: closes?.date)
    }

    private func price(
        _ surroundings: Surroundings, _ memory: XCRIMemory, _ log: inout DiagnosticLog
    ) -> Price? {
        guard costNode != nil || costsNode != nil else { return nil }
        func currency() -> Currency? {
            surroundings.currency ?? inferredCurrency(surroundings.provider)
        }
        if let costNode {
            if let known = memory.prices.value(of: costNode) { return known }
            let found = log.count
            var isOwn = true
            let price = XCRIPrice.price(
                costNode,
                currency: {
                    // An amount without a currency takes that of its surroundings.
                    isOwn = false
                    return currency()
                }, isInferred: surroundings.currency == nil, &log)
            if let price {
                if isOwn, log.count == found { memory.prices.keep(price, for: costNode) }
                return price
            }
        }
        return costsNode.flatMap { XCRIPrice.price(costs: $0, currency: currency(), &log) }
    }

    /// The currency of the country that a UKPRN or a postcode gives away.
    private func inferredCurrency(_ provider: Provider) -> Currency? {
        if provider.codes.contains(where: { $0.scheme == "ukprn" }) { return .pound }
        var postcodes = venues.compactMap { $0.venue?.address.postcode }
        if let own = provider.location?.address.postcode { postcodes.append(own) }
        for postcode in postcodes {
            switch PostcodeCountry.of(postcode) {
            case "GB": return .pound
            case "NL": return .euro
            default: continue
            }
        }
        return nil
    }
}

/// The numbers of places, as our writer gives them: `16; 12 left; minimum 6`.
///
/// Others write the number only.
struct XCRIPlaces: Equatable {
    var capacity: Int?
    var left: Int?
    var minimum: Int?

    init(capacity: Int? = nil, left: Int? = nil, minimum: Int? = nil) {
        self.capacity = capacity
        self.left = left
        self.minimum = minimum
    }

    init?(_ text: String) {
        for part in text.split(separator: ";") {
            let words = part.split(separator: " ")
            if words.count == 1, let value = Int(words[0]), value >= 0 {
                capacity = value
            } else if words.count == 2, words[1] == "left", let value = Int(words[0]) {
                left = value
            } else if words.count == 2, words[0] == "minimum", let value = Int(words[1]) {
                minimum = value
            } else {
                return nil
            }
        }
        if capacity == nil, left == nil, minimum == nil { return nil }
    }

    /// The text, or `nil` when nothing is known.
    var text: String? {
        var parts: [String] = []
        if let capacity { parts.append(String(capacity)) }
        if let left { parts.append("\(left) left") }
        if let minimum { parts.append("minimum \(minimum)") }
        return parts.isEmpty ? nil : parts.joined(separator: "; ")
    }
}

/// Meetings, which stand in a presentation's `dc:date` as `2027-01-12 09:00-12:00 Name`.
enum XCRISession {
    static func session(_ text: String) -> Session? {
        var words = text.split(separator: " ")[...]
        var session = Session()
        if let first = words.first {
            if let date = CalendarDate(iso: first), first.utf8.count == 10 {
                session.date = date
                words = words.dropFirst()
            } else if let weekday = Weekday(rawValue: String(first)) {
                session.weekday = weekday
                words = words.dropFirst()
            }
        }
        if let first = words.first,
            first.utf8.first.map({ 48...57 ~= $0 }) == true
                || first.hasPrefix("-")
        {
            let times = first.split(separator: "-", omittingEmptySubsequences: false)
            if times.count == 2 {
                let begins = TimeOfDay(iso: times[0])
                let ends = TimeOfDay(iso: times[1])
                if begins != nil || ends != nil {
                    session.begins = begins
                    session.ends = ends
                    words = words.dropFirst()
                }
            }
        }
        session.name = LocalizedText(words.joined(separator: " "))
        let saysWhen =
            session.date != nil || session.weekday != nil || session.begins != nil
            || session.ends != nil
        return saysWhen ? session : nil
    }

    static func text(_ session: Session) -> String {
        var parts: [String] = []
        if let date = session.date {
            parts.append(date.iso)
        } else if let weekday = session.weekday {
            parts.append(weekday.rawValue)
        }
        if session.begins != nil || session.ends != nil {
            parts.append("\(session.begins?.iso ?? "")-\(session.ends?.iso ?? "")")
        }
        if let name = session.name.text() { parts.append(name) }
        return parts.joined(separator: " ")
    }
}
