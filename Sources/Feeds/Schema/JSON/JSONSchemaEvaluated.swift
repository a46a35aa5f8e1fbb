/// Which members or elements of a value were looked at by the schemas that it fits, which is what
/// `unevaluatedProperties` and `unevaluatedItems` leave alone (JSON Schema 2020-12, 11).
struct JSONSchemaEvaluated {
    /// The names of members.
    var names: Set<String> = []
    /// The places of elements.
    var places: Set<Int> = []

    /// Adds what another schema looked at.
    mutating func formUnion(_ other: JSONSchemaEvaluated) {
        if !other.names.isEmpty { names.formUnion(other.names) }
        if !other.places.isEmpty { places.formUnion(other.places) }
    }
}
