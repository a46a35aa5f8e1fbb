extension Gazetteer {
    /// Whether some of the words may name a place or region of the tables in a folder: never `false`
    /// where ``resolve(_:)`` finds something in up to four of the words that stand side by side.
    ///
    /// It reads nothing but the names and takes a fraction of the time of ``load(folder:)``, for
    /// whoever mostly asks of words that name no place.
    ///
    /// - Throws: ``PlacesError``, as ``load(folder:)``.
    public static func mayName(
        _ words: [some StringProtocol], folder: String
    ) throws(PlacesError) -> Bool {
        var wanted: Set<UInt64> = []
        // Most names begin with another letter than any that is sought, and need not be folded.
        var begins = [Bool](repeating: false, count: 256)
        for start in words.indices {
            // A postcode, or degrees.
            if words[start].utf8.contains(where: { 48...57 ~= $0 }) { return true }
            for end in start..<min(start + 4, words.endIndex) {
                let key = FoldedName(words[start...end].joined(separator: " ")).key
                guard let first = key.first else { continue }
                wanted.insert(hash(key[...]))
                begins[Int(first)] = true
            }
        }
        let tables: [(file: String, columns: [String], names: [Int])] = [
            ("provinces", ["code", "name", "abbreviations"], [1, 2]),
            ("labour-regions", ["code", "name"], [1]), ("corop", ["code", "name"], [1]),
            ("municipalities", ["code", "name", "province", "labour-region", "corop"], [1]),
            ("aliases", ["alias", "code", "name"], [0]),
            ("towns", ["code", "name", "municipality", "lat", "lon", "placed"], [1]),
        ]
        var folded = FoldedName("")
        for known in tables {
            var table = try Table(file: folder + "/\(known.file).tsv", columns: known.columns)
            while try table.advance() {
                for column in known.names {
                    var rest = table.field(column)
                    while let first = rest.first {
                        let name = rest.prefix { $0 != 44 }
                        rest = rest[name.endIndex...].dropFirst()
                        guard mayBegin(first, begins) else { continue }
                        folded.fold(name)
                        // “Bergen (NH)” is also called Bergen.
                        for words in 0..<folded.count
                        where wanted.contains(hash(folded.key(0..<words + 1))) {
                            return true
                        }
                    }
                }
            }
        }
        return false
    }

    /// Whether a name whose first byte this is may begin, folded, with one of the letters.
    private static func mayBegin(_ byte: UInt8, _ letters: [Bool]) -> Bool {
        switch byte {
        case 65...90, 97...122:
            let letter = byte | 32
            // IJ is folded to y.
            return letters[Int(letter)] || letter == 105 && letters[121]
        case 48...57: return letters[Int(byte)]
        default: return true
        }
    }
}
