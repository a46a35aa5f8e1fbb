/// A cell that spreadsheets show as it is, and do not reckon with.
///
/// What starts like a formula is run by the program that opens the table (OWASP, “CSV Injection”), and
/// feeds are not trusted; an apostrophe before it makes it a text. A text that has such an apostrophe of
/// its own gets one more, so that reading takes back exactly what writing put there.
public enum SpreadsheetText {
    /// The start of a formula, also in the full-width forms of the signs.
    private static func starts(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar {
        case "=", "+", "-", "@", "\t", "\r", "\n", "\u{FF1D}", "\u{FF0B}", "\u{FF0D}", "\u{FF20}":
            true
        default: false
        }
    }

    /// Whether a formula stands behind any number of apostrophes.
    private static func isFormula(_ text: String) -> Bool {
        guard let first = text.unicodeScalars.first, first == "'" || starts(first) else {
            return false
        }
        return text.unicodeScalars.first { $0 != "'" }.map(starts) ?? false
    }

    /// A text as it is written to a cell; numbers stay numbers.
    public static func written(_ text: String) -> String {
        isFormula(text) && Double(text) == nil ? "'" + text : text
    }

    /// The text of a cell that was written.
    public static func read(_ cell: String) -> String {
        guard cell.unicodeScalars.first == "'", isFormula(cell) else { return cell }
        return String(cell.unicodeScalars.dropFirst())
    }
}
