import CourseModel
import XMLStream

/// Prices, which are texts with tax included (TTC).
enum LHEOPrice {
    /// The total that an action states, else its price for an hour times its hours.
    static func price(_ action: XMLNode?, _ log: inout DiagnosticLog) -> Price? {
        guard let action else { return nil }
        if let element = action.first("prix-total-TTC"),
            let text = element.line(without: LHEOWords.fillers)
        {
            guard let amount = amount(text) else {
                report(element, text, &log)
                return nil
            }
            return Price(
                total: Money(amount, .euro), vat: .included(percentage: nil),
                statedAs: isPlain(text) ? nil : text)
        }
        guard let element = action.first("prix-horaire-TTC"),
            let text = element.line(without: LHEOWords.fillers)
        else { return nil }
        guard let rate = amount(text) else {
            report(element, text, &log)
            return nil
        }
        let hours = action.line("nombre-heures-total").flatMap { Int($0) }
        guard let hours, hours > 0, let total = rate.multiplied(by: hours) else {
            log.add(
                .note, .priceForHourOnly, at: element, field: element.localName,
                "The price is \(quoted(text)) for an hour and the hours are not known, so that "
                    + "there is no price to show. Give prix-total-TTC or nombre-heures-total.")
            return nil
        }
        return Price(
            total: Money(total, .euro), vat: .included(percentage: nil),
            statedAs: "\(text) × \(hours) h")
    }

    /// French amounts part thousands with a space or a no-break space.
    private static func amount(_ text: String) -> FixedDecimal? {
        let joined = text.filter { $0 != " " && $0 != "\u{A0}" && $0 != "\u{202F}" }
        guard let amount = parseAmount(joined), amount >= .zero else { return nil }
        return amount
    }

    private static func isPlain(_ text: String) -> Bool {
        text.utf8.allSatisfy { 48...57 ~= $0 || $0 == 46 }
    }

    private static func report(_ element: XMLNode, _ text: String, _ log: inout DiagnosticLog) {
        log.add(
            .warning, .priceNotANumber, at: element, field: element.localName,
            "\(element.localName) is \(quoted(text)), in which no amount can be read; it was left "
                + "out. Write it as “1195.00”.")
    }
}

extension DiagnosticCode {
    /// A price is given for an hour only and the number of hours is not.
    public static let priceForHourOnly: DiagnosticCode = "price-for-hour-only"

    /// Every code that only LHEO has.
    public static let lheoCodes: [DiagnosticCode] = [priceForHourOnly]
}
