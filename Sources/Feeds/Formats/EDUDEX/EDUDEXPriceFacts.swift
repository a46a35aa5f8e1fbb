import CourseModel

/// Prices of other formats, which EDU-DEX's costs alone do not tell.
enum EDUDEXPriceFacts {
    /// Writes down what a reader would not get back from the costs.
    static func add(_ price: Price, costsAreStated: Bool, to facts: inout EDUDEXFacts) {
        facts.add(.total, price.total.amount.description)
        facts.add(.currency, price.total.currency.code)
        facts.add(.vat, text(price.vat))
        if !costsAreStated { facts.add(.costs, "none") }
    }

    /// The price that the facts tell, if they tell one.
    static func price(_ facts: EDUDEXFacts, costs: [Cost]) -> Price? {
        guard let total = facts[.total].flatMap({ FixedDecimal($0) }),
            let currency = facts[.currency].flatMap({ Currency($0) }),
            let vat = facts[.vat].flatMap(vat)
        else { return nil }
        return Price(
            total: Money(total, currency), vat: vat, costs: facts[.costs] == "none" ? [] : costs)
    }

    private static func text(_ vat: Price.VAT) -> String {
        switch vat {
        case .included(let percentage): join("included", percentage)
        case .excluded(let percentage): join("excluded", percentage)
        case .exempt: "exempt"
        case .unstated: "unstated"
        }
    }

    private static func join(_ word: String, _ percentage: FixedDecimal?) -> String {
        percentage.map { "\(word) \($0.text(minimumPlaces: 0))" } ?? word
    }

    private static func vat(_ text: String) -> Price.VAT? {
        let words = text.split(separator: " ")
        let percentage = words.count > 1 ? FixedDecimal(words[1]) : nil
        switch words.first {
        case "included": return .included(percentage: percentage)
        case "excluded": return .excluded(percentage: percentage)
        case "exempt": return .exempt
        case "unstated": return .unstated
        default: return nil
        }
    }
}
