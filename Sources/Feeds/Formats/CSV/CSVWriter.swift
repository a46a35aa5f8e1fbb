import CourseModel

/// Writes a table with the columns of ``CSVField``: one row an offering, one for a course without.
///
/// What starts like a formula gets an apostrophe (``SpreadsheetText``), which reading takes away.
///
/// Texts have a column without language, one in Dutch and one in English. Each row is whole, the
/// course repeated, so that rows can be filtered and sorted.
public final class CSVWriter: RoundTripWriter {
    private let output: FeedOutput
    private var providers: [ID<Provider>: Provider] = [:]
    private var count = RecordCount()

    /// The columns, in order.
    static let columns: [(field: CSVField, language: LanguageTag?)] = CSVField.allCases.flatMap {
        field -> [(CSVField, LanguageTag?)] in
        field.isText ? [(field, nil), (field, .dutch), (field, .english)] : [(field, nil)]
    }

    /// The columns that say the same in every row of a course.
    private static let shared = columns.prefix { $0.field != .offeringID }

    /// The name of the feed's file in a folder.
    public static var fileName: String { "courses.csv" }
    /// A provider stands in the rows of its courses.
    public static var holdsProviders: Bool { false }

    /// Opens a feed.
    public init(to destination: FeedDestination, context: FeedContext) throws {
        output = try FeedOutput(
            to: destination, file: Self.fileName, packing: context.packing)
        var head: [UInt8] = []
        for (field, language) in Self.columns {
            Self.add(field.rawValue + (language.map { "@" + $0.code } ?? ""), to: &head)
        }
        try write(row: head)
    }

    /// Tells the writer of a provider.
    public func write(_ provider: Provider) throws { providers[provider.id] = provider }

    /// Writes a course with its offerings.
    public func write(_ record: CourseRecord) throws {
        let reduced = Self.reduced(record)
        let native = String(record.course.provider.native)
        let provider =
            providers[record.course.provider].map { Self.reduced($0) }
            ?? Provider(
                id: record.course.provider, nativeID: native, name: LocalizedText(native),
                provenance: record.course.provenance)
        let offerings: [Offering?] = reduced.offerings.isEmpty ? [nil] : reduced.offerings
        var start: [UInt8] = []
        for (field, language) in Self.shared {
            Self.add(CSVValues.text(field, language, reduced.course, nil, provider), to: &start)
        }
        for offering in offerings {
            var row = start
            for (field, language) in Self.columns[Self.shared.endIndex...] {
                Self.add(
                    CSVValues.text(field, language, reduced.course, offering, provider), to: &row)
            }
            try write(row: row)
        }
        count += RecordCount(courses: 1, offerings: record.offerings.count)
    }

    /// Ends the feed and makes it visible.
    public func finish() throws -> WrittenFeed {
        try output.finish()
        return WrittenFeed(
            files: [output.name], count: count, byteCount: output.byteCount, bytes: output.bytes)
    }

    private func write(row: [UInt8]) throws { try output.write(row + [13, 10]) }

    /// Adds a field to a row, within quotation marks where it needs them (RFC 4180, 2).
    private static func add(_ text: String, to row: inout [UInt8]) {
        if !row.isEmpty { row.append(44) }
        var text = SpreadsheetText.written(text)
        text.withUTF8 { bytes in
            guard bytes.contains(where: needsQuotes) else {
                row += bytes
                return
            }
            row.append(34)
            for byte in bytes {
                if byte == 34 { row.append(34) }
                row.append(byte)
            }
            row.append(34)
        }
    }

    private static func needsQuotes(_ byte: UInt8) -> Bool {
        switch byte {
        case 34, 44, 59, 9, 10, 13: true
        default: false
        }
    }
}

/// The fields of a row, of records as the writer leaves them.
enum CSVValues {
    static func text(
        _ field: CSVField, _ language: LanguageTag?, _ course: Course, _ offering: Offering?,
        _ provider: Provider
    ) -> String {
        func plain(_ text: LocalizedText?) -> String {
            text?.wordings.filter { $0.language == language }.map(\.text)
                .joined(separator: field == .keywords ? ";" : " ") ?? ""
        }
        func rich(_ text: LocalizedRichText) -> String {
            text.wordings.first { $0.language == language }.map { htmlOrPlain($0.text) } ?? ""
        }
        func list<Value: CaseIterable & Hashable & RawRepresentable>(
            _ values: Set<Value>?
        ) -> String
        where Value.RawValue == String {
            Value.allCases.filter { values?.contains($0) == true }.map(\.rawValue)
                .joined(separator: ";")
        }
        func number(_ value: FixedDecimal?) -> String { value?.text(minimumPlaces: 0) ?? "" }
        let venue = offering?.places.first?.venue
        switch field {
        // Some formats' own ids are one provider's only, and rows of one id become one course.
        case .courseID: return String(course.id.native)
        case .providerID: return provider.nativeID
        case .provider: return plain(provider.name)
        case .providerURL: return provider.url ?? ""
        case .title: return plain(course.title)
        case .summary: return plain(course.summary)
        case .description: return rich(course.description)
        case .prerequisites: return rich(course.prerequisites)
        case .kind: return course.kind.rawValue
        case .level: return course.level.map(levelText) ?? ""
        case .modes: return list(course.modes)
        case .audiences: return list(course.audiences)
        case .studyModes: return list(course.studyModes)
        case .keywords: return plain(course.keywords)
        case .subjects:
            return course.subjects.map {
                XCRICodes.encoded(
                    scheme: XCRICodes.schemeName($0.scheme), code: $0.code, plain: "subject")
            }.joined(separator: ";")
        case .languages: return course.languages.map(\.language.code).joined(separator: ";")
        case .funding: return course.funding.map(\.name).joined(separator: ";")
        case .studyHours: return number(course.studyLoad.hours)
        case .ects: return number(course.studyLoad.ects)
        case .url: return course.url ?? ""
        case .expires: return course.expires?.iso ?? ""
        case .offeringID: return offering?.nativeID ?? ""
        case .offeringTitle: return plain(offering?.title)
        case .start: return offering.flatMap(start) ?? ""
        case .end: return offering?.timing.end?.iso ?? ""
        case .enrolFrom: return offering?.enrolment?.opens?.iso ?? ""
        case .enrolUntil: return offering?.enrolment?.closes?.iso ?? ""
        case .applyURL: return offering?.applyURL ?? ""
        case .duration: return offering?.duration.map(XCRIDuration.interval) ?? ""
        case .hoursPerWeek: return number(offering?.hoursPerWeek)
        case .dayParts: return list(offering?.dayParts)
        case .offeringModes: return list(offering?.modes)
        case .offeringStudyModes: return list(offering?.studyModes)
        case .venue:
            switch offering?.places.first {
            case .online: return language == nil ? "Online" : ""
            case .workplace: return language == nil ? "Workplace" : ""
            default: return plain(venue?.name)
            }
        case .street: return venue?.address.street ?? ""
        case .addressLines: return venue?.address.other.joined(separator: "\n") ?? ""
        case .postcode: return venue?.address.postcode ?? ""
        case .city: return venue?.address.city ?? ""
        case .country: return venue?.address.country ?? ""
        case .latitude: return venue?.coordinates.map { "\($0.latitude)" } ?? ""
        case .longitude: return venue?.coordinates.map { "\($0.longitude)" } ?? ""
        case .price: return offering?.price.map(XCRIPrice.text) ?? ""
        case .currency: return offering?.price?.total.currency.code ?? ""
        case .capacity: return offering?.capacity.map { "\($0)" } ?? ""
        case .minimumParticipants: return offering?.minimumParticipants.map { "\($0)" } ?? ""
        case .placesLeft: return offering?.placesLeft.map { "\($0)" } ?? ""
        case .status: return offering?.status.rawValue ?? ""
        case .age: return offering?.age ?? ""
        case .offeringURL: return offering?.url ?? ""
        }
    }

    /// A venue, unless its name is all there is and says that there is none.
    static func place(_ venue: Venue) -> TeachingPlace {
        guard venue.address.isEmpty, venue.coordinates == nil else { return .venue(venue) }
        switch venue.name.text()?.lowercased() {
        case "online", "webinar", "virtual": return .online
        case "workplace", "werkplek", "in company", "incompany": return .workplace
        default: return .venue(venue)
        }
    }

    private static func start(_ offering: Offering) -> String? {
        offering.timing.start.date?.iso ?? LOQReduction.startLabel(offering)
    }
}
