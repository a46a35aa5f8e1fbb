extension Course {
    /// Writes everything but the file and the position it was read at.
    func write(to writer: inout RecordWriter) {
        writer.write(id)
        writer.write(nativeID)
        writer.write(provider)
        writer.write(kind)
        writer.write(title)
        writer.write(provenance, beside: nil)
        writer.write(aliases)
        writer.write(statedKind)
        writer.write(variantGroup)
        writer.write(summary)
        writer.write(description)
        writer.write(sections)
        writer.write(level)
        writer.write(requiredLevels)
        writer.write(prerequisites)
        writer.write(studyLoad)
        writer.write(duration)
        writer.write(qualifications)
        writer.write(codes)
        writer.write(audiences)
        writer.write(subjects)
        writer.write(keywords)
        writer.write(skills)
        writer.write(modes)
        writer.write(studyModes)
        writer.write(languages)
        writer.write(funding)
        writer.write(url)
        writer.write(image)
        writer.write(contacts)
        writer.write(expires)
    }

    init(reading reader: inout RecordReader) throws(CodingError) {
        let id = try reader.value(ID<Course>.self)
        let nativeID = try reader.string()
        let provider = try reader.value(ID<Provider>.self)
        let kind = try reader.value(CourseKind.self)
        let title = try reader.value(LocalizedText.self)
        let provenance = try reader.provenance(beside: nil)
        let named = Course(
            id: id, nativeID: nativeID, provider: provider, kind: kind, title: title,
            provenance: provenance)
        guard let named else { throw reader.invalid("course title") }
        self = named
        aliases = try reader.list()
        statedKind = try reader.optionalString()
        variantGroup = try reader.optionalString()
        summary = try reader.value()
        description = try reader.value()
        sections = try reader.list()
        level = try reader.optional()
        requiredLevels = try reader.list()
        prerequisites = try reader.value()
        studyLoad = try reader.value()
        duration = try reader.optional()
        qualifications = try reader.list()
        codes = try reader.list()
        audiences = try reader.words()
        subjects = try reader.list()
        keywords = try reader.value()
        skills = try reader.list()
        modes = try reader.words()
        studyModes = try reader.words()
        languages = try reader.list()
        funding = try reader.list()
        url = try reader.optionalString()
        image = try reader.optional()
        contacts = try reader.list()
        expires = try reader.optional()
    }
}

extension RecordWriter {
    /// Writes where something was read, without file and position; in a byte when that is as in
    /// `other`.
    mutating func write(_ provenance: Provenance, beside other: Provenance?) {
        if let other, other.source == provenance.source, other.format == provenance.format {
            write(byte: 0)
        } else {
            write(byte: 1)
            write(provenance.source)
            write(provenance.format)
        }
        write(provenance.lastEdited)
    }

    /// Writes the file and position something was read at; the file in a byte when it is `other`'s.
    mutating func write(placeOf provenance: Provenance, beside other: Provenance?) {
        write(other?.file == provenance.file ? nil : provenance.file)
        write(provenance.position)
    }
}

extension RecordReader {
    mutating func provenance(beside other: Provenance?) throws(CodingError) -> Provenance {
        var provenance: Provenance
        switch try byte() {
        case 0:
            guard let other else { throw invalid("provenance") }
            provenance = other
        case 1:
            let source = try value(ID<Source>.self)
            provenance = Provenance(source: source, format: try string(), file: "")
        default: throw invalid("provenance")
        }
        provenance.lastEdited = try optionalString()
        return provenance
    }

    mutating func place(
        into provenance: inout Provenance, beside other: Provenance?
    ) throws(CodingError) {
        if let file = try optionalString() {
            provenance.file = file
        } else if let other {
            provenance.file = other.file
        } else {
            throw invalid("file")
        }
        provenance.position = try optional()
    }
}
