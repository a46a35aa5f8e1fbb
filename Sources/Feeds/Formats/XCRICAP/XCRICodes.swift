import CourseModel

/// How codes of named schemes stand in XCRI-CAP's plain text fields.
///
/// The schema allows no `xsi:type` that it does not define, so what we write is `scheme:code`
/// (`crebo:25123`), which other readers show as it stands and ours takes apart again.
enum XCRICodes {
    /// The scheme of subjects that name none.
    static let plainScheme = "subject"

    /// Takes `scheme:code` apart; addresses and everything else that has no scheme is plain.
    static func decoded(_ text: String, plain: String) -> (scheme: String, code: String) {
        guard let (scheme, code) = scheme(in: text) else { return (plain, text) }
        return (scheme, code)
    }

    /// The scheme and the code of `scheme:code`, or `nil` when the text has no scheme of ours.
    static func scheme(in text: String) -> (scheme: String, code: String)? {
        let utf8 = text.utf8
        guard let colon = utf8.firstIndex(of: 58), colon > utf8.startIndex, isScheme(utf8[..<colon])
        else { return nil }
        let scheme = String(text[..<colon])
        guard !addressSchemes.contains(scheme) else { return nil }
        return (scheme, String(text[utf8.index(after: colon)...]))
    }

    /// `scheme:code`, or the code alone where that reads back as the same.
    static func encoded(scheme: String, code: String, plain: String) -> String {
        if scheme == plain, !code.isEmpty, decoded(code, plain: plain) == (plain, code),
            !isSkill(code)
        {
            return code
        }
        return scheme + ":" + code
    }

    /// A scheme's name in the form that ``decoded(_:plain:)`` recognises.
    static func schemeName(_ text: String) -> String {
        // Names of schemes are mostly in this form already.
        if isScheme(text[...].utf8) { return addressSchemes.contains(text) ? "x-" + text : text }
        var name = text.lowercased().map { $0.isASCII && ($0.isLetter || $0.isNumber) ? $0 : "-" }
        while let first = name.first, !first.isLetter { name.removeFirst() }
        let scheme = name.isEmpty ? plainScheme : String(name)
        return addressSchemes.contains(scheme) ? "x-" + scheme : scheme
    }

    /// Whether an identifier names a skill: an ESCO skill or a URN of a skills list.
    static func isSkill(_ identifier: String) -> Bool {
        identifier.hasPrefix("http://data.europa.eu/esco/skill/")
            || identifier.hasPrefix("urn:skill:")
    }

    /// Schemes whose codes are entries of a register of courses or qualifications; codes of other
    /// schemes are further names of the record.
    static func isRegister(_ scheme: String) -> Bool { registers.contains(scheme) }

    private static let registers: Set<String> = [
        "crebo", "croho", "rio", "nlqf", "eqf", "ofqual", "lars", "qan", "isat", "rio-opleiding",
        "ucas", "ucascode", "ucascoursecode",
    ]

    private static let addressSchemes: Set<String> = [
        "http", "https", "urn", "ftp", "mailto", "tel", "info", "doi", "tag", "file",
    ]

    private static func isScheme(_ bytes: Substring.UTF8View) -> Bool {
        guard let first = bytes.first, 97...122 ~= first else { return false }
        return bytes.allSatisfy { 97...122 ~= $0 || 48...57 ~= $0 || $0 == 45 }
    }

    /// The local part of an `xsi:type`, in lower case: `:Type` and `courseDataProgramme:JACS3` name
    /// a type even where their prefix is declared nowhere.
    static func typeName(_ text: String?) -> String? {
        guard let text, !text.isEmpty else { return nil }
        let local =
            text.utf8.lastIndex(of: 58).map { text[text.utf8.index(after: $0)...] } ?? text[...]
        let isLower = local.utf8.allSatisfy { $0 < 0x80 && !(65...90 ~= $0) }
        let name = isLower ? String(local) : local.lowercased()
        return name.isEmpty ? nil : name
    }
}
