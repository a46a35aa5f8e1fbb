/// Columns of text: padded and whole in a pipe, fitted to the screen on a terminal.
struct TextTable {
    /// How a column stands and gives way.
    struct Column {
        let heading: String
        /// Whether its cells stand at the right, as numbers do.
        var isNumeric = false
        /// Whether it may be made narrower on a small screen; its cells then wrap.
        var canShrink = false
    }

    let columns: [Column]
    private(set) var rows: [[String]] = []

    init(_ columns: [Column]) { self.columns = columns }

    /// Adds a row: a cell for each column.
    mutating func append(_ cells: [String]) {
        precondition(cells.count == columns.count, "a row has a cell for each column")
        rows.append(cells)
    }

    /// The lines to print.
    ///
    /// With a width, cells of columns that can shrink wrap, so nothing is cut.
    ///
    /// - Parameter cell: What to do with a line of a cell, such as to put words of it in bold; the
    ///   signs that it adds take no room on the screen.
    func lines(
        width: Int?, heading style: (String) -> String = { $0 },
        cell: (_ column: Int, String) -> String = { $1 }
    ) -> [String] {
        var widths = columns.indices.map { column in
            max(
                columns[column].heading.displayWidth,
                rows.map { $0[column].displayWidth }.max() ?? 0)
        }
        if let width { shrink(&widths, to: width) }
        var lines = [style(line(columns.map(\.heading), widths))]
        for row in rows {
            let wrapped = zip(row, widths).map { cell, width in cell.wrapped(to: width) }
            for index in 0..<(wrapped.map(\.count).max() ?? 0) {
                lines.append(
                    line(wrapped.map { index < $0.count ? $0[index] : "" }, widths, cell))
            }
        }
        return lines
    }

    /// Takes from the widest shrinkable column first, so that short ones stay readable.
    private func shrink(_ widths: inout [Int], to width: Int) {
        let minimum = 12
        var excess = widths.reduce(0, +) + 2 * (columns.count - 1) - width
        while excess > 0 {
            let candidates = columns.indices.filter {
                columns[$0].canShrink && widths[$0] > minimum
            }
            guard let widest = candidates.max(by: { widths[$0] < widths[$1] }) else { return }
            widths[widest] -= 1
            excess -= 1
        }
    }

    private func line(
        _ cells: [String], _ widths: [Int], _ style: (Int, String) -> String = { $1 }
    ) -> String {
        var line = ""
        for (index, cell) in cells.enumerated() {
            let padding = String(repeating: " ", count: max(0, widths[index] - cell.displayWidth))
            let shown = style(index, cell)
            line += columns[index].isNumeric ? padding + shown : shown + padding
            if index < cells.count - 1 { line += "  " }
        }
        while line.last == " " { line.removeLast() }
        return line
    }
}

extension String {
    /// The columns that the text takes on a terminal: marks take none, wide East Asian letters two.
    var displayWidth: Int {
        unicodeScalars.reduce(0) { width, scalar in
            if scalar.isASCII { return width + 1 }
            switch scalar.properties.generalCategory {
            case .nonspacingMark, .enclosingMark, .format, .control: return width
            default: break
            }
            switch scalar.value {
            case 0x1100...0x115F, 0x2E80...0xA4CF, 0xAC00...0xD7A3, 0xF900...0xFAFF,
                0xFE30...0xFE6F, 0xFF00...0xFF60, 0xFFE0...0xFFE6, 0x1F300...0x1FAFF:
                return width + 2
            default: return width + 1
            }
        }
    }

    /// The text in lines of at most `width` columns, broken at spaces, or within a word that is
    /// longer than a line; not between a euro sign and its amount (`€ 526,35`).
    func wrapped(to width: Int) -> [String] {
        guard width > 0, displayWidth > width else { return [self] }
        var lines: [String] = []
        var line = ""
        for var word in words(within: width) {
            if !line.isEmpty, line.displayWidth + 1 + word.displayWidth <= width {
                line += " " + word
                continue
            }
            if !line.isEmpty { lines.append(line) }
            while word.displayWidth > width {
                var head = ""
                while let next = word.first, (head + String(next)).displayWidth <= width {
                    head.append(word.removeFirst())
                }
                if head.isEmpty { head.append(word.removeFirst()) }
                lines.append(head)
            }
            line = word
        }
        if !line.isEmpty { lines.append(line) }
        return lines
    }

    /// The words of the text, a euro sign and its amount as one where that fits in a line.
    private func words(within width: Int) -> [String] {
        var words: [String] = []
        for word in split(separator: " ").map(String.init) {
            if let sign = words.last, sign.last == "€", word.first?.isNumber == true,
                sign.displayWidth + 1 + word.displayWidth <= width
            {
                words[words.count - 1] = "\(sign) \(word)"
            } else {
                words.append(word)
            }
        }
        return words
    }
}
