/// The edition of JSON Schema that a document is written in.
enum JSONSchemaDialect {
    /// Draft 4, and the schemas of OpenAPI 3.0, which add `nullable`.
    case draft4
    /// Drafts 6 and 7.
    case draft7
    /// 2019-09.
    case of2019
    /// 2020-12, and the schemas of OpenAPI 3.1.
    case of2020

    /// The edition that a document names; the newest when it names none.
    init(_ document: JSONNode) {
        if let version = document["openapi"]?.text {
            self = version.hasPrefix("3.0") ? .draft4 : .of2020
            return
        }
        let name = document["$schema"]?.text ?? ""
        if name.contains("draft-03") || name.contains("draft-04") {
            self = .draft4
        } else if name.contains("draft-06") || name.contains("draft-07") {
            self = .draft7
        } else {
            self = name.contains("2019-09") ? .of2019 : .of2020
        }
    }

    /// Whether a reference hides what stands beside it.
    var referencesStandAlone: Bool { self == .draft4 || self == .draft7 }

    /// Whether formats are rules; later editions take them as remarks unless told otherwise.
    var assertsFormats: Bool { referencesStandAlone }

    /// Whether it has `unevaluatedProperties` and `unevaluatedItems`.
    var knowsUnevaluated: Bool { self == .of2019 || self == .of2020 }

    /// The member that refers to the outermost schema with an anchor.
    var dynamicReference: String? {
        switch self {
        case .of2020: "$dynamicRef"
        case .of2019: "$recursiveRef"
        case .draft4, .draft7: nil
        }
    }

    /// The member that names a schema.
    var idMember: String { self == .draft4 ? "id" : "$id" }
}
