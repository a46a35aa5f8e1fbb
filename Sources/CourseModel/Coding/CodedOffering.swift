extension Timing: RecordCoded {
    func write(to writer: inout RecordWriter) {
        switch start {
        case .on(let date):
            writer.write(byte: 0)
            writer.write(date)
        case .rolling: writer.write(byte: 1)
        case .onRequest: writer.write(byte: 2)
        case .unstated(let raw):
            writer.write(byte: 3)
            writer.write(raw)
        }
        writer.writeOptional(startIsFinal)
        writer.write(end)
    }

    init(reading reader: inout RecordReader) throws(CodingError) {
        let start: Start
        switch try reader.byte() {
        case 0: start = .on(try reader.value())
        case 1: start = .rolling
        case 2: start = .onRequest
        case 3: start = .unstated(raw: try reader.optionalString())
        default: throw reader.invalid("start")
        }
        let isFinal = try reader.optionalBool()
        let end = try reader.optional(CalendarDate.self)
        guard let timing = Timing(start: start, startIsFinal: isFinal, end: end) else {
            throw reader.invalid("end after the start")
        }
        self = timing
    }
}

extension EnrolmentWindow: RecordCoded {
    func write(to writer: inout RecordWriter) {
        writer.write(opens)
        writer.write(closes)
    }

    init(reading reader: inout RecordReader) throws(CodingError) {
        let opens = try reader.optional(CalendarDate.self)
        let closes = try reader.optional(CalendarDate.self)
        guard let window = EnrolmentWindow(opens: opens, closes: closes) else {
            throw reader.invalid("enrolment window")
        }
        self = window
    }
}

extension Session: RecordCoded {
    func write(to writer: inout RecordWriter) {
        writer.write(date)
        writer.write(weekday)
        writer.write(begins)
        writer.write(ends)
        writer.write(venue)
        writer.write(name)
    }

    init(reading reader: inout RecordReader) throws(CodingError) {
        self.init()
        date = try reader.optional()
        weekday = try reader.optional()
        begins = try reader.optional()
        ends = try reader.optional()
        venue = try reader.optional()
        name = try reader.value()
    }
}

extension TeachingPlace: RecordCoded {
    func write(to writer: inout RecordWriter) {
        switch self {
        case .venue(let venue):
            writer.write(byte: 0)
            writer.write(venue)
        case .online: writer.write(byte: 1)
        case .workplace: writer.write(byte: 2)
        }
    }

    init(reading reader: inout RecordReader) throws(CodingError) {
        switch try reader.byte() {
        case 0: self = .venue(try reader.value())
        case 1: self = .online
        case 2: self = .workplace
        default: throw reader.invalid("teaching place")
        }
    }
}

extension Offering {
    /// Writes everything but the course's id and where it was read: both follow from the record.
    func write(to writer: inout RecordWriter, within course: Course) {
        if isNamed(within: course.id) {
            writer.write(byte: 0)
        } else {
            writer.write(byte: 1)
            writer.write(id)
        }
        writer.write(nativeID)
        writer.write(title)
        writer.write(timing)
        writer.write(statedStart)
        writer.write(duration)
        writer.write(enrolment)
        writer.write(applyURL)
        writer.write(dayParts)
        writer.write(sessions)
        writer.write(hoursPerWeek)
        writer.write(places)
        writer.write(modes)
        writer.write(studyModes)
        writer.write(languages)
        writer.write(assessmentLanguages)
        writer.write(price)
        writer.write(capacity)
        writer.write(minimumParticipants)
        writer.write(placesLeft)
        writer.write(status)
        writer.write(age)
        writer.write(description)
        writer.write(sections)
        writer.write(url)
        writer.write(provenance, beside: course.provenance)
    }

    init(reading reader: inout RecordReader, within course: Course) throws(CodingError) {
        let named: ID<Offering>?
        switch try reader.byte() {
        case 0: named = nil
        case 1: named = try reader.value()
        default: throw reader.invalid("offering")
        }
        let nativeID = try reader.string()
        let title = try reader.value(LocalizedText.self)
        self.init(
            id: named ?? ID(course: course.id, native: nativeID), nativeID: nativeID,
            course: course.id, timing: try reader.value(), provenance: course.provenance)
        self.title = title
        statedStart = try reader.optionalString()
        duration = try reader.optional()
        enrolment = try reader.optional()
        applyURL = try reader.optionalString()
        dayParts = try reader.words()
        sessions = try reader.list()
        hoursPerWeek = try reader.optional()
        places = try reader.list()
        modes = try reader.words()
        studyModes = try reader.words()
        languages = try reader.list()
        assessmentLanguages = try reader.list()
        price = try reader.optional()
        capacity = try reader.optionalInt()
        minimumParticipants = try reader.optionalInt()
        placesLeft = try reader.optionalInt()
        status = try reader.value()
        age = try reader.optionalString()
        description = try reader.value()
        sections = try reader.list()
        url = try reader.optionalString()
        provenance = try reader.provenance(beside: course.provenance)
    }

    /// Whether the id is, byte for byte, the one that ``ID/init(course:native:)`` makes.
    private func isNamed(within course: ID<Course>) -> Bool {
        // Strings compare by what they show, not by their bytes: `é` has two spellings.
        var rest = id.value.utf8[...]
        guard rest.starts(with: course.value.utf8) else { return false }
        rest = rest.dropFirst(course.value.utf8.count)
        guard rest.first == UInt8(ascii: "#") else { return false }
        return rest.dropFirst().elementsEqual(nativeID.utf8)
    }
}
