/// What one schema, or a schema within it, asks of a value.
///
/// Other schemas are named by their number.
struct JSONSchemaRules {
    /// The types of JSON, and the whole numbers that schemas tell from the others.
    enum Kind: String, CaseIterable {
        case object, array, string, number, integer, boolean, null
    }

    /// A text that a regular expression (ECMA-262) has to be found in.
    struct Pattern {
        let source: String
        let expression: Regex<AnyRegexOutput>

        /// - Returns: `nil` for one that cannot be read.
        init?(_ source: String) {
            // Without `u` an identity escape is the character; Swift knows no `\-` outside brackets.
            guard let expression = try? Regex(source) else { return nil }
            self.source = source
            self.expression = expression.asciiOnlyCharacterClasses()
                .matchingSemantics(.unicodeScalar)
        }

        func isFound(in text: String) -> Bool {
            (try? expression.firstMatch(in: text)) != nil
        }
    }

    /// A `$dynamicRef` or `$recursiveRef`.
    struct DynamicReference {
        /// What it means as a `$ref`.
        var plain: Int
        /// The schemas that have the anchor it names, by their resource.
        ///
        /// That of the outermost resource on the way is meant. Empty when the plain one has no such
        /// anchor.
        var anchored: [Int: Int] = [:]
    }

    /// Of `true` and `false`, which are schemas too.
    var allowsAll: Bool?
    /// The resource that it belongs to: the schema with an identifier of its own that it is in.
    var resource: Int?
    var reference: Int?
    var dynamicReference: DynamicReference?

    // Any value.
    var kinds: Set<Kind>?
    var values: [JSONNode]?
    /// The one value that `const` allows, which may stand beside `enum`.
    var constant: JSONNode?
    var all: [Int] = []
    var any: [Int] = []
    var one: [Int] = []
    var not: Int?
    var condition: (when: Int, then: Int?, otherwise: Int?)?

    // Numbers.
    var minimum: (value: Double, isExclusive: Bool)?
    var maximum: (value: Double, isExclusive: Bool)?
    var exclusiveMinimum: Double?
    var exclusiveMaximum: Double?
    var multipleOf: Double?

    // Texts.
    var lengths: (least: Int?, most: Int?)
    var pattern: Pattern?
    var format: JSONSchemaFormat?

    // Arrays.
    var counts: (least: Int?, most: Int?)
    var prefix: [Int] = []
    var items: Int?
    var contains: (rules: Int, least: Int, most: Int?)?
    /// Whether `contains` looks at the elements that fit it (2020-12), as `items` does.
    var containsEvaluates = false
    var hasUniqueItems = false
    /// What elements are that nothing else looks at, schemas beside and within this one included.
    var unevaluatedItems: Int?

    // Objects.
    var memberCounts: (least: Int?, most: Int?)
    var required: [String] = []
    var members: [String: Int] = [:]
    var patternMembers: [(pattern: Pattern, rules: Int)] = []
    /// Whether there are patterns that cannot be read: any name may be one of theirs.
    var hasUnreadPattern = false
    var otherMembers: Int?
    /// What members are that nothing else looks at, schemas beside and within this one included.
    var unevaluatedMembers: Int?
    var names: Int?
    var requiredWith: [String: [String]] = [:]
    var rulesWith: [String: Int] = [:]
}
