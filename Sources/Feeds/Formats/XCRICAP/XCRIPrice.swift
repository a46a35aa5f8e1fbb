import CourseModel
import XMLStream

/// Prices, which XCRI-CAP 1.2 has as prose only.
enum XCRIPrice {
    /// Reads `mlo:cost`.
    ///
    /// - Parameter currency: That of the feed's country, for amounts that name none.
    static func price(
        _ node: XMLNode, currency: () -> Currency?, isInferred: Bool, _ log: inout DiagnosticLog
    ) -> Price? {
        guard let text = node.foldedText else { return nil }
        guard let parsed = parsePrice(text) else {
            log.add(
                .warning, .priceNotANumber, at: node, field: "cost",
                "The price is \(quoted(text)), in which no amount can be read; it was left out. "
                    + "Write it as “EUR 120.00”.")
            return nil
        }
        if parsed.amount == .zero, !parsed.isFree, parsed.currency == nil {
            log.add(
                .note, .priceZero, at: node, field: "cost",
                "The price is \(quoted(text)), which mostly means that it is not known; it was "
                    + "left out. Write “EUR 0.00” or “free” when nothing has to be paid.")
            return nil
        }
        // Nothing is nothing in every currency.
        guard let used = parsed.currency ?? currency() ?? (parsed.isFree ? .euro : nil) else {
            log.add(
                .warning, .priceWithoutCurrency, at: node, field: "cost",
                "The price \(quoted(text)) names no currency; it was left out. "
                    + "Write it as “EUR 120.00”.")
            return nil
        }
        if parsed.currency == nil, !parsed.isFree, isInferred {
            log.add(
                .note, .currencyInferred, at: node, field: "cost",
                "The price \(quoted(text)) names no currency; \(used) was taken from the country "
                    + "of provider or venue. Write it as “\(used) 120.00”.")
        }
        if parsed.hasSeveralAmounts {
            log.add(
                .warning, .priceSeveralAmounts, at: node, field: "cost",
                "The price \(quoted(text)) names several amounts; the first was taken and the text "
                    + "kept. Give the amount that everybody has to pay.")
        } else if !parsed.isPlain {
            log.add(
                .note, .priceInProse, at: node, field: "cost",
                "The price \(quoted(text)) is prose; \(parsed.amount) \(used) was read in it and "
                    + "the text kept. Write it as “EUR 120.00”.")
        }
        return Price(
            total: Money(parsed.amount, used), vat: parsed.vat,
            statedAs: parsed.isPlain && parsed.currency != nil ? nil : text)
    }

    /// Reads the costs extension of a college: `<Costs><cost amount="7500" type="FullFee">`.
    static func price(
        costs node: XMLNode, currency: Currency?, _ log: inout DiagnosticLog
    ) -> Price? {
        for cost in node.children where cost.localName == "cost" {
            guard let text = cost.attribute("amount").flatMap(nonEmpty),
                let amount = parseAmount(text)
            else { continue }  // “TBC”: to be confirmed, which says no price.
            guard amount > .zero else { continue }
            guard let currency else {
                log.add(
                    .warning, .priceWithoutCurrency, at: cost, field: "cost",
                    "The amount \(quoted(text)) names no currency; it was left out. "
                        + "Write the price into mlo:cost as “EUR 120.00”.")
                return nil
            }
            let category = cost.attribute("category").flatMap(nonEmpty)
            return Price(
                total: Money(amount, currency),
                statedAs: category.map { "\($0): \(text)" } ?? text)
        }
        return nil
    }

    /// A price as a text that ``parsePrice(_:)`` reads back: its own wording where that says the
    /// same, else `1195.00 EUR incl. 21% VAT`.
    static func text(_ price: Price) -> String {
        if let stated = price.statedAs, let parsed = parsePrice(stated),
            parsed.amount == price.total.amount, parsed.vat == price.vat,
            parsed.currency == price.total.currency
                || (parsed.isFree && price.total == Money(.zero, .euro)),
            !parsed.isPlain, foldedSpaces(stated) == stated
        {
            return stated
        }
        let amount = price.total.description
        func percent(_ value: FixedDecimal?) -> String {
            value.map { " " + $0.text(minimumPlaces: 0) + "%" } ?? ""
        }
        return switch price.vat {
        case .included(let value): "\(amount) incl.\(percent(value)) VAT"
        case .excluded(let value): "\(amount) excl.\(percent(value)) VAT"
        case .exempt: "\(amount) VAT exempt"
        case .unstated: amount
        }
    }
}
