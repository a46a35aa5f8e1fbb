import CourseModel

/// OOAPI's code lists and what they mean in the model.
enum OOAPICodes {
    static let modes: [String: DeliveryMode] = [
        "distance-learning": .distance, "on campus": .classroom, "online": .online,
        "hybrid": .blended, "situated": .workplace,
        // Version 6.
        "presential": .classroom, "blended": .blended, "work_based": .workplace,
        // RIO's override.
        "lecture": .classroom, "self-study": .distance,
    ]

    static func mode(_ mode: DeliveryMode) -> String {
        switch mode {
        case .distance: "distance-learning"
        case .classroom: "on campus"
        case .online: "online"
        case .blended: "hybrid"
        case .workplace: "situated"
        }
    }

    static let studyModes: [String: StudyMode] = [
        "full-time": .fullTime, "part-time": .partTime, "dual training": .dual,
        "self-paced": .flexible, "full_time": .fullTime, "part_time": .partTime,
        "dual_training": .dual, "self_paced": .flexible,
    ]

    /// The levels that say more than “undefined”, by the national name that places them.
    static let levels: [String: String] = [
        "secondary vocational education 1": "mbo niveau 1",
        "secondary vocational education 2": "mbo niveau 2",
        "secondary vocational education 3": "mbo niveau 3",
        "secondary vocational education 4": "mbo niveau 4",
        "associate degree": "associate degree", "bachelor": "bachelor", "master": "master",
        "doctoral": "doctoraat", "secondary vocational education": "mbo", "nt2-1": "NT2-I",
        "nt2-2": "NT2-II", "undivided": "ongedeeld",
    ]

    static func level(_ text: String) -> Level? {
        guard text != "undefined" else { return nil }
        return parseLevel(levels[text] ?? text)
    }

    /// The code for a level; the schema wants one.
    static func code(_ level: Level?) -> String {
        guard let level else { return "undefined" }
        if let name = level.nationalName, let known = levels.first(where: { $0.value == name }) {
            return known.key
        }
        switch level.nlqf {
        case .one: return "secondary vocational education 1"
        case .two: return "secondary vocational education 2"
        case .three: return "secondary vocational education 3"
        case .four: return "secondary vocational education 4"
        case .five: return "associate degree"
        case .six: return "bachelor"
        case .seven: return "master"
        case .eight: return "doctoral"
        case .fourPlus, nil: return "undefined"
        }
    }

    static let programTypes: [String: CourseKind] = [
        "program": .diplomaProgramme, "minor": .module, "honours": .module,
        "specialization": .diplomaProgramme, "track": .diplomaProgramme,
    ]

    static let degrees: [String: Qualification.Kind] = [
        "AD": .degree, "BA": .degree, "BSc": .degree, "LLB": .degree, "MA": .degree,
        "MSc": .degree, "LLM": .degree, "Phd": .degree, "None": .none,
    ]

    /// Code types that say no more than that it is an identifier.
    static let plainTypes: Set<String> = ["identifier", "uuid", "systemId", "offeringCode"]

    /// The scheme of a code type of OOAPI: `crebo` or `croho` cannot be told apart there.
    static func scheme(_ type: String) -> String {
        switch type {
        case "crohoCreboCode": "croho-crebo"
        case "x-kvk", "kvk_organisation_id": "kvk"
        default: type.hasPrefix("x-") ? String(type.dropFirst(2)) : type
        }
    }

    /// The code type of a scheme; those that OOAPI does not know get its prefix for own ones.
    static func type(_ scheme: String) -> String {
        switch scheme {
        case "croho-crebo": "crohoCreboCode"
        default: own.contains(scheme) ? scheme : "x-" + scheme
        }
    }

    private static let own: Set<String> = [
        "brin", "programCode", "componentCode", "offeringCode", "organizationId", "buildingId",
        "bagId", "roomCode", "systemId", "productId", "isbn", "issn", "uuid", "schacHome",
        "identifier",
    ]
}

/// Universally unique ids, which OOAPI wants where the model has any text.
enum OOAPIID {
    /// The id of a thing: its own when that is a UUID, else one made of its name in the catalogue
    /// (RFC 9562, version 8), the same in every run.
    static func uuid<Of>(_ kind: String, _ id: ID<Of>) -> String {
        isUUID(String(id.native)) ? id.native.lowercased() : uuid(kind, named: id.value)
    }

    private static func uuid(_ kind: String, named native: String) -> String {
        let high = StableHash.of("leerwijzer", kind, native)
        let low = StableHash.of(native, kind, "leerwijzer")
        var bytes = (0..<8).map { UInt8(truncatingIfNeeded: high >> (56 - 8 * $0)) }
        bytes += (0..<8).map { UInt8(truncatingIfNeeded: low >> (56 - 8 * $0)) }
        bytes[6] = bytes[6] & 0x0F | 0x80
        bytes[8] = bytes[8] & 0x3F | 0x80
        func hex(_ value: UInt8) -> UInt8 { value < 10 ? 48 + value : 87 + value }
        return String(unsafeUninitializedCapacity: 36) { out in
            var end = 0
            for (index, byte) in bytes.enumerated() {
                if index == 4 || index == 6 || index == 8 || index == 10 {
                    out[end] = UInt8(ascii: "-")
                    end += 1
                }
                out[end] = hex(byte >> 4)
                out[end + 1] = hex(byte & 15)
                end += 2
            }
            return end
        }
    }

    static func isUUID(_ text: String) -> Bool {
        let bytes = Array(text.utf8)
        guard bytes.count == 36 else { return false }
        for (index, byte) in bytes.enumerated() {
            if [8, 13, 18, 23].contains(index) {
                guard byte == UInt8(ascii: "-") else { return false }
            } else {
                guard 48...57 ~= byte || 97...102 ~= byte | 0x20 else { return false }
            }
        }
        return true
    }
}

/// Durations by OOAPI's pattern: years, months, then days or weeks, then hours; whole numbers.
enum OOAPIDuration {
    static func text(_ duration: CourseDuration) -> String? {
        guard duration.value.scaled % 10_000 == 0 else { return nil }
        return XCRIDuration.interval(duration)
    }
}
