import CourseModel

/// The conditions of a query on courses and offerings, ready to be tried on many rows.
struct RowTest {
    /// The conditions that are set.
    private(set) var bits: UInt32 = 0

    private var levels: UInt16 = .max
    private var kinds: UInt8 = .max
    private var audiences: UInt8 = .max
    private var providers: Set<UInt32> = []
    private var partners: Set<UInt16> = []
    private var fundingSets: [Bool] = []

    private var modes: UInt8 = .max
    private var dayParts: UInt8 = .max
    private var languageSets: [Bool] = []
    private var maxPrice: Int32 = .max
    private var maxWeeks: UInt16 = .max
    private var earliest: Int32 = .min
    private var latest: Int32 = .max
    private let today: Int32
    /// Whether no offering can fail a condition of its own.
    private(set) var isForCoursesOnly = false
    // Not counted: whoever calls a query holds the reader, and counts would make threads wait.
    private unowned(unsafe) let reader: IndexReader

    init(_ query: Query, _ reader: IndexReader) throws(IndexError) {
        self.reader = reader
        today = query.today.daysSince1970
        if !query.levels.isEmpty {
            levels = query.levels.rawValue
            bits |= ConditionBits.level
        }
        if !query.kinds.isEmpty {
            kinds = SearchIndex.bits(of: query.kinds)
            bits |= ConditionBits.kind
        }
        if !query.audiences.isEmpty {
            audiences = SearchIndex.bits(of: query.audiences)
            bits |= ConditionBits.audience
        }
        if !query.providers.isEmpty {
            bits |= ConditionBits.provider
            for id in query.providers {
                if let number = try reader.providerIDs.find(id.value) {
                    providers.insert(UInt32(number))
                }
            }
        }
        if !query.partners.isEmpty {
            bits |= ConditionBits.partner
            // A few dozen; those who own courses together stand in one name.
            for number in 0..<reader.partnerIDs.count {
                let owners = try reader.partnerIDs.string(number).split(separator: " ")
                if owners.contains(where: { query.partners.contains(ID(String($0))) }) {
                    partners.insert(UInt16(number + 1))
                }
            }
        }
        if !query.funding.isEmpty {
            bits |= ConditionBits.funding
            let names = Set(query.funding.map(\.name))
            fundingSets = try Self.sets(reader.fundingSets) { !names.isDisjoint(with: $0) }
        }
        if !query.modes.isEmpty {
            modes = SearchIndex.bits(of: query.modes)
            bits |= ConditionBits.mode
        }
        if !query.dayParts.isEmpty {
            dayParts = SearchIndex.bits(of: query.dayParts)
            bits |= ConditionBits.dayPart
        }
        if !query.languages.isEmpty {
            bits |= ConditionBits.language
            let codes = Set(query.languages.map(\.code))
            languageSets = try Self.sets(reader.languageSets) { !codes.isDisjoint(with: $0) }
        }
        if let price = query.maxPrice {
            bits |= ConditionBits.price
            maxPrice = Int32(clamping: min(price.scaled / 100, Int64(OfferingRow.unknownPrice) - 1))
        }
        if let weeks = query.maxWeeks {
            bits |= ConditionBits.weeks
            maxWeeks = UInt16(clamping: max(0, min(weeks, Int(OfferingRow.unknownWeeks) - 1)))
        }
        if query.startAfter != nil || query.startBefore != nil {
            bits |= ConditionBits.start
            earliest = query.startAfter?.daysSince1970 ?? .min + 1
            latest = query.startBefore?.daysSince1970 ?? .max - 1
        }
        if query.openOnly { bits |= ConditionBits.open }
        if !query.includesPast { bits |= ConditionBits.past }
        if !query.includesFull { bits |= ConditionBits.full }
        if !query.includesCancelled { bits |= ConditionBits.cancelled }
        isForCoursesOnly = bits & ~ConditionBits.ofCourses == 0
    }

    private static func sets(
        _ table: StringTable, _ fits: (Set<String>) -> Bool
    ) throws(IndexError) -> [Bool] {
        var result: [Bool] = []
        for index in 0..<table.count {
            let members = try table.string(index).split(separator: ",").map(String.init)
            result.append(fits(Set(members)))
        }
        return result
    }

    /// The conditions on courses that a course does not meet.
    @inline(__always)
    func failures(_ row: CourseRow) -> UInt32 {
        var failed: UInt32 = 0
        if levels >> UInt16(row.level) & 1 == 0 { failed |= ConditionBits.level }
        if kinds >> row.kind & 1 == 0 { failed |= ConditionBits.kind }
        if bits & ConditionBits.audience > 0, row.audiences != 0, row.audiences & audiences == 0 {
            failed |= ConditionBits.audience
        }
        if bits & ConditionBits.provider > 0, !providers.contains(row.provider) {
            failed |= ConditionBits.provider
        }
        if bits & ConditionBits.partner > 0, !partners.contains(row.partner) {
            failed |= ConditionBits.partner
        }
        if bits & ConditionBits.funding > 0, !fundingSets[Int(row.fundingSet)] {
            failed |= ConditionBits.funding
        }
        return failed
    }

    /// The conditions on offerings, but for place, that an offering does not meet.
    @inline(__always)
    func failures(_ row: OfferingRow, _ number: Int) throws(IndexError) -> UInt32 {
        var failed: UInt32 = 0
        if row.price > maxPrice { failed |= ConditionBits.price }
        if row.weeks > maxWeeks { failed |= ConditionBits.weeks }
        if bits & ConditionBits.past > 0, row.availableUntil < today {
            failed |= ConditionBits.past
        }
        if row.flags & (OfferingRow.full | OfferingRow.cancelled) != 0 {
            if row.flags & OfferingRow.full > 0 { failed |= bits & ConditionBits.full }
            if row.flags & OfferingRow.cancelled > 0 { failed |= bits & ConditionBits.cancelled }
        }
        guard bits & ConditionBits.rare != 0 else { return failed }
        if bits & ConditionBits.mode > 0, row.modes & modes == 0 { failed |= ConditionBits.mode }
        if bits & ConditionBits.dayPart > 0, row.dayParts & dayParts == 0 {
            failed |= ConditionBits.dayPart
        }
        if bits & ConditionBits.language > 0, !languageSets[Int(row.languageSet)] {
            failed |= ConditionBits.language
        }
        if bits & ConditionBits.start > 0, !startFits(row) { failed |= ConditionBits.start }
        if bits & ConditionBits.open > 0, !(try isOpen(row, number)) {
            failed |= ConditionBits.open
        }
        return failed
    }

    private func startFits(_ row: OfferingRow) -> Bool {
        // What can start at any moment starts in the window if it is still there when that opens.
        if row.start == OfferingRow.continuousStart { return row.availableUntil >= earliest }
        return row.start >= earliest && row.start <= latest
    }

    private func isOpen(_ row: OfferingRow, _ number: Int) throws(IndexError) -> Bool {
        guard row.flags & (OfferingRow.full | OfferingRow.cancelled) == 0,
            row.availableUntil >= today
        else { return false }
        guard let days = try reader.enrolmentDays(ofOffering: number) else { return true }
        return days.opens <= today && days.closes >= today
    }
}
