extension ID: RecordCoded {
    func write(to writer: inout RecordWriter) { writer.write(value) }

    init(reading reader: inout RecordReader) throws(CodingError) {
        self.init(try reader.string())
    }
}

extension LanguageTag: RecordCoded {
    func write(to writer: inout RecordWriter) { writer.write(code) }

    init(reading reader: inout RecordReader) throws(CodingError) {
        let code = try reader.string()
        // Nearly all texts are in these two, and reading a catalogue reads millions of them.
        switch code {
        case "nl": self = .dutch
        case "en": self = .english
        default:
            guard let tag = LanguageTag(code) else { throw reader.invalid("language") }
            self = tag
        }
    }

    /// Writes a language or "not said" in one byte where that is possible.
    static func write(_ language: LanguageTag?, to writer: inout RecordWriter) {
        switch language {
        case nil: writer.write(byte: 0)
        case LanguageTag.dutch: writer.write(byte: 1)
        case LanguageTag.english: writer.write(byte: 2)
        case .some(let other):
            writer.write(byte: 3)
            writer.write(other)
        }
    }

    static func optional(_ reader: inout RecordReader) throws(CodingError) -> LanguageTag? {
        switch try reader.byte() {
        case 0: return nil
        case 1: return .dutch
        case 2: return .english
        case 3: return try reader.value(LanguageTag.self)
        default: throw reader.invalid("language")
        }
    }
}

extension LocalizedText: RecordCoded {
    func write(to writer: inout RecordWriter) {
        writer.write(count: wordings.count)
        for wording in wordings {
            LanguageTag.write(wording.language, to: &writer)
            writer.write(wording.text)
        }
    }

    init(reading reader: inout RecordReader) throws(CodingError) {
        self.init()
        for _ in 0..<(try reader.count()) {
            let language = try LanguageTag.optional(&reader)
            append(Wording(language: language, text: try reader.string()))
        }
    }
}

extension RichText.Span: RecordCoded {
    func write(to writer: inout RecordWriter) {
        writer.write(style)
        writer.write(text)
        writer.write(link)
    }

    init(reading reader: inout RecordReader) throws(CodingError) {
        let style = try reader.value(RichText.Style.self)
        let text = try reader.string()
        self.init(text, style: style, link: try reader.optionalString())
    }
}

extension RichText.Block: RecordCoded {
    func write(to writer: inout RecordWriter) {
        switch self {
        case .paragraph(let spans):
            writer.write(byte: 0)
            writer.write(spans)
        case .heading(let spans):
            writer.write(byte: 1)
            writer.write(spans)
        case .list(let ordered, let items):
            writer.write(byte: ordered ? 3 : 2)
            writer.write(count: items.count)
            for item in items { writer.write(item) }
        }
    }

    init(reading reader: inout RecordReader) throws(CodingError) {
        let tag = try reader.byte()
        switch tag {
        case 0: self = .paragraph(try reader.list())
        case 1: self = .heading(try reader.list())
        case 2, 3:
            var items: [[RichText.Span]] = []
            for _ in 0..<(try reader.count()) { items.append(try reader.list()) }
            self = .list(ordered: tag == 3, items: items)
        default: throw reader.invalid("block of text")
        }
    }
}

extension RichText: RecordCoded {
    func write(to writer: inout RecordWriter) { writer.write(blocks) }

    init(reading reader: inout RecordReader) throws(CodingError) {
        self.init(try reader.list())
    }
}

extension LocalizedRichText: RecordCoded {
    func write(to writer: inout RecordWriter) {
        writer.write(count: wordings.count)
        for wording in wordings {
            LanguageTag.write(wording.language, to: &writer)
            writer.write(wording.text)
        }
    }

    init(reading reader: inout RecordReader) throws(CodingError) {
        self.init()
        for _ in 0..<(try reader.count()) {
            let language = try LanguageTag.optional(&reader)
            append(Wording(language: language, text: try reader.value()))
        }
    }
}

extension TextSection: RecordCoded {
    func write(to writer: inout RecordWriter) {
        writer.write(theme)
        writer.write(heading)
        writer.write(text)
    }

    init(reading reader: inout RecordReader) throws(CodingError) {
        let theme = try reader.string()
        let heading = try reader.value(LocalizedText.self)
        self.init(theme: theme, heading: heading, text: try reader.value())
    }
}
