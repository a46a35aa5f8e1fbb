/// Where the marks within a line of Markdown end, asked for from places that only grow.
///
/// A text may begin any number of marks that never end. What was found, or not found, for one of them
/// holds for those behind it, so that no part of a line is looked at again and again.
struct MarkdownMarks {
    /// A mark of emphasis: `*` or `_`, once or twice.
    struct Mark: Hashable {
        var character: Character
        var isDouble: Bool

        /// How many characters it is.
        var length: Int { isDouble ? 2 : 1 }
    }

    private let characters: ArraySlice<Character>
    /// The marks that close nowhere from here on.
    private var unclosed: Set<Mark> = []
    /// Where a character stands next, by the character; the end when it does not.
    private var places: [Character: Int] = [:]

    init(_ characters: ArraySlice<Character>) { self.characters = characters }

    /// Where a mark closes: against a word, not escaped.
    mutating func closing(_ mark: Mark, from start: Int) -> Int? {
        guard !unclosed.contains(mark) else { return nil }
        var index = start
        while index + mark.length <= characters.endIndex {
            if characters[index] == "\\" {
                index += 2
                continue
            }
            let follows = index + 1 < characters.endIndex && characters[index + 1] == mark.character
            if characters[index] == mark.character, !mark.isDouble || follows, index > start,
                !characters[index - 1].isWhitespace
            {
                // A single mark is not half of a double one.
                if mark.isDouble || !follows { return index }
                index += 2
                continue
            }
            index += 1
        }
        unclosed.insert(mark)
        return nil
    }

    /// The label and the address of the link whose bracket opens at a place, and the place behind it.
    mutating func link(from start: Int) -> (ArraySlice<Character>, String, Int)? {
        let bracket = place(of: "]", from: start + 1, skippingEscapes: true)
        guard bracket + 1 < characters.endIndex, characters[bracket + 1] == "(" else { return nil }
        let label = characters[start + 1..<bracket]
        let first = bracket + 2
        if first < characters.endIndex, characters[first] == "<" {
            let end = place(of: ">", from: first + 1)
            guard end + 1 < characters.endIndex, characters[end + 1] == ")" else { return nil }
            return (label, String(characters[first + 1..<end]), end + 2)
        }
        let end = place(of: ")", from: first)
        guard end < characters.endIndex else { return nil }
        return (label, String(characters[first..<end].prefix { $0 != " " }), end + 1)
    }

    /// Where a character stands next, or the end of the line.
    private mutating func place(
        of character: Character, from start: Int, skippingEscapes: Bool = false
    ) -> Int {
        if let known = places[character], known >= start { return known }
        var index = start
        while index < characters.endIndex, characters[index] != character {
            index += skippingEscapes && characters[index] == "\\" ? 2 : 1
        }
        let place = min(index, characters.endIndex)
        places[character] = place
        return place
    }
}
