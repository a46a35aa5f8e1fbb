import CourseModel
import Testing

@Suite("Amounts")
struct MoneyTests {
    @Test(
        "decimals are read exactly and printed with two to four places",
        arguments: [
            ("1195", "1195.00"), ("0.1", "0.10"), ("-7.655", "-7.655"), ("+3.00005", "3.0001"),
            (".5", "0.50"), ("5.", "5.00"), ("0.00004", "0.00"),
        ])
    func reading(text: String, printed: String) {
        #expect(FixedDecimal(text)?.description == printed)
    }

    @Test(
        "what is no decimal number is refused",
        arguments: ["", "-", ".", "1,5", "1e3", "12a", "1.2.3", " 1", "99999999999999999999"])
    func refused(text: String) {
        #expect(FixedDecimal(text) == nil)
    }

    @Test("VAT is rounded to cents, half away from zero")
    func vat() {
        #expect(
            FixedDecimal("85.00")?.percentage(FixedDecimal("9") ?? .zero)?.description == "7.65")
        #expect(
            FixedDecimal("0.50")?.percentage(FixedDecimal("21") ?? .zero)?.description == "0.11")
        #expect(
            FixedDecimal("-0.50")?.percentage(FixedDecimal("21") ?? .zero)?.description == "-0.11")
    }

    @Test("a currency is three letters, in any case")
    func currency() {
        #expect(Currency("eur") == .euro)
        #expect(Currency("€") == nil)
        #expect(Currency("EURO") == nil)
    }
}
