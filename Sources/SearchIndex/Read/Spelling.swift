/// Finds words that are spelt almost alike: Damerau's distance with adjacent swaps ("optimal string
/// alignment"), at most 2.
enum Spelling {
    /// How many edits a word of this many bytes may be away: none below four, one below eight, else
    /// two.
    static func mostEdits(_ length: Int) -> Int { length < 4 ? 0 : length < 8 ? 1 : 2 }

    /// Hands out every string of a sorted table within `most` edits of `word`.
    ///
    /// Walks the table as a trie: rows of the distance matrix are kept for the letters that a string
    /// shares with the one before, and all strings behind a hopeless prefix are skipped at once.
    static func forEachNeighbour(
        of word: [UInt8], within most: Int, in table: StringTable,
        _ body: (_ index: Int, _ edits: Int) -> Void
    ) throws(IndexError) {
        let width = word.count + 1
        var rows: [[Int]] = [Array(0..<width)]
        var last: [UInt8] = []
        var index = 0
        while index < table.count {
            let candidate = try table.bytes(index)
            var shared = 0
            while shared < last.count, shared < candidate.count, last[shared] == candidate[shared] {
                shared += 1
            }
            shared = min(shared, rows.count - 1)
            rows.removeLast(rows.count - 1 - shared)
            last = Array(candidate)
            var hopelessAt: Int?
            for depth in shared..<candidate.count {
                rows.append(nextRow(rows, word, last, depth))
                // A swap reaches back two rows, so both must be beyond hope.
                if rows[depth + 1].min() ?? 0 > most, rows[depth].min() ?? 0 >= most {
                    hopelessAt = depth
                    break
                }
            }
            guard let depth = hopelessAt else {
                let edits = rows[candidate.count][width - 1]
                if edits <= most { body(index, edits) }
                index += 1
                continue
            }
            // On to the first string that does not begin with the hopeless prefix.
            var beyond = Array(last[...depth])
            while let byte = beyond.last, byte == .max { beyond.removeLast() }
            guard !beyond.isEmpty else { return }
            beyond[beyond.count - 1] += 1
            index = max(index + 1, try table.lowerBound(beyond))
        }
    }

    private static func nextRow(
        _ rows: [[Int]], _ word: [UInt8], _ candidate: [UInt8], _ depth: Int
    ) -> [Int] {
        let above = rows[depth]
        var row = [depth + 1]
        row.reserveCapacity(word.count + 1)
        for column in 1...word.count {
            let same = word[column - 1] == candidate[depth]
            var cost = min(
                above[column] + 1, row[column - 1] + 1, above[column - 1] + (same ? 0 : 1))
            if depth > 0, column > 1, word[column - 1] == candidate[depth - 1],
                word[column - 2] == candidate[depth]
            {
                cost = min(cost, rows[depth - 1][column - 2] + 1)
            }
            row.append(cost)
        }
        return row
    }
}
