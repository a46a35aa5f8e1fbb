extension Price.VAT: RecordCoded {
    func write(to writer: inout RecordWriter) {
        switch self {
        case .included(let percentage):
            writer.write(byte: 0)
            writer.write(percentage)
        case .excluded(let percentage):
            writer.write(byte: 1)
            writer.write(percentage)
        case .exempt: writer.write(byte: 2)
        case .unstated: writer.write(byte: 3)
        }
    }

    init(reading reader: inout RecordReader) throws(CodingError) {
        switch try reader.byte() {
        case 0: self = .included(percentage: try reader.optional())
        case 1: self = .excluded(percentage: try reader.optional())
        case 2: self = .exempt
        case 3: self = .unstated
        default: throw reader.invalid("VAT treatment")
        }
    }
}

extension Cost: RecordCoded {
    func write(to writer: inout RecordWriter) {
        writer.write(kind)
        writer.write(amount)
        writer.write(vatAmount)
        writer.write(vatPercentage)
        writer.write(vatCode)
        writer.write(isRequired)
        writer.writeOptional(isFinal)
        writer.write(period)
        writer.write(isForGroup)
        writer.write(validFrom)
        writer.write(validUntil)
        writer.write(exemptAmount)
        writer.write(exemptVATAmount)
        writer.write(nativeID)
    }

    init(reading reader: inout RecordReader) throws(CodingError) {
        let kind = try reader.string()
        self.init(kind: kind, amount: try reader.value())
        vatAmount = try reader.optional()
        vatPercentage = try reader.optional()
        vatCode = try reader.optionalString()
        isRequired = try reader.bool()
        isFinal = try reader.optionalBool()
        period = try reader.value()
        isForGroup = try reader.bool()
        validFrom = try reader.optional()
        validUntil = try reader.optional()
        exemptAmount = try reader.optional()
        exemptVATAmount = try reader.optional()
        nativeID = try reader.optionalString()
    }
}

extension Price: RecordCoded {
    func write(to writer: inout RecordWriter) {
        writer.write(total)
        writer.write(vat)
        writer.write(costs)
        writer.write(statedAs)
    }

    init(reading reader: inout RecordReader) throws(CodingError) {
        let total = try reader.value(Money.self)
        let vat = try reader.value(VAT.self)
        let costs = try reader.list(of: Cost.self)
        self.init(total: total, vat: vat, costs: costs, statedAs: try reader.optionalString())
    }
}

extension RecordWriter {
    /// Writes yes, no, or not said.
    mutating func writeOptional(_ value: Bool?) {
        switch value {
        case false: write(byte: 0)
        case true: write(byte: 1)
        case nil: write(byte: 2)
        }
    }
}

extension RecordReader {
    /// Reads yes, no, or not said.
    mutating func optionalBool() throws(CodingError) -> Bool? {
        switch try byte() {
        case 0: return false
        case 1: return true
        case 2: return nil
        default: throw invalid("truth value")
        }
    }
}
