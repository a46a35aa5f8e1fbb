extension CalendarDate: RecordCoded {
    func write(to writer: inout RecordWriter) { writer.write(Int(daysSince1970)) }

    init(reading reader: inout RecordReader) throws(CodingError) {
        guard let days = Int32(exactly: try reader.int()) else { throw reader.invalid("date") }
        self.init(daysSince1970: days)
    }
}

extension TimeOfDay: RecordCoded {
    func write(to writer: inout RecordWriter) { writer.write(count: minutes) }

    init(reading reader: inout RecordReader) throws(CodingError) {
        guard let minutes = Int(exactly: try reader.unsigned()),
            let time = TimeOfDay(minutes: minutes)
        else { throw reader.invalid("time of day") }
        self = time
    }
}

extension FixedDecimal: RecordCoded {
    func write(to writer: inout RecordWriter) { writer.write(Int(scaled)) }

    init(reading reader: inout RecordReader) throws(CodingError) {
        self.init(scaled: Int64(try reader.int()))
    }
}

extension Currency: RecordCoded {
    func write(to writer: inout RecordWriter) { writer.write(code) }

    init(reading reader: inout RecordReader) throws(CodingError) {
        let code = try reader.string()
        if code == "EUR" {
            self = .euro
        } else if let currency = Currency(code) {
            self = currency
        } else {
            throw reader.invalid("currency")
        }
    }
}

extension Money: RecordCoded {
    func write(to writer: inout RecordWriter) {
        writer.write(amount)
        writer.write(currency)
    }

    init(reading reader: inout RecordReader) throws(CodingError) {
        let amount = try reader.value(FixedDecimal.self)
        self.init(amount, try reader.value())
    }
}

extension Code: RecordCoded {
    func write(to writer: inout RecordWriter) {
        writer.write(scheme)
        writer.write(code)
        writer.write(label)
    }

    init(reading reader: inout RecordReader) throws(CodingError) {
        let scheme = try reader.string()
        let code = try reader.string()
        self.init(scheme: scheme, code: code, label: try reader.value())
    }
}

extension DeclaredSkill: RecordCoded {
    func write(to writer: inout RecordWriter) {
        writer.write(id)
        writer.write(label)
    }

    init(reading reader: inout RecordReader) throws(CodingError) {
        let id = try reader.optionalString()
        self.init(id: id, label: try reader.value())
    }
}

extension Level: RecordCoded {
    func write(to writer: inout RecordWriter) {
        writer.write(nlqf)
        writer.write(eqf)
        writer.write(nationalName)
        writer.write(basis)
    }

    init(reading reader: inout RecordReader) throws(CodingError) {
        let nlqf = try reader.optional(NLQFLevel.self)
        let eqf = try reader.optionalInt()
        if let eqf, !(1...8).contains(eqf) { throw reader.invalid("EQF level") }
        self.init(derived: nlqf, nationalName: "")
        self.eqf = eqf
        nationalName = try reader.optionalString()
        basis = try reader.optional()
    }
}

extension LanguageShare: RecordCoded {
    func write(to writer: inout RecordWriter) {
        writer.write(language)
        writer.write(percentage)
    }

    init(reading reader: inout RecordReader) throws(CodingError) {
        let language = try reader.value(LanguageTag.self)
        self.init(language, percentage: try reader.optionalInt())
    }
}

extension FundingScheme: RecordCoded {
    func write(to writer: inout RecordWriter) { writer.write(name) }

    init(reading reader: inout RecordReader) throws(CodingError) {
        self.init(try reader.string())
    }
}

extension StudyLoad.Credit: RecordCoded {
    func write(to writer: inout RecordWriter) {
        writer.write(system)
        writer.write(value)
        writer.write(level)
    }

    init(reading reader: inout RecordReader) throws(CodingError) {
        let system = try reader.string()
        let value = try reader.value(FixedDecimal.self)
        self.init(system: system, value: value, level: try reader.optionalString())
    }
}

extension StudyLoad: RecordCoded {
    func write(to writer: inout RecordWriter) {
        writer.write(hours)
        writer.write(hoursPerWeek)
        writer.write(contactHours)
        writer.write(credits)
    }

    init(reading reader: inout RecordReader) throws(CodingError) {
        self.init()
        hours = try reader.optional()
        hoursPerWeek = try reader.optional()
        contactHours = try reader.optional()
        credits = try reader.list()
    }
}

extension CourseDuration: RecordCoded {
    func write(to writer: inout RecordWriter) {
        writer.write(value)
        writer.write(unit)
        writer.write(statedAs)
    }

    init(reading reader: inout RecordReader) throws(CodingError) {
        let value = try reader.value(FixedDecimal.self)
        let unit = try reader.value(Unit.self)
        let statedAs = try reader.optionalString()
        guard let duration = CourseDuration(value, unit, statedAs: statedAs) else {
            throw reader.invalid("duration")
        }
        self = duration
    }
}

extension Qualification: RecordCoded {
    func write(to writer: inout RecordWriter) {
        writer.write(kind)
        writer.write(title)
        writer.write(abbreviation)
        writer.write(level)
        writer.write(awardedBy)
        writer.write(accreditedBy)
        writer.write(codes)
        writer.write(url)
    }

    init(reading reader: inout RecordReader) throws(CodingError) {
        self.init(kind: try reader.value())
        title = try reader.value()
        abbreviation = try reader.optionalString()
        level = try reader.optional()
        awardedBy = try reader.optionalString()
        accreditedBy = try reader.optionalString()
        codes = try reader.list()
        url = try reader.optionalString()
    }
}

extension Image: RecordCoded {
    func write(to writer: inout RecordWriter) {
        writer.write(url)
        writer.write(alternative)
        writer.write(title)
    }

    init(reading reader: inout RecordReader) throws(CodingError) {
        self.init(url: try reader.string())
        alternative = try reader.optionalString()
        title = try reader.optionalString()
    }
}

extension Contact: RecordCoded {
    func write(to writer: inout RecordWriter) {
        writer.write(name)
        writer.write(role)
        writer.write(email)
        writer.write(telephone)
        writer.write(url)
    }

    init(reading reader: inout RecordReader) throws(CodingError) {
        self.init()
        name = try reader.optionalString()
        role = try reader.optionalString()
        email = try reader.optionalString()
        telephone = try reader.optionalString()
        url = try reader.optionalString()
    }
}

extension Coordinates: RecordCoded {
    func write(to writer: inout RecordWriter) {
        writer.write(fixed: latitude.bitPattern)
        writer.write(fixed: longitude.bitPattern)
    }

    init(reading reader: inout RecordReader) throws(CodingError) {
        let latitude = Double(bitPattern: try reader.fixed())
        let longitude = Double(bitPattern: try reader.fixed())
        guard let point = Coordinates(latitude: latitude, longitude: longitude) else {
            throw reader.invalid("point on earth")
        }
        self = point
    }
}

extension Address: RecordCoded {
    func write(to writer: inout RecordWriter) {
        writer.write(street)
        writer.write(postcode)
        writer.write(city)
        writer.write(country)
        writer.write(other)
    }

    init(reading reader: inout RecordReader) throws(CodingError) {
        self.init()
        street = try reader.optionalString()
        postcode = try reader.optionalString()
        city = try reader.optionalString()
        country = try reader.optionalString()
        other = try reader.strings()
    }
}

extension Venue: RecordCoded {
    func write(to writer: inout RecordWriter) {
        writer.write(nativeID)
        writer.write(name)
        writer.write(address)
        writer.write(coordinates)
        writer.write(url)
    }

    init(reading reader: inout RecordReader) throws(CodingError) {
        self.init()
        nativeID = try reader.optionalString()
        name = try reader.value()
        address = try reader.value()
        coordinates = try reader.optional()
        url = try reader.optionalString()
    }
}

extension SourcePosition: RecordCoded {
    func write(to writer: inout RecordWriter) {
        writer.write(line)
        writer.write(column)
        writer.write(byteOffset)
    }

    init(reading reader: inout RecordReader) throws(CodingError) {
        let line = try reader.int()
        let column = try reader.int()
        self.init(line: line, column: column, byteOffset: try reader.int())
    }
}

extension Diagnostic: RecordCoded {
    func write(to writer: inout RecordWriter) {
        writer.write(severity)
        writer.write(code.name)
        writer.write(file)
        writer.write(position)
        writer.write(record)
        writer.write(field)
        writer.write(message)
    }

    init(reading reader: inout RecordReader) throws(CodingError) {
        let severity = try reader.value(Severity.self)
        let code = DiagnosticCode(try reader.string())
        let file = try reader.string()
        let position = try reader.optional(SourcePosition.self)
        let record = try reader.optionalString()
        let field = try reader.optionalString()
        self.init(
            severity, code, file: file, position: position, record: record, field: field,
            message: try reader.string())
    }
}
