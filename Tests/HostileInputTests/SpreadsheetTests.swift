import Answers
import Feeds
import Testing

@Suite("A cell of a table is text for a spreadsheet")
struct SpreadsheetTests {
    @Test(
        "what starts like a formula does so no longer",
        arguments: [
            "=1+1", "=cmd|' /C calc'!A0", "+HYPERLINK(\"http://x.example\")", "-2+3+cmd",
            "@SUM(A1)",
            "\t=1", "\r=1", "\n=1", "\r\n=1", "＝1", "＋1", "－1+1", "＠SUM(1)", "=",
        ])
    func formulas(cell: String) {
        let line = CSVOutput.line([cell, "x"])
        let start = line.drop { $0 == "\"" }
        #expect(start.first == "'", "\(line)")
    }

    @Test(
        "numbers stay numbers, and other texts themselves",
        arguments: ["-5.2", "+31", "a=b", "1e-5", ""])
    func others(cell: String) {
        #expect(CSVOutput.line([cell]) == cell + "\r\n")
    }

    @Test(
        "what is written to a table is read back to the letter",
        arguments: [
            "=1", "'=1", "''=1", "'", "''", "'s avonds", "-5.2", "'-5.2", "+31 30 123 45 67", "＝1",
            "", "a", "\t", "'\n=",
        ])
    func roundTrip(text: String) {
        #expect(SpreadsheetText.read(SpreadsheetText.written(text)) == text)
    }

    @Test("a cell cannot end its own quotes or its line")
    func quotes() {
        #expect(CSVOutput.line(["a\",=1,\"b", "c\r\n=1"]) == "\"a\"\",=1,\"\"b\",\"c\r\n=1\"\r\n")
    }
}
