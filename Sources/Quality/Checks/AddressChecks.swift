import CourseModel

/// Rules about pages and e-mail addresses, by their form: nothing is fetched.
enum AddressChecks {
    /// Pages that nobody outside can open, or that lead elsewhere than to the course.
    @Sendable static func pages(_ record: CourseRecord, _ findings: inout Findings) {
        let course = record.course
        if let url = course.url {
            check(url, field: "url", &findings)
            if WebAddress(url)?.isFrontPage == true {
                findings.add(
                    .note, .urlIsHomepage, field: "url",
                    "The course's page is “\(short(url))”, the front page of a site. Link to the "
                        + "page of the course itself.")
            }
        } else if record.offerings.allSatisfy({ $0.url == nil && $0.applyURL == nil }) {
            findings.add(
                .warning, .urlMissing, field: "url",
                "The course has no page, so nobody can read on or enrol. Give its address.")
        }
        if let image = course.image { check(image.url, field: "image", &findings) }
        for qualification in course.qualifications {
            if let url = qualification.url { check(url, field: "qualification", &findings) }
        }
        for offering in record.offerings {
            for (field, url) in [("url", offering.url), ("applyURL", offering.applyURL)] {
                guard let url, url != course.url else { continue }
                check(url, of: offering, field: field, &findings)
            }
        }
    }

    /// E-mail addresses that cannot be any.
    @Sendable static func mail(_ record: CourseRecord, _ findings: inout Findings) {
        for contact in record.course.contacts {
            guard let mail = contact.email, !isMailAddress(mail) else { continue }
            findings.add(
                .warning, .badEmail, field: "contacts",
                "“\(short(mail))” is no e-mail address, so questions are lost. Write name@domain.")
        }
    }

    private static func check(
        _ url: String, of offering: Offering? = nil, field: String, _ findings: inout Findings
    ) {
        guard let address = WebAddress(url) else { return }
        func add(_ severity: Diagnostic.Severity, _ code: DiagnosticCode, _ message: String) {
            if let offering {
                findings.add(severity, code, of: offering, field: field, message)
            } else {
                findings.add(severity, code, field: field, message)
            }
        }
        if !address.isPublic {
            add(
                .warning, .urlNotPublic,
                "“\(short(url))” leads to a machine that the public cannot reach. Give the public "
                    + "address.")
        } else if address.scheme == "http", !findings.holds(.urlInsecure) {
            // Once a course: whoever mends one address mends all of them.
            add(
                .note, .urlInsecure,
                "“\(short(url))” is not encrypted, and browsers warn of it. Use https.")
        }
    }

    static func isMailAddress(_ text: String) -> Bool {
        let parts = text.split(separator: "@", omittingEmptySubsequences: false)
        guard parts.count == 2, !parts[0].isEmpty, !text.contains(where: \.isWhitespace) else {
            return false
        }
        let labels = parts[1].split(separator: ".", omittingEmptySubsequences: false)
        return labels.count >= 2 && labels.allSatisfy { !$0.isEmpty } && labels.last!.count >= 2
    }
}

/// The parts of an `http` or `https` address that the checks look at.
struct WebAddress {
    /// `http` or `https`.
    let scheme: String
    /// The host in lower case, without user and port.
    let host: String
    /// What stands behind the host.
    let rest: Substring

    /// Reads an address; `nil` for those of other schemes.
    init?(_ text: String) {
        guard let mark = text.firstRange(of: "://") else { return nil }
        let scheme = text[..<mark.lowerBound].lowercased()
        guard scheme == "http" || scheme == "https" else { return nil }
        self.scheme = scheme
        let behind = text[mark.upperBound...]
        let authority = behind.prefix { $0 != "/" && $0 != "?" && $0 != "#" }
        rest = behind.dropFirst(authority.count)
        let machine = authority.split(separator: "@").last ?? ""
        // An IPv6 address stands in brackets and holds colons of its own.
        host =
            machine.hasPrefix("[")
            ? String(machine.prefix { $0 != "]" }.dropFirst())
            : machine.prefix { $0 != ":" }.lowercased()
    }

    /// Whether it is the front page of a site.
    var isFrontPage: Bool { rest.isEmpty || rest == "/" }

    /// Whether the host can be one that everybody reaches.
    ///
    /// Names that RFC 2606 and RFC 6761 keep for examples count as public: they harm nobody.
    var isPublic: Bool {
        if host.contains(":") {
            return host != "::1" && !host.hasPrefix("fc") && !host.hasPrefix("fd")
                && !host.hasPrefix("fe80")
        }
        let labels = host.split(separator: ".", omittingEmptySubsequences: false)
        let numbers = labels.compactMap { UInt8($0) }
        if labels.count == 4, numbers.count == 4 {
            switch (numbers[0], numbers[1]) {
            case (10, _), (127, _), (0, _), (192, 168), (169, 254), (172, 16...31): return false
            default: return true
            }
        }
        guard labels.count >= 2, labels.allSatisfy({ !$0.isEmpty }), let last = labels.last
        else { return false }
        return !Self.privateDomains.contains(String(last))
    }

    private static let privateDomains: Set = [
        "local", "localhost", "internal", "lan", "intranet", "home", "corp", "test", "invalid",
    ]
}
