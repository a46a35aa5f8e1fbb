import CourseModel
import Places
import Text

/// Works out of courses what the index needs of them; one for each thread.
///
/// Made by ``IndexBuilder/analyzers``; what it gives goes to ``IndexBuilder/add(_:)``.
public final class CourseAnalyzer {
    private let segment: CourseSegment
    private var words: WordGatherer
    private var analysed = AnalysedCourse()
    private var writer = StoredWriter()
    /// Names that offerings share, so that they need not be put together again.
    private var areas: [[IndexedRegion]: UInt32] = [:]

    init(_ segment: CourseSegment, _ reader: TextReader, options: IndexOptions) {
        self.segment = segment
        words = WordGatherer(reader, options: options)
        areas[[]] = words.noArea
        segment.namesSource = { self.words.names }
    }

    /// Analyses a course.
    ///
    /// - Parameters:
    ///   - content: Stands for what the document is made of; see ``IndexBuilder/reuse(_:content:)``.
    ///   - group: Of the courses that share something with it.
    /// - Throws: ``IndexError/system(path:operation:errno:)`` when it cannot be kept.
    public func analyse(
        _ document: IndexDocument, content: UInt64 = 0, group: UInt32 = 0
    ) throws(IndexError) -> AnalysedDocument {
        analysed.removeAll()
        document.forEachText { words.add($0, $1, $2) }
        addTags(of: document)
        addRows(of: document)
        words.finishCourse(into: &analysed)
        writer.bytes.removeAll(keepingCapacity: true)
        analysed.write(to: &writer)
        let entry = try segment.append(
            writer.bytes, id: document.record.course.id.value, content: content,
            group: group, sortKey: analysed.sortKey)
        return AnalysedDocument(id: document.record.course.id, entry: entry)
    }

    private func addTags(of document: IndexDocument) {
        var places: [UInt32: Int] = [:]
        for skill in document.skills {
            let weight = UInt8(max(1, min(255, (skill.weight * 255).rounded())))
            let name = words.tag(.skill, skill.id, weight: weight)
            let value = UInt32(weight) | (skill.isDeclared ? 256 : 0)
            if let place = places[name] {
                let known = analysed.skills[place].payload
                analysed.skills[place].payload =
                    max(known & 255, value & 255) | (known | value) & 256
            } else {
                places[name] = analysed.skills.count
                analysed.skills.append(AnalysedCourse.Word(name: name, payload: value))
            }
        }
        for key in SubjectKey.keys(of: document.record.course).sorted() {
            words.tag(.subject, key, weight: 255)
        }
    }

    private func addRows(of document: IndexDocument) {
        let course = document.record.course
        analysed.provider = words.name(
            NameSpace.provider, course.provider.value + "\0" + document.providerName)
        // Partners who own a course together are one name: ids hold no space.
        let owners = document.owners.filter { $0 != document.partner }
        let partners = (document.partner.map { [$0] } ?? []) + owners
        analysed.partner =
            partners.isEmpty
            ? nil
            : words.name(NameSpace.partner, partners.map(\.value).joined(separator: " "))
        analysed.fundingSet = words.name(
            NameSpace.fundingSet, course.funding.map(\.name).sorted().joined(separator: ","))
        analysed.row.level =
            LevelCode(course.level ?? course.qualifications.compactMap(\.level).first).rawValue
        analysed.row.kind = UInt8(CourseKind.allCases.firstIndex(of: course.kind) ?? 0)
        analysed.row.audiences = bits(of: course.audiences)
        analysed.row.halfHoursPerWeek = document.record.halfHoursPerWeek

        var stored = StoredWriter()
        swap(&stored.bytes, &analysed.stored)
        defer { swap(&stored.bytes, &analysed.stored) }
        stored.put(course.id.value)
        stored.put(course.title)
        stored.put(course.level?.nationalName)
        stored.put(course.url)
        let offerings = document.record.offerings
        let accessibility = TeachingConditions.accessibility(of: course)
        let order = offerings.indices.sorted { one, other in
            let (x, y) = (startDay(offerings[one]), startDay(offerings[other]))
            return x != y ? x < y : offerings[one].id < offerings[other].id
        }
        for index in order {
            let venues = index < document.venues.count ? document.venues[index] : []
            add(
                offerings[index], of: course, venues: venues,
                TeachingConditions(offerings[index], shared: accessibility), &stored)
        }
    }

    private func add(
        _ offering: Offering, of course: Course, venues: [IndexedVenue],
        _ conditions: TeachingConditions, _ stored: inout StoredWriter
    ) {
        let first = analysed.venues.count
        // Placed venues first, so that a row without coordinates has no placed venue at all.
        for isPlaced in [true, false] {
            for venue in venues where (venue.coordinates != nil) == isPlaced {
                let place = venue.coordinates.map { fixed($0) }
                analysed.venues.append(
                    AnalysedCourse.Venue(
                        latitude: place?.latitude ?? OfferingRow.noPlace,
                        longitude: place?.longitude ?? OfferingRow.noPlace,
                        area: area(venue.regions), label: words.name(NameSpace.label, venue.label)))
            }
        }
        let languages = offering.languages.isEmpty ? course.languages : offering.languages
        let codes =
            languages.count == 1
            ? languages[0].language.code
            : Set(languages.map(\.language.code)).sorted().joined(separator: ",")
        var flags: UInt8 = 0
        if venues.isEmpty, offering.needsNoTravel(course) { flags |= OfferingRow.needsNoTravel }
        if offering.status == .full || offering.placesLeft == 0 { flags |= OfferingRow.full }
        if offering.status == .cancelled || offering.status == .closed {
            flags |= OfferingRow.cancelled
        }
        if venues.count > 1 { flags |= OfferingRow.hasMoreVenues }
        let weeks = offering.weeks(course)
        analysed.offerings.append(
            AnalysedCourse.Occasion(
                row: OfferingRow(
                    latitude: OfferingRow.noPlace, longitude: OfferingRow.noPlace,
                    start: startDay(offering),
                    availableUntil: offering.lastDayToTakeUp(of: course)?.daysSince1970 ?? .max,
                    price: offering.euroCents ?? OfferingRow.unknownPrice,
                    weeks: weeks.map { UInt16(clamping: min($0, 65534)) }
                        ?? OfferingRow.unknownWeeks,
                    languageSet: 0, area: 0, modes: offering.modeBits(course),
                    dayParts: bits(of: offering.dayParts), flags: flags,
                    slotBytes: offering.slotBytes),
                languageSet: words.name(NameSpace.languageSet, codes),
                conditions: words.name(NameSpace.conditions, conditions.name),
                opens: offering.enrolment?.opens?.daysSince1970 ?? .min,
                closes: offering.enrolment?.closes?.daysSince1970 ?? .max,
                venues: analysed.venues.count - first))
        StoredOffering.write(offering, of: course, to: &stored)
    }

    private func area(_ regions: [IndexedRegion]) -> UInt32 {
        if let known = areas[regions] { return known }
        let area = words.name(
            NameSpace.area,
            regions.map { "\($0.kind.number)\t\($0.code)\t\($0.name)" }.joined(separator: "\n"))
        areas[regions] = area
        return area
    }
}

/// A course that was analysed and kept, for ``IndexBuilder/add(_:)``.
public struct AnalysedDocument: Sendable {
    let id: ID<Course>
    let entry: CourseSegment.Entry
}
