import CourseModel

/// Rules about codes: each scheme's codes have a form of their own.
enum CodeChecks {
    /// Codes that cannot be any of their scheme.
    @Sendable static func forms(_ record: CourseRecord, _ findings: inout Findings) {
        let course = record.course
        let codes =
            course.subjects.map { ("subjects", $0) } + course.codes.map { ("codes", $0) }
            + course.qualifications.flatMap { $0.codes.map { ("qualifications", $0) } }
        for (field, code) in codes where !code.code.isEmpty {
            guard let form = forms[code.scheme], !form.holds(Array(code.code.utf8)) else {
                continue
            }
            findings.add(
                .warning, .codeMalformed, field: field,
                "“\(short(code.code))” is not a code of \(code.scheme), which has "
                    + "\(form.words). Look it up, or leave it out.")
        }
        for skill in course.skills {
            guard let id = skill.id, id.hasPrefix("http"), id.contains("/esco/"), !isESCO(id)
            else { continue }
            findings.add(
                .warning, .codeMalformed, field: "skills",
                "“\(short(id))” is not an address of ESCO, which ends in skill/ and a UUID. Copy it "
                    + "from the ESCO portal.")
        }
    }

    private struct Form: Sendable {
        let words: String
        let holds: @Sendable ([UInt8]) -> Bool
    }

    private static let forms: [String: Form] = [
        // ISCED-F 2013: broad, narrow and detailed fields of two, three and four digits; broad
        // fields are 00 to 10, and 99 for unknown.
        "isced-f": Form(words: "two to four digits, the first two 00 to 10 or 99") { code in
            guard digits(code, 2...4) else { return false }
            let broad = Int(code[0] - 48) * 10 + Int(code[1] - 48)
            return broad <= 10 || broad == 99
        },
        // Qualifications have five digits; certificates (C) and electives (K) a letter and four.
        "crebo": Form(words: "five digits, or a letter and four digits") { code in
            digits(code, 5...5)
                || (code.count == 5 && 65...90 ~= code[0] & 0xDF
                    && digits(Array(code[1...]), 4...4))
        },
        "croho": Form(words: "five digits") { digits($0, 5...5) },
        "kvk": Form(words: "eight digits") { digits($0, 8...8) },
        "ukprn": Form(words: "eight digits, the first of them 1") {
            digits($0, 8...8) && $0[0] == 49
        },
        "brin": Form(words: "two digits and two letters") { code in
            (code.count == 4 || code.count == 6) && digits(Array(code[..<2]), 2...2)
                && code[2..<4].allSatisfy { 65...90 ~= $0 & 0xDF }
        },
    ]

    private static func digits(_ code: [UInt8], _ count: ClosedRange<Int>) -> Bool {
        count.contains(code.count) && code.allSatisfy { 48...57 ~= $0 }
    }

    private static func isESCO(_ address: String) -> Bool {
        guard let last = address.split(separator: "/").last else { return false }
        let groups = last.split(separator: "-", omittingEmptySubsequences: false)
        return groups.map(\.count) == [8, 4, 4, 4, 12]
            && last.allSatisfy { $0 == "-" || $0.isHexDigit }
    }
}
