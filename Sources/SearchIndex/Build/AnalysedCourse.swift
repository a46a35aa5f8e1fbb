import CourseModel

/// What the index needs of a course, worked out of its facts and texts.
///
/// Words and other names are numbers of the ``CourseSegment`` that the course is kept in, so that it
/// can be kept in few bytes and used again for a later generation.
struct AnalysedCourse {
    /// A word, tag or skill of the course with what is known of it.
    struct Word {
        var name: UInt32
        /// ``Occurrences`` of a word, 1...255 of a tag, ``SkillRow/weight`` of a skill.
        var payload: UInt32
    }

    /// Where an offering is given.
    struct Venue {
        var latitude: Int32
        var longitude: Int32
        var area: UInt32
        var label: UInt32
    }

    /// An offering; the place, area and languages of its row are not filled in.
    struct Occasion {
        var row: OfferingRow
        var languageSet: UInt32
        var conditions: UInt32
        var opens: Int32
        var closes: Int32
        /// How many of the course's venues are its own.
        var venues: Int
    }

    var lengths = FieldLengths()
    var words: [Word] = []
    /// The words of the short texts, with gaps and ends of fields between them, as in ``phrases``.
    var phrases: [UInt32] = []
    /// Provider, partner and ways to pay of the row are not filled in.
    var row = CourseRow(
        firstOffering: 0, provider: 0, partner: 0, fundingSet: 0, level: 0, kind: 0, audiences: 0,
        halfHoursPerWeek: 0, firstSkill: 0, tiles: .everywhere, cells: 0)
    var provider: UInt32 = 0
    /// `nil` when it comes from no partner.
    var partner: UInt32?
    var fundingSet: UInt32 = 0
    var skills: [Word] = []
    var offerings: [Occasion] = []
    /// The venues of all offerings, one offering behind the other, placed ones first.
    var venues: [Venue] = []
    /// What is shown of it (``StoredCourse``, ``StoredOffering``); starts with its id.
    var stored: [UInt8] = []

    /// Between two texts of a field, and between two fields, in ``phrases``.
    static let gap = UInt32.max
    static let fieldEnd = UInt32.max - 1

    /// The smallest box that holds its venues.
    var box: PlaceBox {
        var box = PlaceBox()
        for venue in venues {
            if venue.latitude != OfferingRow.noPlace {
                box.include(venue.latitude, venue.longitude)
            } else if venue.area != 0 {
                box.flags |= PlaceBox.hasRegionOnly
            }
        }
        var first = 0
        for offering in offerings {
            if offering.row.flags & OfferingRow.needsNoTravel > 0 {
                box.flags |= PlaceBox.needsNoTravel
            } else if offering.venues == 0 || venues[first].latitude == OfferingRow.noPlace {
                box.flags |= PlaceBox.hasUnplaced
            }
            first += offering.venues
        }
        return box
    }

    /// The map cells of its venues (``MapCells``).
    var cells: UInt64 {
        var cells: UInt64 = 0
        for venue in venues where venue.latitude != OfferingRow.noPlace {
            cells |= MapCells.cell(venue.latitude, venue.longitude)
        }
        return cells
    }

    /// Makes room for another course without giving memory back.
    mutating func removeAll() {
        words.removeAll(keepingCapacity: true)
        phrases.removeAll(keepingCapacity: true)
        skills.removeAll(keepingCapacity: true)
        offerings.removeAll(keepingCapacity: true)
        venues.removeAll(keepingCapacity: true)
        stored.removeAll(keepingCapacity: true)
    }
}

// MARK: - As bytes

extension AnalysedCourse {
    /// Appends it to `writer`; what is needed to count words stands in front.
    func write(to writer: inout StoredWriter) {
        for field in IndexOptions.Field.allCases { writer.put(UInt64(lengths[field])) }
        Self.write(words, to: &writer)
        writer.put(UInt64(phrases.count))
        for phrase in phrases { writer.put(UInt64(phrase &+ 2)) }
        writer.put(UInt64(row.level))
        writer.put(UInt64(row.kind))
        writer.put(UInt64(row.audiences))
        writer.put(UInt64(row.halfHoursPerWeek))
        writer.put(UInt64(provider))
        writer.put(UInt64(partner.map { $0 + 1 } ?? 0))
        writer.put(UInt64(fundingSet))
        Self.write(skills, to: &writer)
        writer.put(UInt64(offerings.count))
        for offering in offerings {
            let row = offering.row
            writer.put(Int64(row.start))
            writer.put(Int64(row.availableUntil))
            writer.put(Int64(row.price))
            writer.put(UInt64(row.weeks))
            let small =
                UInt64(row.modes) | UInt64(row.dayParts) << 8 | UInt64(row.flags) << 16
                | UInt64(row.slotBytes.0) << 24 | UInt64(row.slotBytes.1) << 32
                | UInt64(row.slotBytes.2) << 40
            writer.put(small)
            writer.put(UInt64(offering.languageSet))
            writer.put(UInt64(offering.conditions))
            writer.put(Int64(offering.opens))
            writer.put(Int64(offering.closes))
            writer.put(UInt64(offering.venues))
        }
        writer.put(UInt64(venues.count))
        for venue in venues {
            writer.put(Int64(venue.latitude))
            writer.put(Int64(venue.longitude))
            writer.put(UInt64(venue.area))
            writer.put(UInt64(venue.label))
        }
        writer.bytes += stored
    }

    private static func write(_ words: [Word], to writer: inout StoredWriter) {
        writer.put(UInt64(words.count))
        for word in words {
            writer.put(UInt64(word.name))
            writer.put(UInt64(word.payload))
        }
    }

    /// Reads lengths and words only.
    mutating func readWords(_ reader: inout StoredReader) {
        for field in IndexOptions.Field.allCases {
            lengths[field] = UInt16(truncatingIfNeeded: reader.unsigned())
        }
        Self.read(&words, &reader)
    }

    /// Reads what ``write(to:)`` wrote.
    mutating func read(_ reader: inout StoredReader) {
        removeAll()
        readWords(&reader)
        for _ in 0..<reader.count() {
            phrases.append(UInt32(truncatingIfNeeded: reader.unsigned()) &- 2)
        }
        row.level = UInt8(truncatingIfNeeded: reader.unsigned())
        row.kind = UInt8(truncatingIfNeeded: reader.unsigned())
        row.audiences = UInt8(truncatingIfNeeded: reader.unsigned())
        row.halfHoursPerWeek = UInt8(truncatingIfNeeded: reader.unsigned())
        provider = UInt32(truncatingIfNeeded: reader.unsigned())
        let partner = UInt32(truncatingIfNeeded: reader.unsigned())
        self.partner = partner == 0 ? nil : partner - 1
        fundingSet = UInt32(truncatingIfNeeded: reader.unsigned())
        Self.read(&skills, &reader)
        for _ in 0..<reader.count() {
            var row = OfferingRow(
                latitude: OfferingRow.noPlace, longitude: OfferingRow.noPlace,
                start: Int32(truncatingIfNeeded: reader.signed()),
                availableUntil: Int32(truncatingIfNeeded: reader.signed()),
                price: Int32(truncatingIfNeeded: reader.signed()),
                weeks: UInt16(truncatingIfNeeded: reader.unsigned()), languageSet: 0, area: 0,
                modes: 0, dayParts: 0, flags: 0, slotBytes: (0, 0, 0))
            let small = reader.unsigned()
            row.modes = UInt8(truncatingIfNeeded: small)
            row.dayParts = UInt8(truncatingIfNeeded: small >> 8)
            row.flags = UInt8(truncatingIfNeeded: small >> 16)
            row.slotBytes = (
                UInt8(truncatingIfNeeded: small >> 24), UInt8(truncatingIfNeeded: small >> 32),
                UInt8(truncatingIfNeeded: small >> 40)
            )
            offerings.append(
                Occasion(
                    row: row, languageSet: UInt32(truncatingIfNeeded: reader.unsigned()),
                    conditions: UInt32(truncatingIfNeeded: reader.unsigned()),
                    opens: Int32(truncatingIfNeeded: reader.signed()),
                    closes: Int32(truncatingIfNeeded: reader.signed()), venues: reader.count()))
        }
        for _ in 0..<reader.count() {
            venues.append(
                Venue(
                    latitude: Int32(truncatingIfNeeded: reader.signed()),
                    longitude: Int32(truncatingIfNeeded: reader.signed()),
                    area: UInt32(truncatingIfNeeded: reader.unsigned()),
                    label: UInt32(truncatingIfNeeded: reader.unsigned())))
        }
        stored.append(contentsOf: reader.takeRest())
    }

    private static func read(_ words: inout [Word], _ reader: inout StoredReader) {
        words.removeAll(keepingCapacity: true)
        for _ in 0..<reader.count() {
            words.append(
                Word(
                    name: UInt32(truncatingIfNeeded: reader.unsigned()),
                    payload: UInt32(truncatingIfNeeded: reader.unsigned())))
        }
    }
}

extension AnalysedCourse {
    /// Where it goes along the curve.
    ///
    /// Courses in one spot go along the Hilbert curve; then those spread over more than some 20 km,
    /// which would make every box around them large, so that those of the same map cells stand
    /// together; then those without a place.
    var sortKey: UInt64 {
        let box = box
        guard box.south <= box.north else { return 2 << 60 }
        let isWide =
            Int64(box.north) - Int64(box.south) > 1_800_000
            || Int64(box.east) - Int64(box.west) > 3_000_000
        let middle = HilbertCurve.position(
            latitude: Int32((Int64(box.south) + Int64(box.north)) / 2),
            longitude: Int32((Int64(box.west) + Int64(box.east)) / 2))
        return isWide ? 1 << 60 | MapCells.order(of: cells) : UInt64(middle)
    }
}
