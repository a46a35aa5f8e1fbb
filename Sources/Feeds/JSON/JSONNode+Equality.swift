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
}
