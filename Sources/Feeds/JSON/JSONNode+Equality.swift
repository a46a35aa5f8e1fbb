extension JSONNode {
    /// Whether two values are the same: numbers by what they are worth, objects in any order.
    func isEqual(to other: JSONNode) -> Bool {
        switch (value, other.value) {
        case (.null, .null): true
        case (.boolean(let one), .boolean(let two)): one == two
        case (.string(let one), .string(let two)):
            // Characters that look alike are not the same text.
            one.unicodeScalars.elementsEqual(two.unicodeScalars)
        case (.number(let one), .number(let two)): one == two || Double(one) == Double(two)
        case (.array(let one), .array(let two)):
            one.count == two.count && zip(one, two).allSatisfy { $0.isEqual(to: $1) }
        case (.object(let one), .object(let two)):
            one.count == two.count
                && one.allSatisfy { member in
                    two.contains { $0.key == member.key && $0.node.isEqual(to: member.node) }
                }
        default: false
        }
    }

    /// Bytes that two values share when, and only when, they are the same.
    var canonical: [UInt8] {
        var bytes: [UInt8] = []
        appendCanonical(to: &bytes)
        return bytes
    }

    private func appendCanonical(to bytes: inout [UInt8]) {
        // What has a length says it first, so that no text looks like two.
        func append(_ mark: Unicode.Scalar, _ text: String) {
            bytes += Array("\(mark)\(text.utf8.count):\(text)".utf8)
        }
        switch value {
        case .null: bytes.append(UInt8(ascii: "n"))
        case .boolean(let value): bytes.append(value ? UInt8(ascii: "t") : UInt8(ascii: "f"))
        case .string(let text): append("s", text)
        case .number(let text):
            // Adding zero makes -0 the same as 0.
            append("d", Double(text).map { "\($0 + 0)" } ?? text)
        case .array(let elements):
            bytes += Array("a\(elements.count):".utf8)
            for element in elements { element.appendCanonical(to: &bytes) }
        case .object(let members):
            bytes += Array("o\(members.count):".utf8)
            for member in members.sorted(by: { $0.key < $1.key }) {
                append("k", member.key)
                member.node.appendCanonical(to: &bytes)
            }
        }
    }
}
