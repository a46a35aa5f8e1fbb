import CourseModel
import Feeds
import Testing

@Suite("Prices are read in either notation and in prose")
struct PriceTests {
    @Test(
        "amount, currency and whether it is plain",
        arguments: [
            ("GBP 120.00", "120.00", "GBP", true), ("1195.00 EUR", "1195.00", "EUR", true),
            ("€ 1.195,00", "1195.00", "EUR", true), ("€ 120,-", "120.00", "EUR", true),
            ("€1.195,-", "1195.00", "EUR", true), ("£5,975", "5975.00", "GBP", true),
            ("EUR 12.500,50", "12500.50", "EUR", true), ("11.0000", "11.00", nil, true),
            ("5,975", "5975.00", nil, true), ("84", "84.00", nil, true),
            ("1 195,00 euro", "1195.00", "EUR", true),
            ("UK fee: GBP155.00; Ireland fee: GBP340.00", "155.00", "GBP", false),
            ("€ 100 - € 200", "100.00", "EUR", false), ("vanaf € 95", "95.00", "EUR", false),
            ("Ongeveer 500", "500.00", nil, false),
            ("BRL 176745973.87", "176745973.87", "BRL", true), ("120 ZAR", "120.00", "ZAR", true),
            ("Level 2 costs £30 per term", "30.00", "GBP", false),
        ] as [(String, String, String?, Bool)])
    func amount(text: String, amount: String, currency: String?, isPlain: Bool) throws {
        let price = try #require(parsePrice(text))
        #expect(price.amount == FixedDecimal(amount))
        #expect(price.currency?.code == currency)
        #expect(price.isPlain == isPlain)
    }

    @Test("the code of a far currency counts beside an amount only, and in capitals")
    func farCurrencies() {
        #expect(parsePrice("FOR ALL 120 PEOPLE") == nil)
        #expect(parsePrice("Top 10 courses") == nil)
        #expect(parsePrice("120 zar") == nil)
    }

    @Test("value-added tax")
    func vat() {
        #expect(
            parsePrice("€ 1.195,- excl. 21% btw")?.vat == .excluded(percentage: FixedDecimal(21)))
        #expect(parsePrice("1195.00 EUR incl. VAT")?.vat == .included(percentage: nil))
        #expect(parsePrice("€ 95 inclusief btw")?.vat == .included(percentage: nil))
        #expect(parsePrice("€ 95 vrijgesteld van btw")?.vat == .exempt)
        #expect(parsePrice("€ 95 btw-vrij")?.vat == .exempt)
        #expect(parsePrice("€ 95 inclusief lunch")?.vat == .unstated)
    }

    @Test("free is nothing, and nothing is no amount")
    func free() {
        #expect(parsePrice("free")?.isFree == true)
        #expect(parsePrice("Gratis!")?.amount == .zero)
        #expect(parsePrice("Costs are paid per unit not per qualification.") == nil)
        #expect(parsePrice("Level 2 courses differ") == nil)
        #expect(parsePrice("TBC") == nil)
        #expect(parsePrice("") == nil)
    }

    @Test("several amounts are told")
    func several() {
        #expect(parsePrice("€ 100 - € 200")?.hasSeveralAmounts == true)
        #expect(parsePrice("€ 100 of € 100")?.hasSeveralAmounts == false)
    }

    @Test(
        "a plain amount",
        arguments: [
            ("1.195,00", "1195.00"), ("5,975", "5975"), ("0.125", "0.125"), ("1,5", "1.5"),
            ("12.50", "12.50"), ("1.234.567", "1234567"), ("7500", "7500"), ("€ 12", "12"),
        ])
    func plain(text: String, value: String) {
        #expect(parseAmount(text) == FixedDecimal(value))
    }

    @Test("words are no plain amount", arguments: ["TBC", "12 of 13", "circa 12", ""])
    func noAmount(text: String) {
        #expect(parseAmount(text) == nil)
    }
}
