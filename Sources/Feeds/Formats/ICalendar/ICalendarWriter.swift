import CourseModel

/// Writes iCalendar (RFC 5545): the meetings of each offering, or the days from its first to its
/// last when its meetings are not known.
///
/// Meetings with a time stand on the clocks of the country where they are. Those of a day of the
/// week are one event that comes back, when the offering's first and last day are known. What has no
/// day cannot stand in a calendar. An offering that is gone is cancelled, under its old id.
public final class ICalendarWriter: FeedWriter {
    private let output: FeedOutput
    private let context: FeedContext
    private var text = CalendarText()
    private var provider: Provider?
    private var written = WrittenFeed()
    private var withoutDay = 0

    /// The name of the feed's file in a folder.
    public static var fileName: String { "courses.ics" }
    /// A provider's name stands with its offerings.
    public static var holdsProviders: Bool { false }
    /// An event can be cancelled.
    public static var tellsRemovals: Bool { true }

    /// Opens a feed.
    public init(to destination: FeedDestination, context: FeedContext) throws {
        output = try FeedOutput(to: destination, file: Self.fileName, packing: context.packing)
        self.context = context
        try output.write(text.start(title: context.title))
    }

    /// Tells the writer of a provider.
    public func write(_ provider: Provider) throws { self.provider = provider }

    /// Writes the meetings of a course.
    public func write(_ record: CourseRecord) throws {
        try write(record, known: CatalogueFacts())
    }

    /// Writes the meetings of a course, dated by its last change.
    public func write(_ record: CourseRecord, known: CatalogueFacts) throws {
        let changed = known.changed(record.course.provenance, in: context)?.iso
        var offerings = 0
        for offering in record.offerings {
            let events = events(
                offering, of: record.course, changed: changed ?? context.generated)
            guard !events.isEmpty else {
                withoutDay += 1
                continue
            }
            offerings += 1
            for event in events { try output.write(text.event(event)) }
        }
        written.count += RecordCount(courses: offerings > 0 ? 1 : 0, offerings: offerings)
    }

    /// Cancels the meetings of offerings.
    public func remove(_ removal: FeedRemoval) throws {
        for offering in removal.record.offerings {
            for var event in events(offering, of: removal.record.course, changed: removal.at) {
                event.isCancelled = true
                try output.write(text.event(event))
            }
        }
    }

    /// Ends the feed and makes it visible.
    public func finish() throws -> WrittenFeed {
        try output.write(text.end)
        try output.finish()
        written.files = [output.name]
        written.byteCount = output.byteCount
        written.bytes = output.bytes
        if withoutDay > 0 {
            written.diagnostics.append(
                Diagnostic(
                    .warning, .offeringLeftOut, file: output.name, field: "DTSTART",
                    message: "\(withoutDay) offerings without a day are not in the calendar."))
        }
        return written
    }

    // MARK: Events

    private func events(_ offering: Offering, of course: Course, changed: String) -> [CalendarEvent]
    {
        var base = CalendarEvent(
            id: offering.id.value, changed: changed,
            time: .days(CalendarDate(daysSince1970: 0), through: CalendarDate(daysSince1970: 0)),
            summary: offering.title.text(in: context.languages)
                ?? course.title.text(in: context.languages) ?? "")
        base.details = details(offering, course)
        base.url = offering.url.flatMap(cleanURL) ?? context.page(of: course)
        base.categories = [course.kind.rawValue]
        base.isCancelled = offering.status == .cancelled
        base.isTentative = offering.timing.startIsFinal == false
        place(offering.places.first, in: &base)
        var events: [CalendarEvent] = []
        var ids: Set<String> = [offering.id.value]
        for session in offering.sessions {
            guard let time = time(session, offering) else { continue }
            var event = base
            event.time = time
            event.id = Self.id(offering, time, &ids)
            if let name = session.name.text(in: context.languages) {
                event.summary += " – " + name
            }
            if let venue = session.venue { place(.venue(venue), in: &event) }
            events.append(event)
        }
        guard events.isEmpty, let start = offering.timing.start.date else { return events }
        // Without a known end the event is its first day.
        base.time = .days(start, through: offering.timing.end ?? start)
        return [base]
    }

    private func time(_ session: Session, _ offering: Offering) -> CalendarEvent.Time? {
        let venue = session.venue ?? offering.places.first?.venue
        let zone = zone(venue)
        if let date = session.date {
            guard let begins = session.begins else { return .days(date, through: date) }
            return .hours(date, from: begins, to: session.ends, zone: zone)
        }
        guard let weekday = session.weekday, let begins = session.begins,
            let start = offering.timing.start.date, let end = offering.timing.end,
            let first = (0..<7).lazy.map({ start.adding(days: $0) })
                .first(where: { $0.weekday == weekday }), first <= end
        else { return nil }
        return .hours(
            first, from: begins, to: session.ends, zone: zone, weeks: first.days(to: end) / 7 + 1)
    }

    /// The id of a meeting: that of its offering and its time, which stay when others are added.
    private static func id(
        _ offering: Offering, _ time: CalendarEvent.Time, _ ids: inout Set<String>
    ) -> String {
        var mark: String
        switch time {
        case .days(let day, _): mark = day.iso
        case .hours(let day, let begins, _, _, let weeks):
            mark = (weeks > 1 ? day.weekday.rawValue : day.iso) + "T" + begins.iso
        }
        mark = offering.id.value + "/" + mark
        var candidate = mark
        var number = 1
        while !ids.insert(candidate).inserted {
            number += 1
            candidate = "\(mark)~\(number)"
        }
        return candidate
    }

    private func zone(_ venue: Venue?) -> CalendarZone? {
        let own = provider?.location?.address
        for address in [venue?.address, own].compactMap({ $0 }) {
            if let country = address.country { return CalendarZone(country: country) }
            if address.dutchPostcode?.letters != nil { return CalendarZone(country: "NL") }
        }
        return nil
    }

    private func place(_ place: TeachingPlace?, in event: inout CalendarEvent) {
        event.coordinates = place?.venue?.coordinates
        guard let venue = place?.venue else {
            event.location = place.flatMap { PlaceLabel.text($0, context.languages) }
            return
        }
        let town = [venue.address.postcode, venue.address.city].compactMap { $0 }
            .joined(separator: " ")
        let parts = [venue.name.text(in: context.languages), venue.address.street, town]
        let location = parts.compactMap { $0 }.filter { !$0.isEmpty }.joined(separator: ", ")
        event.location = location.isEmpty ? nil : location
    }

    private func details(_ offering: Offering, _ course: Course) -> String? {
        var lines: [String] = []
        if let provider, provider.id == course.provider,
            let name = provider.name.text(in: context.languages)
        {
            lines.append(name)
        }
        if let price = offering.price { lines.append(price.total.description) }
        if let summary = course.summary.text(in: context.languages) { lines.append(summary) }
        if let text = offering.description.text(in: context.languages) {
            lines.append(text.plainText)
        }
        if let apply = offering.applyURL.flatMap(cleanURL) { lines.append(apply) }
        return lines.isEmpty ? nil : lines.joined(separator: "\n")
    }
}

extension ICalendarWriter {
    /// What the format cannot hold, or calendars have no use for.
    public static var droppedFields: [DroppedField] {
        DroppedField.all(
            "course",
            [
                "aliases", "audiences", "codes", "contacts", "description", "duration", "expires",
                "funding", "image", "keywords", "languages", "level", "modes", "nativeID",
                "prerequisites", "qualifications", "requiredLevels", "sections", "skills",
                "statedKind", "studyLoad", "studyModes", "subjects", "variantGroup",
            ],
            "calendars have no place for it")
            + DroppedField.all(
                "offering",
                [
                    "age", "assessmentLanguages", "capacity", "dayParts", "duration", "enrolment",
                    "hoursPerWeek", "languages", "minimumParticipants", "modes", "nativeID",
                    "placesLeft", "provenance", "sections", "statedStart", "studyModes",
                ],
                "calendars have no place for it")
            + DroppedField.all(
                "provider",
                [
                    "accreditations", "codes", "contacts", "description", "image", "nativeID",
                    "provenance", "url",
                ],
                "the name stands with each event")
            + [
                DroppedField(
                    "course.title.wordings",
                    "one wording is written, in the catalogue's first language")
            ]
    }
}
