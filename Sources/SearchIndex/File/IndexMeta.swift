/// Options and counts of an index, as they stand in ``IndexSection/meta``.
struct IndexMeta {
    var options: IndexOptions
    var courses: Int
    var offerings: Int
    var averages: [Float]

    var bytes: [UInt8] {
        var writer = StoredWriter()
        writer.put(UInt64(courses))
        writer.put(UInt64(offerings))
        for weight in options.weights {
            writer.put(UInt64(weight.boost.bitPattern))
            writer.put(UInt64(weight.lengthNormalisation.bitPattern))
        }
        writer.put(UInt64(options.saturation.bitPattern))
        writer.put(UInt64(options.compoundWeight.bitPattern))
        writer.put(UInt64(options.stems ? 1 : 0))
        writer.put(UInt64(options.compounds ? 1 : 0))
        writer.put(UInt64(options.leavesOutStopWords ? 1 : 0))
        for average in averages { writer.put(UInt64(average.bitPattern)) }
        return writer.bytes
    }

    init(options: IndexOptions, courses: Int, offerings: Int, averages: [Float]) {
        self.options = options
        self.courses = courses
        self.offerings = offerings
        self.averages = averages
    }

    init(_ bytes: UnsafeRawBufferPointer) {
        var reader = StoredReader(bytes)
        func float(_ reader: inout StoredReader) -> Float {
            Float(bitPattern: UInt32(truncatingIfNeeded: reader.unsigned()))
        }
        courses = Int(reader.unsigned())
        offerings = Int(reader.unsigned())
        options = IndexOptions()
        options.weights = IndexOptions.Field.allCases.map { _ in
            let boost = float(&reader)
            return .init(boost: boost, lengthNormalisation: float(&reader))
        }
        options.saturation = float(&reader)
        options.compoundWeight = float(&reader)
        options.stems = reader.unsigned() == 1
        options.compounds = reader.unsigned() == 1
        options.leavesOutStopWords = reader.unsigned() == 1
        averages = IndexOptions.Field.allCases.map { _ in float(&reader) }
    }
}
