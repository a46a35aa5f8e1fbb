import CourseModel

/// Which of a record's identifiers is its own, and what the others are.
enum XCRIIdentity {
    /// The record's own identifier: the untyped URL, else the internal id, else the first untyped.
    ///
    /// The specification asks for one untyped identifier, a URL; typed ones are further names.
    static func primary(_ identifiers: [XCRICommon.Identifier]) -> XCRICommon.Identifier? {
        identifiers.first { $0.type == nil && isURL($0.text) }
            ?? identifiers.first { $0.type == "internalid" }
            ?? identifiers.first { $0.type == nil }
            ?? identifiers.first
    }

    /// The other identifiers, as codes of their schemes.
    static func others(_ identifiers: [XCRICommon.Identifier], than own: String?) -> [Code] {
        var codes: [Code] = []
        for identifier in identifiers where identifier.text != own {
            var code: Code
            if let type = identifier.type {
                code = Code(scheme: XCRICodes.schemeName(type), code: identifier.text)
            } else {
                let (scheme, text) = XCRICodes.decoded(identifier.text, plain: "identifier")
                code = Code(scheme: scheme, code: text)
            }
            if !codes.contains(code) { codes.append(code) }
        }
        return codes
    }

    static func isURL(_ text: String) -> Bool {
        text.hasPrefix("http://") || text.hasPrefix("https://")
    }
}
