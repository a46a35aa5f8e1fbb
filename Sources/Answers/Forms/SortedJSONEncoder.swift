import CourseModel

/// Writes one value as JSON straight into bytes, the members of each object in the order of their names.
///
/// Foundation's encoder makes a tree of boxes first; for an answer to a search that took several times
/// as long as the search. A member that is written twice counts as written last, as there.
final class SortedJSONEncoder: Encoder {
    /// A member of an object, and where its value stands.
    fileprivate struct Member {
        var name: String
        var start: Int
        var end: Int
        /// What the value is when it is written elsewhere, because it was asked for as a container.
        var apart: SortedJSONEncoder?
    }

    private enum Form { case nothing, value, array, object }

    let output: JSONText
    /// Not kept: all that can go wrong is a number that is not finite, which is told with its value.
    var codingPath: [any CodingKey] { [] }
    var userInfo: [CodingUserInfoKey: Any] { [:] }

    private var form = Form.nothing
    private var start = 0
    fileprivate var members: [Member] = []
    /// Elements of an array that are written elsewhere, and before which byte they belong.
    private var apart: [(at: Int, encoder: SortedJSONEncoder)] = []
    fileprivate private(set) var count = 0

    init(_ output: JSONText) { self.output = output }

    func container<Key: CodingKey>(keyedBy type: Key.Type) -> KeyedEncodingContainer<Key> {
        beginObject()
        return KeyedEncodingContainer(Object<Key>(encoder: self))
    }

    func unkeyedContainer() -> any UnkeyedEncodingContainer {
        if form == .nothing {
            form = .array
            output.write(UInt8(ascii: "["))
        }
        return Elements(encoder: self)
    }

    func singleValueContainer() -> any SingleValueEncodingContainer { Single(encoder: self) }

    private func beginObject() {
        guard form == .nothing else { return }
        form = .object
        start = output.bytes.count
        output.write(UInt8(ascii: "{"))
    }

    fileprivate func noteValue() { form = .value }

    /// Puts a comma before all elements but the first.
    fileprivate func beginElement() {
        if count > 0 { output.write(UInt8(ascii: ",")) }
        count += 1
    }

    fileprivate func elementApart() -> SortedJSONEncoder {
        beginElement()
        let encoder = SortedJSONEncoder(JSONText())
        apart.append((output.bytes.count, encoder))
        return encoder
    }

    fileprivate func memberApart(_ name: String) -> SortedJSONEncoder {
        let encoder = SortedJSONEncoder(JSONText())
        let end = output.bytes.count
        members.append(Member(name: name, start: end, end: end, apart: encoder))
        return encoder
    }

    fileprivate func member(_ name: String, _ write: () throws -> Void) rethrows {
        let start = output.bytes.count
        try write()
        members.append(Member(name: name, start: start, end: output.bytes.count))
    }

    fileprivate func nested(_ value: some Encodable) throws {
        let encoder = SortedJSONEncoder(output)
        if let words = Self.words(value) {
            try words.encode(to: encoder)
        } else {
            try value.encode(to: encoder)
        }
        encoder.finish()
    }

    /// The words of a set in order, so that the same value is always the same text.
    private static func words<Value>(_ value: Value) -> [String]? {
        // Types are compared first: a cast is looked up for every value that is written.
        if Value.self == Set<Audience>.self {
            return (value as? Set<Audience>)?.map(\.rawValue).sorted()
        }
        if Value.self == Set<DeliveryMode>.self {
            return (value as? Set<DeliveryMode>)?.map(\.rawValue).sorted()
        }
        if Value.self == Set<StudyMode>.self {
            return (value as? Set<StudyMode>)?.map(\.rawValue).sorted()
        }
        if Value.self == Set<DayPart>.self {
            return (value as? Set<DayPart>)?.map(\.rawValue).sorted()
        }
        return nil
    }

    /// Closes what is open; to be called once, behind the value.
    func finish() {
        switch form {
        case .value: break
        case .nothing: output.write("{}")
        case .array:
            for (position, encoder) in apart.reversed() {
                encoder.finish()
                output.bytes.insert(contentsOf: encoder.output.bytes, at: position)
            }
            output.write(UInt8(ascii: "]"))
        case .object: finishObject()
        }
    }

    private func finishObject() {
        // A stable sort, so that of two of one name the one written last stays last.
        members.sort { $0.name < $1.name }
        let values = Array(output.bytes[(start + 1)...])
        output.bytes.removeSubrange((start + 1)...)
        var isFirst = true
        for (index, member) in members.enumerated() {
            if index + 1 < members.count, members[index + 1].name == member.name { continue }
            if !isFirst { output.write(UInt8(ascii: ",")) }
            isFirst = false
            output.write(quoted: member.name)
            output.write(UInt8(ascii: ":"))
            if let encoder = member.apart {
                encoder.finish()
                output.bytes += encoder.output.bytes
            } else {
                output.bytes += values[(member.start - start - 1)..<(member.end - start - 1)]
            }
        }
        output.write(UInt8(ascii: "}"))
    }

    fileprivate func write(_ value: Bool) { value ? output.write("true") : output.write("false") }

    fileprivate func write(_ value: some BinaryInteger) { output.write(plain: value.description) }

    fileprivate func write(_ value: some BinaryFloatingPoint & LosslessStringConvertible) throws {
        guard value.isFinite else {
            throw EncodingError.invalidValue(
                value,
                .init(
                    codingPath: [],
                    debugDescription: "\(value) is not finite: JSON has no such number"))
        }
        let text = value.description
        output.write(plain: text.hasSuffix(".0") ? String(text.dropLast(2)) : text)
    }
}

private struct Object<Key: CodingKey>: KeyedEncodingContainerProtocol {
    let encoder: SortedJSONEncoder
    var codingPath: [any CodingKey] { [] }

    func encodeNil(forKey key: Key) {
        encoder.member(key.stringValue) { encoder.output.write("null") }
    }
    func encode(_ value: Bool, forKey key: Key) {
        encoder.member(key.stringValue) { encoder.write(value) }
    }
    func encode(_ value: String, forKey key: Key) {
        encoder.member(key.stringValue) { encoder.output.write(quoted: value) }
    }
    func encode(_ value: Int, forKey key: Key) {
        encoder.member(key.stringValue) { encoder.write(value) }
    }
    func encode(_ value: Double, forKey key: Key) throws {
        try encoder.member(key.stringValue) { try encoder.write(value) }
    }
    func encode(_ value: some Encodable, forKey key: Key) throws {
        try encoder.member(key.stringValue) { try encoder.nested(value) }
    }

    func nestedContainer<Nested: CodingKey>(
        keyedBy type: Nested.Type, forKey key: Key
    ) -> KeyedEncodingContainer<Nested> {
        encoder.memberApart(key.stringValue).container(keyedBy: type)
    }
    func nestedUnkeyedContainer(forKey key: Key) -> any UnkeyedEncodingContainer {
        encoder.memberApart(key.stringValue).unkeyedContainer()
    }
    func superEncoder() -> any Encoder { encoder.memberApart("super") }
    func superEncoder(forKey key: Key) -> any Encoder { encoder.memberApart(key.stringValue) }
}

private struct Elements: UnkeyedEncodingContainer {
    let encoder: SortedJSONEncoder
    var codingPath: [any CodingKey] { [] }
    var count: Int { encoder.count }

    func encodeNil() {
        encoder.beginElement()
        encoder.output.write("null")
    }
    func encode(_ value: Bool) {
        encoder.beginElement()
        encoder.write(value)
    }
    func encode(_ value: String) {
        encoder.beginElement()
        encoder.output.write(quoted: value)
    }
    func encode(_ value: Double) throws {
        encoder.beginElement()
        try encoder.write(value)
    }
    func encode(_ value: some Encodable) throws {
        encoder.beginElement()
        try encoder.nested(value)
    }

    func nestedContainer<Nested: CodingKey>(
        keyedBy type: Nested.Type
    ) -> KeyedEncodingContainer<Nested> {
        encoder.elementApart().container(keyedBy: type)
    }
    func nestedUnkeyedContainer() -> any UnkeyedEncodingContainer {
        encoder.elementApart().unkeyedContainer()
    }
    func superEncoder() -> any Encoder { encoder.elementApart() }
}

private struct Single: SingleValueEncodingContainer {
    let encoder: SortedJSONEncoder
    var codingPath: [any CodingKey] { [] }

    private func put(_ write: () throws -> Void) rethrows {
        encoder.noteValue()
        try write()
    }

    func encodeNil() { put { encoder.output.write("null") } }
    func encode(_ value: Bool) { put { encoder.write(value) } }
    func encode(_ value: String) { put { encoder.output.write(quoted: value) } }
    func encode(_ value: Double) throws { try put { try encoder.write(value) } }
    func encode(_ value: Float) throws { try put { try encoder.write(value) } }
    func encode(_ value: Int) { put { encoder.write(value) } }
    func encode(_ value: Int8) { put { encoder.write(value) } }
    func encode(_ value: Int16) { put { encoder.write(value) } }
    func encode(_ value: Int32) { put { encoder.write(value) } }
    func encode(_ value: Int64) { put { encoder.write(value) } }
    func encode(_ value: UInt) { put { encoder.write(value) } }
    func encode(_ value: UInt8) { put { encoder.write(value) } }
    func encode(_ value: UInt16) { put { encoder.write(value) } }
    func encode(_ value: UInt32) { put { encoder.write(value) } }
    func encode(_ value: UInt64) { put { encoder.write(value) } }
    func encode(_ value: some Encodable) throws { try put { try encoder.nested(value) } }
}
