import CourseModel

/// Everything of the index that is no words: rows, venues, names, and what is shown.
///
/// Rows stay in memory in the order of arrival; what is shown goes to a scratch file.
struct RowCollector: ~Copyable {
    private struct PendingCourse {
        var row: CourseRow
        var sortKey: UInt64
        var offerings: Range<Int>
        var skills: Range<Int>
        var stored: Range<Int>
        var box: PlaceBox
    }

    private var courses: [PendingCourse] = []
    private var courseIDs: [String] = []
    private var offerings: [OfferingRow] = []
    private var enrolment: [Int32] = []
    private var venueLabels: [UInt32] = []
    private var moreVenues: [Int: [VenueRow]] = [:]
    private var skills: [(form: Int, weight: UInt32)] = []
    private var providers = StringNumbering()
    private var providerNames: [String] = []
    private var partners = StringNumbering()
    private var languageSets = StringNumbering()
    private var fundingSets = StringNumbering()
    private var regions = StringNumbering()
    private var labels = StringNumbering()
    private var areas: [AreaRow: UInt16] = [AreaRow(): 0]
    private var areaRows: [AreaRow] = [AreaRow()]
    private var areaBoxes: [PlaceBox] = [PlaceBox()]
    private let stored: ScratchFile

    init(folder: String) throws(IndexError) {
        stored = try ScratchFile(in: folder)
        _ = labels.number("")
    }

    var courseCount: Int { courses.count }
    var offeringCount: Int { offerings.count }

    /// Adds a course; `course` is its number in the order of arrival.
    mutating func add(
        _ document: IndexDocument, course number: UInt32, skills: [(form: Int, weight: UInt32)]
    ) throws(IndexError) {
        precondition(Int(number) == courses.count, "courses arrive in order")
        let course = document.record.course
        guard offerings.count + document.record.offerings.count < Int(Int32.max) else {
            throw .tooLarge(what: "offerings", limit: Int(Int32.max))
        }
        let provider = providers.number(course.provider.value)
        if provider == providerNames.count { providerNames.append(document.providerName) }
        let partner = document.partner.map { partners.number($0.value) + 1 } ?? 0
        let funding = fundingSets.number(course.funding.map(\.name).sorted().joined(separator: ","))
        var row = CourseRow(
            firstOffering: 0, provider: UInt32(provider), partner: try small(partner, "partners"),
            fundingSet: try small(funding, "sets of funding"), level: 0, kind: 0, audiences: 0,
            halfHoursPerWeek: document.record.halfHoursPerWeek, firstSkill: 0, reserved2: 0,
            cells: 0)
        row.level =
            LevelCode(course.level ?? course.qualifications.compactMap(\.level).first).rawValue
        row.kind = UInt8(CourseKind.allCases.firstIndex(of: course.kind) ?? 0)
        row.audiences = bits(of: course.audiences)

        var writer = StoredWriter()
        writer.put(course.id.value)
        writer.put(course.title.text() ?? "")
        writer.put(course.level?.nationalName)
        writer.put(course.url)

        let first = offerings.count
        var box = PlaceBox()
        var cells: UInt64 = 0
        let order = document.record.offerings.indices.sorted { one, other in
            let (a, b) = (document.record.offerings[one], document.record.offerings[other])
            let (x, y) = (startDay(a), startDay(b))
            return x != y ? x < y : a.id < b.id
        }
        for index in order {
            let venues = index < document.venues.count ? document.venues[index] : []
            try add(
                document.record.offerings[index], of: course, venues: venues, &writer, &box, &cells)
        }
        row.cells = box.flags == 0 ? cells : .max
        try writer.bytes.withRawBytes { bytes throws(IndexError) in try stored.append(bytes) }
        courses.append(
            PendingCourse(
                row: row, sortKey: sortKey(box), offerings: first..<offerings.count,
                skills: self.skills.count..<self.skills.count + skills.count,
                stored: stored.size - writer.bytes.count..<stored.size, box: box))
        courseIDs.append(course.id.value)
        self.skills += skills
    }

    private mutating func add(
        _ offering: Offering, of course: Course, venues: [PlacedVenue],
        _ writer: inout StoredWriter, _ box: inout PlaceBox, _ cells: inout UInt64
    ) throws(IndexError) {
        var rows: [VenueRow] = []
        for venue in venues {
            let place = venue.coordinates.map { fixed($0) }
            let area = try areaNumber(venue.regions)
            rows.append(
                VenueRow(
                    latitude: place?.latitude ?? OfferingRow.noPlace,
                    longitude: place?.longitude ?? OfferingRow.noPlace,
                    label: UInt32(labels.number(venue.label)), area: area, reserved: 0))
            if let place {
                box.include(place.latitude, place.longitude)
                cells |= MapCells.cell(place.latitude, place.longitude)
                areaBoxes[Int(area)].include(place.latitude, place.longitude)
            } else if area > 0 {
                box.flags |= PlaceBox.hasRegionOnly
            }
        }
        // Placed venues first, so that a row without coordinates has no placed venue at all.
        rows =
            rows.filter { $0.latitude != OfferingRow.noPlace }
            + rows.filter { $0.latitude == OfferingRow.noPlace }
        let needsNoTravel = venues.isEmpty && offering.needsNoTravel(course)
        if needsNoTravel { box.flags |= PlaceBox.needsNoTravel }
        let languages = offering.languages.isEmpty ? course.languages : offering.languages
        let languageSet = languageSets.number(
            Set(languages.map(\.language.code)).sorted().joined(separator: ","))
        var flags: UInt8 = needsNoTravel ? OfferingRow.needsNoTravel : 0
        if offering.status == .full || offering.placesLeft == 0 { flags |= OfferingRow.full }
        if offering.status == .cancelled || offering.status == .closed {
            flags |= OfferingRow.cancelled
        }
        if rows.count > 1 { flags |= OfferingRow.hasMoreVenues }
        let weeks = offering.weeks(course)
        offerings.append(
            OfferingRow(
                latitude: rows.first?.latitude ?? OfferingRow.noPlace,
                longitude: rows.first?.longitude ?? OfferingRow.noPlace,
                start: startDay(offering),
                availableUntil: offering.lastDayToTakeUp(of: course)?.daysSince1970 ?? .max,
                price: offering.euroCents ?? OfferingRow.unknownPrice,
                weeks: weeks.map { UInt16(clamping: min($0, 65534)) } ?? OfferingRow.unknownWeeks,
                languageSet: try small(languageSet, "sets of languages"),
                area: rows.first?.area ?? 0, modes: offering.modeBits(course),
                dayParts: bits(of: offering.dayParts), flags: flags,
                slotBytes: offering.slotBytes))
        enrolment.append(offering.enrolment?.opens?.daysSince1970 ?? Int32.min)
        enrolment.append(offering.enrolment?.closes?.daysSince1970 ?? Int32.max)
        venueLabels.append(rows.first?.label ?? 0)
        if rows.count > 1 { moreVenues[offerings.count - 1] = Array(rows.dropFirst()) }
        StoredOffering.write(offering, of: course, to: &writer)
    }

    private mutating func areaNumber(_ regions: [Region]) throws(IndexError) -> UInt16 {
        guard !regions.isEmpty else { return 0 }
        var area = AreaRow()
        for region in regions {
            let number = self.regions.number(
                "\(region.kind.rawValue)\t\(region.code)\t\(region.name)")
            area[region.kind] = try small(number + 1, "regions")
        }
        if let known = areas[area] { return known }
        let number = try small(areaRows.count, "sets of regions")
        areas[area] = number
        areaRows.append(area)
        areaBoxes.append(PlaceBox())
        return number
    }

    private func small(_ number: Int, _ what: String) throws(IndexError) -> UInt16 {
        guard let small = UInt16(exactly: number) else {
            throw .tooLarge(what: what, limit: Int(UInt16.max))
        }
        return small
    }

    /// Courses in one spot go along the Hilbert curve; then those spread over more than some 20 km,
    /// which would make every box around them large; then those without a place.
    private func sortKey(_ box: PlaceBox) -> UInt64 {
        guard box.south <= box.north else { return 2 << 32 }
        let isWide =
            Int64(box.north) - Int64(box.south) > 1_800_000
            || Int64(box.east) - Int64(box.west) > 3_000_000
        let middle = HilbertCurve.position(
            latitude: Int32((Int64(box.south) + Int64(box.north)) / 2),
            longitude: Int32((Int64(box.west) + Int64(box.east)) / 2))
        return (isWide ? 1 << 32 : 0) | UInt64(middle)
    }

    /// The new number of each course, by its number in the order of arrival.
    func numbering() -> [UInt32] {
        let order = courses.indices.sorted { one, other in
            let (a, b) = (courses[one].sortKey, courses[other].sortKey)
            return a != b
                ? a < b : courseIDs[one].utf8.lexicographicallyPrecedes(courseIDs[other].utf8)
        }
        var numbering = [UInt32](repeating: 0, count: courses.count)
        for (new, old) in order.enumerated() { numbering[old] = UInt32(new) }
        return numbering
    }

    /// Writes all sections but words and meta.
    func write(
        to file: inout IndexFileWriter, numbering: [UInt32], skillTerms: [UInt32]
    ) throws(IndexError) {
        var order = [Int](repeating: 0, count: courses.count)
        for (old, new) in numbering.enumerated() { order[Int(new)] = old }
        let (providerStrings, providerNumbers) = providers.sorted()
        let (partnerStrings, partnerNumbers) = partners.sorted()
        let (languageStrings, languageNumbers) = languageSets.sorted()
        let (fundingStrings, fundingNumbers) = fundingSets.sorted()
        let (regionStrings, regionNumbers) = regions.sorted()
        let (labelStrings, labelNumbers) = labels.sorted()

        var courseRows: [CourseRow] = []
        courseRows.reserveCapacity(courses.count + 1)
        var offeringOrder: [Int] = []
        offeringOrder.reserveCapacity(offerings.count)
        var skillRows: [SkillRow] = []
        skillRows.reserveCapacity(skills.count)
        var chunks: [PlaceBox] = []
        var groups: [PlaceBox] = []
        for (new, old) in order.enumerated() {
            let course = courses[old]
            var row = course.row
            row.provider = UInt32(providerNumbers[Int(row.provider)])
            if row.partner > 0 { row.partner = UInt16(partnerNumbers[Int(row.partner) - 1] + 1) }
            row.fundingSet = UInt16(fundingNumbers[Int(row.fundingSet)])
            row.firstOffering = UInt32(offeringOrder.count)
            row.firstSkill = UInt32(skillRows.count)
            courseRows.append(row)
            offeringOrder += course.offerings
            skillRows += skills[course.skills]
                .map { SkillRow(term: skillTerms[$0.form], weight: $0.weight) }
                .sorted { $0.term < $1.term }
            if new % IndexFormat.coursesPerChunk == 0 {
                if chunks.count % IndexFormat.chunksPerGroup == 0 { groups.append(PlaceBox()) }
                chunks.append(PlaceBox())
            }
            chunks[chunks.count - 1].include(course.box)
            groups[groups.count - 1].include(course.box)
        }
        courseRows.append(
            CourseRow(
                firstOffering: UInt32(offeringOrder.count), provider: 0, partner: 0, fundingSet: 0,
                level: 0, kind: 0, audiences: 0, halfHoursPerWeek: 0,
                firstSkill: UInt32(skillRows.count), reserved2: 0, cells: 0))
        try file.write(.courses, courseRows)
        try file.write(.skills, skillRows)
        try file.write(.chunks, chunks)
        try file.write(.groups, groups)

        let (sortedAreas, areaNumbers) = sortedAreas(regionNumbers)
        try file.write(
            .offerings,
            offeringOrder.map { old in
                var row = offerings[old]
                row.area = areaNumbers[Int(row.area)]
                row.languageSet = UInt16(languageNumbers[Int(row.languageSet)])
                return row
            })
        try file.write(
            .enrolment, offeringOrder.flatMap { [enrolment[$0 * 2], enrolment[$0 * 2 + 1]] })
        try file.write(
            .venueLabels, offeringOrder.map { UInt32(labelNumbers[Int(venueLabels[$0])]) })
        var more: [UInt32] = []
        var starts: [UInt32] = []
        var venues: [VenueRow] = []
        for (new, old) in offeringOrder.enumerated() {
            guard let rows = moreVenues[old] else { continue }
            more.append(UInt32(new))
            starts.append(UInt32(venues.count))
            venues += rows.map { row in
                var row = row
                row.label = UInt32(labelNumbers[Int(row.label)])
                row.area = areaNumbers[Int(row.area)]
                return row
            }
        }
        starts.append(UInt32(venues.count))
        try file.write(.moreVenues, more)
        try file.write(.moreVenueStarts, starts)
        try file.write(.venues, venues)

        try file.write(.providerIDs, strings: providerStrings)
        var names = [[UInt8]](repeating: [], count: providerNames.count)
        for (old, new) in providerNumbers.enumerated() {
            names[new] = Array(providerNames[old].utf8)
        }
        try file.write(.providerNames, strings: names)
        try file.write(.partnerIDs, strings: partnerStrings)
        try file.write(.languageSets, strings: languageStrings)
        try file.write(.fundingSets, strings: fundingStrings)
        try file.write(.regions, strings: regionStrings)
        try file.write(.labels, strings: labelStrings)
        try file.write(.areas, sortedAreas.map(\.row))
        try file.write(.areaBoxes, sortedAreas.map(\.box))
        try writeStored(to: &file, order: order)
        try file.write(.courseHashes, hashesOf: order.map { Array(courseIDs[$0].utf8) })
    }

    /// The sets of regions with the final numbers of regions, in an order that does not depend on
    /// that of arrival, and the new number of each; no regions stay number 0.
    private func sortedAreas(
        _ regionNumbers: [Int]
    ) -> (areas: [(row: AreaRow, box: PlaceBox)], newNumbers: [UInt16]) {
        let rows = areaRows.map { row in
            var row = row
            for kind in Region.Kind.allCases where row[kind] > 0 {
                row[kind] = UInt16(regionNumbers[Int(row[kind]) - 1] + 1)
            }
            return row
        }
        let order = rows.indices.sorted { one, other in
            rows[one].sortKey.lexicographicallyPrecedes(rows[other].sortKey)
        }
        var newNumbers = [UInt16](repeating: 0, count: rows.count)
        for (new, old) in order.enumerated() { newNumbers[old] = UInt16(new) }
        return (order.map { (rows[$0], areaBoxes[$0]) }, newNumbers)
    }

    private func writeStored(to file: inout IndexFileWriter, order: [Int]) throws(IndexError) {
        let map = try stored.map()
        let size = stored.size
        defer { if let map { unmap(map, size) } }
        try file.begin(.stored)
        var starts: [UInt64] = []
        starts.reserveCapacity(order.count + 1)
        var total = 0
        for old in order {
            starts.append(UInt64(total))
            let range = courses[old].stored
            total += range.count
            guard let map else { continue }
            try file.append(
                UnsafeRawBufferPointer(start: map + range.lowerBound, count: range.count))
        }
        file.end(.stored)
        starts.append(UInt64(total))
        try file.write(.storedStarts, starts)
    }
}

/// Degrees times 10⁷: 1 cm, finer than any feed.
func fixed(_ point: Coordinates) -> (latitude: Int32, longitude: Int32) {
    (Int32((point.latitude * 1e7).rounded()), Int32((point.longitude * 1e7).rounded()))
}

/// One bit for each member of a closed vocabulary, in the order of its cases.
func bits<Value: CaseIterable & Hashable>(of values: Set<Value>) -> UInt8 {
    var bits: UInt8 = 0
    for (index, value) in Value.allCases.enumerated() where values.contains(value) {
        bits |= 1 << UInt8(index)
    }
    return bits
}

/// An offering's start as the index orders it.
func startDay(_ offering: Offering) -> Int32 {
    if let day = offering.timing.start.date { return day.daysSince1970 }
    return offering.timing.start.isContinuous
        ? OfferingRow.continuousStart : OfferingRow.unknownStart
}

extension Offering {
    /// Whether it is given without a venue: online, at a distance, or where the learner works.
    func needsNoTravel(_ course: Course) -> Bool {
        if places.contains(where: { $0.venue != nil }) { return false }
        if !places.isEmpty { return true }
        let modes = modes.isEmpty ? course.modes : modes
        return !modes.isEmpty && modes.isSubset(of: [.online, .distance, .workplace])
    }

    func modeBits(_ course: Course) -> UInt8 {
        var modes = modes.isEmpty ? course.modes : modes
        if modes.isEmpty {
            if places.contains(.online) { modes.insert(.online) }
            if places.contains(.workplace) { modes.insert(.workplace) }
        }
        return bits(of: modes)
    }

    /// How many weeks it lasts, rounded up.
    func weeks(_ course: Course) -> Int? {
        if let duration = duration ?? course.duration { return Int(duration.weeks.rounded(.up)) }
        guard let start = timing.start.date, let end = timing.end else { return nil }
        return (start.days(to: end) + 7) / 7
    }

    /// Its price in euro cents with VAT, as far as its rate is known.
    var euroCents: Int32? {
        guard let price, price.total.currency == .euro else { return nil }
        var amount = price.total.amount
        if case .excluded(.some(let percent)) = price.vat, let tax = amount.percentage(percent) {
            amount = amount + tax
        }
        let cents = (amount.scaled + (amount.scaled < 0 ? -50 : 50)) / 100
        guard cents >= 0, cents < Int64(OfferingRow.unknownPrice) else { return nil }
        return Int32(cents)
    }
}
