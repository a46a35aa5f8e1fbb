import CourseModel

/// Holds one value against rules, and gathers what they do not allow.
struct JSONSchemaCheck {
    let schema: JSONSchema
    private(set) var faults: [JSONSchemaFault] = []
    /// Whether schemas referred to themselves with nothing in between.
    private(set) var isEndless = false
    /// Whether more schemas stood within each other than are followed.
    private(set) var isTooDeep = false
    /// What is being checked, from the outermost value to the innermost.
    private var steps: Set<Step> = []
    /// The resources of the schemas that lead here, the outermost first: the dynamic scope, in
    /// which `$dynamicRef` finds its schema.
    private var scope: [Int] = []

    /// A schema and the value that is held against it: met again within itself, it never ends.
    private struct Step: Hashable {
        var rules: Int
        var offset: Int
    }

    /// A value that is read is at most 128 deep, and few schemas take more than five steps a level;
    /// more would endanger the stack.
    static let deepest = 1_000

    init(schema: JSONSchema) { self.schema = schema }

    /// - Returns: What of the value was looked at; of no account where it does not fit.
    @discardableResult
    mutating func check(
        _ node: JSONNode, _ number: Int, _ pointer: String
    ) -> JSONSchemaEvaluated {
        var seen = JSONSchemaEvaluated()
        guard steps.count < Self.deepest else {
            isTooDeep = true
            return seen
        }
        let step = Step(rules: number, offset: node.offset)
        guard steps.insert(step).inserted else {
            isEndless = true
            return seen
        }
        defer { steps.remove(step) }
        let rules = schema.rules[number]
        if let allows = rules.allowsAll {
            if !allows { add(.unexpected, node, pointer, "nothing is allowed here") }
            return seen
        }
        let isEntered = rules.resource != nil && rules.resource != scope.last
        if isEntered, let resource = rules.resource { scope.append(resource) }
        defer { if isEntered { scope.removeLast() } }
        if let reference = rules.reference { seen.formUnion(check(node, reference, pointer)) }
        if let reference = rules.dynamicReference {
            let found = scope.lazy.compactMap { reference.anchored[$0] }.first
            seen.formUnion(check(node, found ?? reference.plain, pointer))
        }
        if let kinds = rules.kinds, !kinds.contains(where: { Self.isOf($0, node) }) {
            let wanted = kinds.map(\.rawValue).sorted().joined(separator: " or ")
            add(.type, node, pointer, "expected \(wanted), found \(Self.kind(of: node))")
            return seen
        }
        let allowed: [[JSONNode]?] = [rules.values, rules.constant.map { [$0] }]
        for case let values? in allowed where !values.contains(where: { $0.isEqual(to: node) }) {
            let known = values.prefix(12).map { Self.text($0) }.joined(separator: ", ")
            let more = values.count > 12 ? ", … (\(values.count) in all)" : ""
            add(.value, node, pointer, "\(Self.text(node)) is not one of \(known)\(more)")
        }
        checkCombinations(node, rules, pointer, &seen)
        switch node.value {
        case .number(let text): checkNumber(text, node, rules, pointer)
        case .string(let text): checkText(text, node, rules, pointer)
        case .array(let elements): checkArray(elements, node, rules, pointer, &seen)
        case .object(let members): checkObject(members, node, rules, pointer, &seen)
        case .boolean, .null: break
        }
        return seen
    }

    // MARK: Any value

    private mutating func checkCombinations(
        _ node: JSONNode, _ rules: JSONSchemaRules, _ pointer: String,
        _ seen: inout JSONSchemaEvaluated
    ) {
        for number in rules.all { seen.formUnion(check(node, number, pointer)) }
        if !rules.any.isEmpty {
            let tried = rules.any.map { trial(node, $0, pointer, &seen) }
            if !tried.contains(where: \.isEmpty) { addNone(of: tried, node, pointer) }
        }
        if !rules.one.isEmpty {
            let tried = rules.one.map { trial(node, $0, pointer, &seen) }
            let fitting = tried.filter(\.isEmpty).count
            if fitting == 0 {
                addNone(of: tried, node, pointer)
            } else if fitting > 1 {
                add(
                    .combination, node, pointer,
                    "it fits \(fitting) of the \(tried.count) forms of which it may fit only one")
            }
        }
        if let not = rules.not {
            // What is excluded looks at nothing.
            var unused = JSONSchemaEvaluated()
            if trial(node, not, pointer, &unused).isEmpty {
                add(.combination, node, pointer, "it is what the schema excludes")
            }
        }
        if let condition = rules.condition {
            let branch =
                trial(node, condition.when, pointer, &seen).isEmpty
                ? condition.then : condition.otherwise
            if let branch { seen.formUnion(check(node, branch, pointer)) }
        }
    }

    /// - Parameter seen: Gets what the schema looked at, when the value fits it.
    private mutating func trial(
        _ node: JSONNode, _ number: Int, _ pointer: String, _ seen: inout JSONSchemaEvaluated
    ) -> [JSONSchemaFault] {
        let before = faults
        faults = []
        let own = check(node, number, pointer)
        defer { faults = before }
        if faults.isEmpty { seen.formUnion(own) }
        return faults
    }

    /// Tells of the form that comes nearest: one of the value's own type, then the one whose first
    /// fault lies deepest, then the one with the fewest faults.
    private mutating func addNone(
        of tried: [[JSONSchemaFault]], _ node: JSONNode, _ pointer: String
    ) {
        func nearness(_ faults: [JSONSchemaFault]) -> (Int, Int, Int) {
            let isOther = faults.contains { $0.rule == .type && $0.pointer == pointer }
            return (isOther ? 0 : 1, faults.first?.pointer.utf8.count ?? 0, -faults.count)
        }
        let nearest = tried.max { nearness($0) < nearness($1) }
        let reason = nearest?.first.map { fault in
            let place = fault.pointer == pointer ? "" : " at “\(fault.pointer)”"
            return "; the nearest: \(fault.message)\(place)"
        }
        add(
            .combination, node, pointer,
            "it fits none of the \(tried.count) forms that are allowed\(reason ?? "")")
    }

    // MARK: Numbers and texts

    private mutating func checkNumber(
        _ text: String, _ node: JSONNode, _ rules: JSONSchemaRules, _ pointer: String
    ) {
        guard let value = Double(text) else { return }
        if let (bound, isExclusive) = rules.minimum, value < bound || isExclusive && value == bound
        {
            add(.value, node, pointer, "\(text) is less than \(bound)")
        }
        if let (bound, isExclusive) = rules.maximum, value > bound || isExclusive && value == bound
        {
            add(.value, node, pointer, "\(text) is more than \(bound)")
        }
        if let bound = rules.exclusiveMinimum, value <= bound {
            add(.value, node, pointer, "\(text) is not more than \(bound)")
        }
        if let bound = rules.exclusiveMaximum, value >= bound {
            add(.value, node, pointer, "\(text) is not less than \(bound)")
        }
        if let step = rules.multipleOf {
            // 0.0075 is 75 times 0.0001, whatever the last bit of the quotient says.
            let times = value / step
            if !times.isFinite || abs(times - times.rounded()) > 1e-9 * max(1, abs(times)) {
                add(.value, node, pointer, "\(text) is no multiple of \(step)")
            }
        }
    }

    private mutating func checkText(
        _ text: String, _ node: JSONNode, _ rules: JSONSchemaRules, _ pointer: String
    ) {
        if rules.lengths.least != nil || rules.lengths.most != nil {
            check(text.unicodeScalars.count, rules.lengths, "characters", node, pointer)
        }
        if let pattern = rules.pattern, !pattern.isFound(in: text) {
            add(.value, node, pointer, "\(quoted(text)) does not fit the pattern \(pattern.source)")
        }
        if let format = rules.format, !format.fits(text) {
            add(.value, node, pointer, "\(quoted(text)) is no \(format.rawValue)")
        }
    }

    private mutating func check(
        _ count: Int, _ bounds: (least: Int?, most: Int?), _ what: String, _ node: JSONNode,
        _ pointer: String
    ) {
        if let least = bounds.least, count < least {
            add(.value, node, pointer, "it has \(count) \(what), at least \(least) are wanted")
        }
        if let most = bounds.most, count > most {
            add(.value, node, pointer, "it has \(count) \(what), at most \(most) are allowed")
        }
    }

    // MARK: Arrays and objects

    private mutating func checkArray(
        _ elements: [JSONNode], _ node: JSONNode, _ rules: JSONSchemaRules, _ pointer: String,
        _ seen: inout JSONSchemaEvaluated
    ) {
        check(elements.count, rules.counts, "elements", node, pointer)
        for (index, element) in elements.enumerated() {
            let own = index < rules.prefix.count ? rules.prefix[index] : rules.items
            guard let own else { continue }
            check(element, own, "\(pointer)/\(index)")
            seen.places.insert(index)
        }
        if let contains = rules.contains {
            var fitting = 0
            for (index, element) in elements.enumerated() {
                var unused = JSONSchemaEvaluated()
                guard trial(element, contains.rules, pointer, &unused).isEmpty else { continue }
                fitting += 1
                if rules.containsEvaluates { seen.places.insert(index) }
            }
            check(
                fitting, (contains.least, contains.most), "elements of the form that it is to hold",
                node, pointer)
        }
        if rules.hasUniqueItems {
            var known: Set<[UInt8]> = []
            let repeated = elements.indices.first { !known.insert(elements[$0].canonical).inserted }
            if let repeated {
                add(
                    .value, elements[repeated], "\(pointer)/\(repeated)",
                    "it stands in the array twice")
            }
        }
        if let own = rules.unevaluatedItems {
            for (index, element) in elements.enumerated() where !seen.places.contains(index) {
                checkOther(element, own, "\(pointer)/\(index)", "another element")
            }
            seen.places.formUnion(elements.indices)
        }
    }

    /// Holds a member or element that nothing names against what the others are.
    private mutating func checkOther(
        _ node: JSONNode, _ number: Int, _ pointer: String, _ what: String
    ) {
        if schema.rules[number].allowsAll == false {
            add(.unexpected, node, pointer, "\(what) is not allowed here")
        } else {
            check(node, number, pointer)
        }
    }

    private mutating func checkObject(
        _ members: [(key: String, node: JSONNode)], _ node: JSONNode, _ rules: JSONSchemaRules,
        _ pointer: String, _ seen: inout JSONSchemaEvaluated
    ) {
        check(members.count, rules.memberCounts, "members", node, pointer)
        let names = Set(members.map(\.key))
        for name in rules.required where !names.contains(name) {
            add(.missingMember, node, pointer, "“\(name)” is missing")
        }
        for (key, inner) in members {
            let place = Self.pointer(to: key, in: pointer)
            var isKnown = false
            if let own = rules.members[key] {
                isKnown = true
                check(inner, own, place)
            }
            for (pattern, own) in rules.patternMembers where pattern.isFound(in: key) {
                isKnown = true
                check(inner, own, place)
            }
            if !isKnown, !rules.hasUnreadPattern, let own = rules.otherMembers {
                isKnown = true
                checkOther(inner, own, place, "“\(key)”")
            }
            // Any name may be one of a pattern that cannot be read.
            if isKnown || rules.hasUnreadPattern { seen.names.insert(key) }
            if let own = rules.names {
                let name = JSONNode(
                    value: .string(key), offset: inner.offset, end: inner.end, record: inner.record)
                check(name, own, place)
            }
            for other in rules.requiredWith[key] ?? [] where !names.contains(other) {
                add(
                    .missingMember, node, pointer, "“\(other)” is missing, which goes with “\(key)”"
                )
            }
            if let own = rules.rulesWith[key] { seen.formUnion(check(node, own, pointer)) }
        }
        if let own = rules.unevaluatedMembers {
            for (key, inner) in members where !seen.names.contains(key) {
                checkOther(inner, own, Self.pointer(to: key, in: pointer), "“\(key)”")
            }
            seen.names.formUnion(names)
        }
    }

    private static func pointer(to key: String, in pointer: String) -> String {
        pointer + "/" + key.replacing("~", with: "~0").replacing("/", with: "~1")
    }

    // MARK: Words

    private mutating func add(
        _ rule: JSONSchemaFault.Rule, _ node: JSONNode, _ pointer: String, _ message: String
    ) {
        faults.append(
            JSONSchemaFault(
                rule: rule, pointer: pointer, position: node.position, message: message))
    }

    private static func kind(of node: JSONNode) -> JSONSchemaRules.Kind {
        switch node.value {
        case .object: .object
        case .array: .array
        case .string: .string
        case .number: isOf(.integer, node) ? .integer : .number
        case .boolean: .boolean
        case .null: .null
        }
    }

    private static func isOf(_ kind: JSONSchemaRules.Kind, _ node: JSONNode) -> Bool {
        switch (kind, node.value) {
        case (.object, .object), (.array, .array), (.string, .string), (.boolean, .boolean),
            (.null, .null), (.number, .number):
            true
        case (.integer, .number(let text)): Double(text).map { $0 == $0.rounded() } ?? false
        default: false
        }
    }

    /// A value as it is written in JSON, short.
    private static func text(_ node: JSONNode) -> String {
        let folded = foldedSpaces(String(decoding: node.bytes, as: UTF8.self))
        return folded.count > 60 ? folded.prefix(57) + "…" : folded
    }
}
