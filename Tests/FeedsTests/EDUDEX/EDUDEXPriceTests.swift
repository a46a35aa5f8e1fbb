import CourseModel
import Testing

@testable import Feeds

private let today = CalendarDate(iso: "2026-11-24")!

private func euros(_ text: String) -> Money { Money(FixedDecimal(text)!, .euro) }

private func cost(
    _ amount: String, vat: String? = nil, percentage: Int? = nil, code: String? = nil,
    required: Bool = true, per period: Cost.Period = .programme, kind: String = "tuition fee",
    group: Bool = false, from: String? = nil, until: String? = nil
) -> Cost {
    Cost(
        kind: kind, amount: euros(amount), vatAmount: vat.flatMap { FixedDecimal($0) },
        vatPercentage: percentage.flatMap { FixedDecimal($0) }, vatCode: code, isRequired: required,
        period: period, isForGroup: group, validFrom: from.flatMap { CalendarDate(iso: $0) },
        validUntil: until.flatMap { CalendarDate(iso: $0) })
}

private func price(
    _ costs: [Cost], lasting value: Int = 10, _ unit: CourseDuration.Unit = .week
) -> Price? {
    EDUDEXPrice.price(
        of: costs, duration: CourseDuration(FixedDecimal(value)!, unit), today: today
    ).price
}

private func codes(
    _ costs: [Cost], lasting value: Int = 10, _ unit: CourseDuration.Unit = .week
) -> [DiagnosticCode] {
    EDUDEXPrice.price(
        of: costs, duration: CourseDuration(FixedDecimal(value)!, unit), today: today
    ).findings.map(\.code)
}

@Suite("EDU-DEX's amounts are without VAT, its prices with it")
struct EDUDEXVATTests {
    @Test("the VAT amount comes on top")
    func amount() {
        let price = price([cost("1000.00", vat: "210.00", percentage: 21)])
        #expect(price?.total == euros("1210.00"))
        #expect(price?.vat == .included(percentage: FixedDecimal(21)))
        #expect(price?.includesVAT == true)
    }

    @Test("the VAT follows from a percentage when its amount is not given")
    func percentage() {
        #expect(price([cost("85.05", percentage: 9)])?.total == euros("92.70"))
    }

    @Test(
        "the VAT follows from the code when nothing else is given",
        arguments: [
            ("3", "109.00", 9), ("4", "121.00", 21), ("5", "121.00", 21),
        ])
    func code(code: String, total: String, percentage: Int) {
        let price = price([cost("100.00", code: code)])
        #expect(price?.total == euros(total))
        #expect(price?.vat == .included(percentage: FixedDecimal(percentage)))
    }

    @Test("no VAT and reverse charge add nothing", arguments: ["1", "2"])
    func none(code: String) {
        let price = price([cost("100.00", code: code)])
        #expect(price?.total == euros("100.00"))
        #expect(price?.vat == .exempt)
    }

    @Test("an amount alone is without VAT, as the standard says")
    func excluded() {
        let price = price([cost("100.00")])
        #expect(price?.total == euros("100.00"))
        #expect(price?.vat == .excluded(percentage: nil))
    }

    @Test("a VAT amount that is not the percentage of the amount is used and told")
    func contradiction() {
        let costs = [cost("100.00", vat: "9.00", percentage: 21)]
        #expect(price(costs)?.total == euros("109.00"))
        #expect(codes(costs) == [.vatContradictsRate])
    }

    @Test("parts with different VAT make a price that includes it, at no one percentage")
    func mixed() {
        let price = price([
            cost("100.00", vat: "21.00", percentage: 21),
            cost("50.00", vat: "0.00", code: "1", kind: "examination"),
        ])
        #expect(price?.total == euros("171.00"))
        #expect(price?.vat == .included(percentage: nil))
    }

    @Test("one part without VAT leaves the whole without")
    func open() {
        let price = price([cost("100.00", percentage: 21), cost("50.00", kind: "examination")])
        #expect(price?.vat == .excluded(percentage: nil))
    }
}

@Suite("An EDU-DEX price is the sum of the required costs")
struct EDUDEXSumTests {
    @Test("required costs are added, optional ones kept beside")
    func sum() {
        let price = price([
            cost("1000.00", code: "1"), cost("75.00", code: "1", kind: "examination"),
            cost("40.00", code: "1", required: false, kind: "study material"),
            cost("-100.00", code: "1", kind: "single payment discount"),
        ])
        #expect(price?.total == euros("975.00"))
        #expect(price?.costs.count == 4)
    }

    @Test("optional costs alone make no price")
    func optionalOnly() {
        let costs = [cost("40.00", required: false)]
        #expect(price(costs) == nil)
        #expect(codes(costs) == [.priceWithoutRequiredCost])
    }

    @Test("nothing at all is no price and no fault")
    func nothing() {
        #expect(price([]) == nil && codes([]).isEmpty)
    }

    @Test("an individual's amount goes before a group's of the same kind")
    func group() {
        let costs = [cost("4000.00", code: "1", group: true), cost("500.00", code: "1")]
        #expect(price(costs)?.total == euros("500.00"))
        #expect(codes([costs[0]]) == [.priceForGroup])
        #expect(price([costs[0]])?.total == euros("4000.00"))
    }

    @Test("of amounts with a validity the one of today counts")
    func validity() {
        let costs = [
            cost("900.00", code: "1", until: "2026-12-31"),
            cost("950.00", code: "1", from: "2027-01-01"),
        ]
        #expect(price(costs)?.total == euros("900.00"))
        #expect(price([costs[1]])?.total == euros("950.00"))
        #expect(codes([costs[1]]) == [.priceNotValidToday])
    }

    @Test("amounts in two currencies are not added")
    func currencies() {
        var pounds = cost("100.00", code: "1", kind: "examination")
        pounds.amount.currency = .pound
        let costs = [cost("900.00", code: "1"), pounds]
        #expect(price(costs)?.total == euros("900.00"))
        #expect(codes(costs) == [.priceInTwoCurrencies])
    }

    @Test("costs beyond reason make no price instead of a crash")
    func overflow() {
        let huge = Cost(
            kind: "tuition fee",
            amount: Money(FixedDecimal(scaled: .max / 2), .euro), vatCode: "1", period: .day)
        #expect(price([huge, huge], lasting: 99, .year) == nil)
    }
}

@Suite("An amount per period counts as often as the period fits the duration")
struct EDUDEXPeriodTests {
    @Test(
        "amount times duration",
        arguments: [
            (Cost.Period.month, 4, CourseDuration.Unit.month, "400.00"),
            (.month, 2, .year, "2400.00"), (.year, 2, .year, "200.00"),
            (.week, 10, .week, "1000.00"),
            (.day, 2, .week, "1000.00"), (.hour, 6, .hour, "600.00"), (.week, 1, .year, "5200.00"),
            (.firstYear, 3, .year, "100.00"), (.programme, 3, .year, "100.00"),
            // 10 weeks are 10 × 12 / 52 months.
            (.month, 10, .week, "230.77"),
            // Nobody pays for less than one period.
            (.year, 10, .week, "100.00"),
        ])
    func times(period: Cost.Period, value: Int, unit: CourseDuration.Unit, total: String) {
        let costs = [cost("100.00", code: "1", per: period)]
        #expect(price(costs, lasting: value, unit)?.total == euros(total))
    }

    @Test("VAT is counted as often as the amount")
    func vat() {
        let price = price(
            [cost("100.00", vat: "21.00", percentage: 21, per: .month)], lasting: 3, .month)
        #expect(price?.total == euros("363.00"))
    }

    @Test("the price keeps what was said")
    func stated() {
        let costs = [cost("100.00", code: "1", per: .month)]
        #expect(price(costs, lasting: 3, .month)?.statedAs == "100.00 EUR per month")
        #expect(codes(costs, lasting: 3, .month) == [.pricePerPeriod])
    }

    @Test("hours are not to be counted in weeks, so the price stays open")
    func hours() {
        let costs = [cost("45.00", code: "1", per: .hour)]
        #expect(price(costs) == nil)
        #expect(codes(costs) == [.pricePeriodUnknown])
        #expect(EDUDEXPrice.price(of: costs, duration: nil, today: today).price == nil)
    }

    @Test("a first year of its own is followed by one year less")
    func firstYear() {
        let costs = [
            cost("1000.00", code: "1", per: .firstYear), cost("2000.00", code: "1", per: .year),
        ]
        #expect(price(costs, lasting: 3, .year)?.total == euros("5000.00"))
    }
}
