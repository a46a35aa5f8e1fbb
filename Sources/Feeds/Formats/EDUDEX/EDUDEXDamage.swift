/// Finds what can still be told of a record that is no well-formed XML.
enum EDUDEXDamage {
    /// The record's id within the source, when both parts of it can be read.
    static func native(in bytes: [UInt8]) -> String? {
        guard let program = text(of: "programId", in: bytes),
            let organisation = text(of: "orgUnitId", in: bytes)
        else { return nil }
        return EDUDEXProgramme.native(
            organisation: organisation, program: program, client: text(of: "clientId", in: bytes))
    }

    /// How many start tags of an element stand in the bytes.
    static func count(of name: String, in bytes: [UInt8]) -> Int {
        starts(of: name, in: bytes).count
    }

    /// The text between the first start tag of an element and the next `<`.
    static func text(of name: String, in bytes: [UInt8]) -> String? {
        for start in starts(of: name, in: bytes) {
            guard let open = bytes[start...].firstIndex(of: 62) else { return nil }
            let rest = bytes[(open + 1)...]
            let text = rest.prefix { $0 != 60 }
            guard text.count < rest.count else { return nil }
            let value = String(decoding: text, as: UTF8.self).trimmingSpaces()
            if !value.isEmpty { return String(value) }
        }
        return nil
    }

    /// Where start tags of an element begin, with or without a prefix.
    private static func starts(of name: String, in bytes: [UInt8]) -> [Int] {
        let wanted = Array(name.utf8)
        var found: [Int] = []
        var index = 0
        while let open = bytes[index...].firstIndex(of: 60) {
            let tag = bytes[(open + 1)...].prefix { $0 > 32 && $0 != 62 && $0 != 47 && $0 != 60 }
            let local = tag.split(separator: 58, omittingEmptySubsequences: false).last ?? []
            if local.elementsEqual(wanted) { found.append(open) }
            index = open + 1
        }
        return found
    }
}
