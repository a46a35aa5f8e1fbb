import CourseModel

extension CuratedField where Record == Offering {
    /// The fields of an offering that can be corrected; the start before the end, which may not lie
    /// before it.
    static let all: [CuratedField<Offering>] = [
        start, end,
        .word("status", \.status),
        .value(
            "price", \.price,
            expected: "what has to be paid with VAT, such as “660.00 EUR”", read: price,
            write: { $0.total.description }),
        .value(
            "places-left", \.placesLeft, expected: "a whole number from 0 on",
            read: { Int($0).flatMap { $0 >= 0 ? $0 : nil } }, write: { String($0) }),
        enrolUntil,
        .list(
            "places", \.places,
            expected: "“street, postcode town”, “town”, “online” or “workplace”",
            read: CuratedPlace.read, write: CuratedPlace.text),
        .words("modes", \.modes),
        .words("day-parts", \.dayParts),
        .value(
            "url", \.url, expected: "an address that begins with https://", read: webAddress,
            write: { $0 }),
        .value(
            "apply-url", \.applyURL, expected: "an address that begins with https://",
            read: webAddress, write: { $0 }),
    ]

    /// The field under which an offering is told that the feed does not have.
    static var additionName: String { "offering" }
    /// How the names of such offerings begin.
    static var additionMark: String { "+" }

    private static let start = CuratedField(
        name: "start", shape: .single, canBeEmpty: false,
        expected: "a day such as 2027-03-01, “rolling” or “on-request”", vocabulary: [],
        canonical: { readStart($0).map(writeStart) },
        values: { offering, _ in
            if case .unstated = offering.timing.start { return [] }
            return [writeStart(offering.timing.start)]
        },
        put: { offering, values, _ in
            guard let start = values.first.flatMap(readStart) else { return false }
            // An end before the new start belonged to the wrong one.
            offering.timing =
                Timing(start: start, end: offering.timing.end) ?? Timing(start: start)
            offering.statedStart = nil
            return true
        })

    private static let end = CuratedField(
        name: "end", shape: .single, canBeEmpty: true, expected: "a day such as 2027-03-01",
        vocabulary: [], canonical: { CalendarDate(iso: $0)?.iso },
        values: { offering, _ in offering.timing.end.map { [$0.iso] } ?? [] },
        put: { offering, values, _ in
            let timing = Timing(
                start: offering.timing.start, startIsFinal: offering.timing.startIsFinal,
                end: values.first.flatMap { CalendarDate(iso: $0) })
            guard let timing else { return false }
            offering.timing = timing
            return true
        })

    private static let enrolUntil = CuratedField(
        name: "enrol-until", shape: .single, canBeEmpty: true,
        expected: "a day such as 2027-03-01", vocabulary: [],
        canonical: { CalendarDate(iso: $0)?.iso },
        values: { offering, _ in offering.enrolment?.closes.map { [$0.iso] } ?? [] },
        put: { offering, values, _ in
            let window = EnrolmentWindow(
                opens: offering.enrolment?.opens,
                closes: values.first.flatMap { CalendarDate(iso: $0) })
            guard let window else { return false }
            offering.enrolment = window
            return true
        })

    @Sendable private static func readStart(_ text: String) -> Start? {
        switch text {
        case "rolling": .rolling
        case "on-request": .onRequest
        default: CalendarDate(iso: text).map { .on($0) }
        }
    }

    @Sendable private static func writeStart(_ start: Start) -> String {
        switch start {
        case .on(let day): day.iso
        case .rolling: "rolling"
        case .onRequest: "on-request"
        case .unstated(let raw): raw ?? ""
        }
    }

    @Sendable private static func price(_ text: String) -> Price? {
        let parts = text.split(separator: " ")
        guard parts.count == 2, let amount = FixedDecimal(parts[0]), amount >= .zero,
            let currency = Currency(parts[1])
        else { return nil }
        return Price(total: Money(amount, currency), vat: .included(percentage: nil))
    }
}
