/// Finds where sections and tags end from offsets that only grow, and looks at no byte twice.
///
/// Broken text may hold any number of starts of comments whose end is far away or nowhere: looking
/// for each one's end anew would take a time that grows with the square of the text. Valid as long
/// as text is only added to the window.
struct MarkupSearch {
    private var comment = Mark("-->")
    private var data = Mark("]]>")
    private var instruction = Mark("?>")
    private var tag = Mark(">")
    /// A DOCTYPE's end hangs on where it starts; after one that does not end, none is looked for.
    private var believesDoctypes = true

    /// The offset behind the comment, CDATA section, instruction or declaration that starts at an
    /// offset, when it is one and ends within so many bytes.
    mutating func behindSection(
        at offset: Int, in window: borrowing InputWindow, within reach: Int
    ) -> Int? {
        let behind: Int?
        if window.holds("<!--", at: offset) {
            behind = comment.behind(offset + 4, in: window)
        } else if window.holds("<![CDATA[", at: offset) {
            behind = data.behind(offset + 9, in: window)
        } else if window.holds("<?", at: offset) {
            behind = instruction.behind(offset + 2, in: window)
        } else if believesDoctypes, window.holds("<!DOCTYPE", at: offset) {
            behind = window.behindDoctype(at: offset, within: reach)
            believesDoctypes = behind != nil
        } else {
            return nil
        }
        guard let behind, behind - offset <= reach else { return nil }
        return behind
    }

    /// The offset behind the next `>`.
    mutating func behindTag(at offset: Int, in window: borrowing InputWindow) -> Int? {
        tag.behind(offset, in: window)
    }

    /// One text that is looked for.
    private struct Mark {
        private let text: StaticString
        /// Where it was found last.
        private var found = -1
        /// There is none before.
        private var searched = 0

        init(_ text: StaticString) { self.text = text }

        mutating func behind(_ offset: Int, in window: borrowing InputWindow) -> Int? {
            let length = text.utf8CodeUnitCount
            if found >= offset { return found + length }
            let from = max(offset, searched)
            if let next = window.first(text, from: from) {
                found = next
                return next + length
            }
            // The window may end within it.
            searched = max(from, window.end - length + 1)
            return nil
        }
    }
}
