import CourseModel
import Text

extension IndexReader {
    private func storedReader(_ course: Int) throws(IndexError) -> StoredReader {
        let range = try storedStarts.range(course)
        return StoredReader(try storedBytes.bytes(range.lowerBound, range.count))
    }

    /// What is shown of a course.
    public func stored(course number: Int) throws(IndexError) -> StoredCourse {
        var reader = try storedReader(number)
        let row = try courses.row(number)
        let id = reader.string()
        let (title, englishTitle) = reader.title()
        let levelName = reader.optionalString()
        let url = reader.optionalString()
        let partner = row.partner == 0 ? nil : try partnerIDs.string(Int(row.partner) - 1)
        return StoredCourse(
            id: ID(id), title: title ?? "", englishTitle: englishTitle ?? "", levelName: levelName,
            url: url,
            provider: ID(try providerIDs.string(Int(row.provider))),
            providerName: try providerNames.string(Int(row.provider)),
            partner: partner?.split(separator: " ").first.map { ID(String($0)) },
            kind: CourseKind.allCases[Int(row.kind)], level: LevelCode(rawValue: row.level))
    }

    /// What is shown of an offering.
    public func stored(offering number: Int) throws(IndexError) -> StoredOffering {
        let course = try course(ofOffering: number)
        let row = try offerings.row(number)
        var reader = try storedReader(course)
        let courseID = reader.string()
        _ = reader.title()
        _ = reader.optionalString()
        _ = reader.optionalString()
        var core = StoredOffering.Core(&reader, course: courseID, day: row.start)
        for _ in try offerings(ofCourse: course).lowerBound..<number {
            core = StoredOffering.Core(&reader, course: courseID, day: row.start)
        }
        var places: [StoredOffering.Place] = []
        let label = try venueLabels.row(number)
        if label > 0 || row.latitude != OfferingRow.noPlace {
            places.append(.init(label: try labels.string(label), coordinates: row.coordinates))
        }
        for venue in try furtherVenues(of: number, row) {
            let point = venues.rows[venue]
            places.append(
                .init(
                    label: try labels.string(Int(point.label)),
                    coordinates: Self.point(point.latitude, point.longitude)))
        }
        return StoredOffering(
            id: ID(core.id), title: core.title, englishTitle: core.englishTitle, start: core.start,
            end: core.end,
            price: core.price, includesVAT: core.includesVAT, status: core.status, url: core.url,
            places: places, modes: Set(Self.values(DeliveryMode.self, row.modes)),
            needsNoTravel: row.flags & OfferingRow.needsNoTravel > 0)
    }

    /// The number of a course by its id.
    ///
    /// - Complexity: O(1) expected.
    public func number(of id: ID<Course>) throws(IndexError) -> Int? {
        var key = id.value
        var slot = HashSlots.first(key.withUTF8(keyHash), of: courseHashes.count)
        while true {
            let entry = try courseHashes.row(slot)
            guard entry != 0 else { return nil }
            var reader = try storedReader(Int(entry) - 1)
            if reader.string() == key { return Int(entry) - 1 }
            slot = HashSlots.next(slot, of: courseHashes.count)
        }
    }

    /// The number of an offering of a course by its id.
    ///
    /// - Complexity: O(offerings of the course).
    public func number(of id: ID<Offering>, ofCourse course: Int) throws(IndexError) -> Int? {
        var reader = try storedReader(course)
        let courseID = reader.string()
        _ = reader.title()
        _ = reader.optionalString()
        _ = reader.optionalString()
        for number in try offerings(ofCourse: course)
        where StoredOffering.Core(&reader, course: courseID, day: 0).id == id.value {
            return number
        }
        return nil
    }

    /// The first and last day on which one can enrol for an offering, in days since 1970; `nil` when it
    /// does not say.
    func enrolmentDays(
        ofOffering number: Int
    ) throws(IndexError) -> (opens: Int32, closes: Int32)? {
        var low = 0
        var high = enrolled.count
        while low < high {
            let middle = (low + high) / 2
            if try enrolled.row(middle) < UInt32(number) { low = middle + 1 } else { high = middle }
        }
        guard low < enrolled.count, try enrolled.row(low) == UInt32(number) else { return nil }
        try enrolment.check(2 * low..<2 * low + 2)
        return (enrolment.rows[2 * low], enrolment.rows[2 * low + 1])
    }

    /// Where the venues of an offering beyond its first stand in `venues`, checked.
    func furtherVenues(of number: Int, _ row: OfferingRow) throws(IndexError) -> Range<Int> {
        guard row.flags & OfferingRow.hasMoreVenues > 0 else { return 0..<0 }
        var low = 0
        var high = moreVenues.count
        while low < high {
            let middle = (low + high) / 2
            if try moreVenues.row(middle) < UInt32(number) {
                low = middle + 1
            } else {
                high = middle
            }
        }
        try moreVenueStarts.check(low..<low + 2)
        let range = Int(moreVenueStarts.rows[low])..<Int(moreVenueStarts.rows[low + 1])
        try venues.check(range)
        return range
    }

    static func point(_ latitude: Int32, _ longitude: Int32) -> Coordinates? {
        guard latitude != OfferingRow.noPlace else { return nil }
        return Coordinates(latitude: Double(latitude) / 1e7, longitude: Double(longitude) / 1e7)
    }

    static func values<Value: CaseIterable>(_: Value.Type, _ bits: UInt8) -> [Value] {
        Value.allCases.enumerated().filter { bits >> UInt8($0.offset) & 1 > 0 }.map(\.element)
    }
}
