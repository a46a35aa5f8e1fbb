import CourseModel

/// What is shown of a course without asking the store.
public struct StoredCourse: Hashable, Sendable {
    /// Its id.
    public let id: ID<Course>
    /// Its title in the first language that has one, Dutch before English.
    public let title: String
    /// Its title in the first language that has one, English before Dutch.
    public let englishTitle: String
    /// What the feed calls its level.
    public let levelName: String?
    /// Its page.
    public let url: String?
    /// Its provider.
    public let provider: ID<Provider>
    /// Its provider's name.
    public let providerName: String
    /// The partner it comes from.
    public let partner: ID<Partner>?
    /// What sort of learning it is.
    public let kind: CourseKind
    /// Its level.
    public let level: LevelCode
}

/// What is shown of an offering without asking the store.
public struct StoredOffering: Hashable, Sendable {
    /// A venue of an offering.
    public struct Place: Hashable, Sendable {
        /// The town.
        public let label: String
        /// Where it is, when it could be placed.
        public let coordinates: Coordinates?
    }

    /// Its id.
    public let id: ID<Offering>
    /// Its own title, when it differs from the course's.
    public let title: String?
    /// Its own title in English, when it has one that differs from the course's.
    public let englishTitle: String?
    /// When it starts.
    public let start: Start
    /// Its last day.
    public let end: CalendarDate?
    /// Its price as stated, in any currency.
    public let price: Money?
    /// Whether that price includes all VAT that is due, when the feed says.
    public let includesVAT: Bool?
    /// Whether it can be taken up.
    public let status: OfferingStatus
    /// Its page.
    public let url: String?
    /// Its venues, placed ones first; ``Hit/venue`` counts in this list.
    public let places: [Place]
    /// How it is taught.
    public let modes: Set<DeliveryMode>
    /// Whether it needs no travel.
    public let needsNoTravel: Bool

    static func write(_ offering: Offering, of course: Course, to writer: inout StoredWriter) {
        let prefix = course.id.value + "#"
        if offering.id.value.hasPrefix(prefix) {
            writer.put(UInt64(1))
            writer.put(String(offering.id.value.dropFirst(prefix.count)))
        } else {
            writer.put(UInt64(0))
            writer.put(offering.id.value)
        }
        writer.put(offering.title == course.title ? nil : offering.title)
        switch offering.timing.start {
        case .on: writer.put(UInt64(0))
        case .rolling: writer.put(UInt64(1))
        case .onRequest: writer.put(UInt64(2))
        case .unstated(let raw):
            writer.put(UInt64(3))
            writer.put(raw)
        }
        writer.put(UInt64(offering.timing.end == nil ? 0 : 1))
        if let end = offering.timing.end { writer.put(Int64(end.daysSince1970)) }
        let includesVAT = offering.price?.includesVAT
        writer.put(UInt64(offering.price == nil ? 0 : includesVAT.map { $0 ? 2 : 1 } ?? 3))
        if let total = offering.price?.total {
            // Nearly all prices are in whole cents of euro: one flag bit each, then the number.
            let isEuro = total.currency == .euro
            let isCents = total.amount.scaled % 100 == 0
            writer.put(UInt64((isEuro ? 1 : 0) | (isCents ? 2 : 0)))
            writer.put(isCents ? total.amount.scaled / 100 : total.amount.scaled)
            if !isEuro { writer.put(total.currency.code) }
        }
        writer.put(UInt64(OfferingStatus.allCases.firstIndex(of: offering.status) ?? 0))
        writer.put(offering.url)
    }

    /// What stands before the venues, which the index keeps elsewhere.
    struct Core {
        var id: String
        var title: String?
        var englishTitle: String?
        var start: Start
        var end: CalendarDate?
        var price: Money?
        var includesVAT: Bool?
        var status: OfferingStatus
        var url: String?

        /// - Parameter day: The day of the row, for an offering that starts on one.
        init(_ reader: inout StoredReader, course: String, day: Int32) {
            let isOwn = reader.unsigned() == 1
            let text = reader.string()
            id = isOwn ? course + "#" + text : text
            (title, englishTitle) = reader.title()
            switch reader.unsigned() {
            case 0: start = .on(CalendarDate(daysSince1970: day))
            case 1: start = .rolling
            case 2: start = .onRequest
            default: start = .unstated(raw: reader.optionalString())
            }
            if reader.unsigned() == 1 {
                end = CalendarDate(daysSince1970: Int32(reader.signed()))
            }
            let vat = reader.unsigned()
            if vat > 0 {
                let flags = reader.unsigned()
                let number = reader.signed()
                let currency = flags & 1 > 0 ? Currency.euro : Currency(reader.string())
                let amount = FixedDecimal(scaled: flags & 2 > 0 ? number * 100 : number)
                price = currency.map { Money(amount, $0) }
                includesVAT = vat == 3 ? nil : vat == 2
            }
            status = OfferingStatus.allCases[Int(reader.unsigned())]
            url = reader.optionalString()
        }
    }
}

extension StoredWriter {
    /// Puts the title that Dutch readers see and, where it is another, the one that others see.
    mutating func put(_ title: LocalizedText?) {
        let dutch = title?.text()
        put(dutch)
        guard let title, let dutch else { return }
        let english = title.text(in: [.english, .dutch])
        put(english == dutch ? nil : english)
    }
}

extension StoredReader {
    /// A title for Dutch readers and one for others; both `nil` when there is none.
    mutating func title() -> (dutch: String?, english: String?) {
        guard let dutch = optionalString() else { return (nil, nil) }
        return (dutch, optionalString() ?? dutch)
    }
}
