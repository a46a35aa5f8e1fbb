import CourseModel
import XMLStream

extension EDUDEXProgramme {
    /// The costs of one level of the schedule.
    mutating func costs(_ nodes: [XMLNode], facts: EDUDEXFacts = EDUDEXFacts()) -> [Cost] {
        var costs: [Cost] = []
        for (index, node) in nodes.enumerated() {
            guard var cost = cost(node) else { continue }
            if facts.isUnstated(EDUDEXFacts.finality(ofCost: index)) { cost.isFinal = nil }
            costs.append(cost)
        }
        return costs
    }

    private mutating func cost(_ node: XMLNode) -> Cost? {
        guard let amountNode = node.first("amount"),
            let amount = amount(amountNode, isEssential: true)
        else { return nil }
        guard let currency = currency(of: node) else { return nil }
        let kind = EDUDEXText.value(node.first("costType")) ?? "tuition fee"
        hasCosts = true
        hasTuitionFee = hasTuitionFee || kind == "tuition fee"
        let id = EDUDEXText.value(node.first("id"))
        return Cost(
            kind: kind, amount: Money(amount, currency),
            vatAmount: node.first("amountVAT").flatMap { self.amount($0) },
            vatPercentage: percentage(node.first("VATPercentage")),
            vatCode: EDUDEXText.value(node.first("VATCode")),
            isRequired: boolean(node.first("isRequiredCost")) ?? true,
            isFinal: boolean(node.first("amountIsFinal")),
            period: period(node.first("period")),
            isForGroup: EDUDEXText.value(node.first("payableBy")) == "group",
            validFrom: node.first("amountValidFrom").flatMap { date($0) },
            validUntil: node.first("amountValidUntil").flatMap { date($0) },
            exemptAmount: node.first("VATExemptAmount").flatMap { self.amount($0) },
            exemptVATAmount: node.first("VATExemptAmountVAT").flatMap { self.amount($0) },
            // An id in braces was made by our writer, because EDU-DEX wants one.
            nativeID: id.flatMap { $0.hasPrefix("{") && $0.hasSuffix("}") ? nil : $0 })
    }

    /// A decimal number in any notation, at most a thousand million either way.
    private mutating func amount(_ node: XMLNode, isEssential: Bool = false) -> FixedDecimal? {
        guard let text = EDUDEXText.value(node) else { return nil }
        let what = isEssential ? "the cost was" : "it was"
        guard let amount = isXMLAmount(text) ? FixedDecimal(text) : parseAmount(text) else {
            issues.add(
                .warning, .priceNotANumber, at: node,
                "“\(text)” is no amount; \(what) left out. Write it as 1195.00.")
            return nil
        }
        guard amount.scaled.magnitude <= 10_000_000_000_000 else {
            issues.add(
                .warning, .priceNotPlausible, at: node,
                "“\(text)” is too much to be a price; \(what) left out.")
            return nil
        }
        if !isXMLAmount(text) {
            issues.add(
                .warning, .priceNotation, at: node,
                "“\(text)” was read as \(amount). Write it like that, with a full stop before the "
                    + "cents and nothing between the thousands.")
        }
        return amount
    }

    /// Whether an amount is written as EDU-DEX wants it; three digits behind a full stop are a
    /// thousand in Dutch hands, not a tenth of a cent.
    private func isXMLAmount(_ text: String) -> Bool {
        var bytes = text.utf8[...]
        if bytes.first == 45 || bytes.first == 43 { bytes = bytes.dropFirst() }
        let whole = bytes.prefix { 48...57 ~= $0 }
        guard !whole.isEmpty else { return false }
        let rest = bytes.dropFirst(whole.count)
        guard rest.first == 46 else { return rest.isEmpty }
        let places = rest.dropFirst()
        return (1...4).contains(places.count) && places.count != 3
            && places.allSatisfy { 48...57 ~= $0 }
    }

    private mutating func currency(of cost: XMLNode) -> Currency? {
        if let node = cost.first("currency"), let text = EDUDEXText.value(node) {
            if let currency = Currency(text) { return currency }
            if text == "€" || text.lowercased() == "euro" { return .euro }
            issues.add(
                .warning, .priceWithoutCurrency, at: node,
                "“\(text)” is no currency; the cost was left out. Write EUR.")
            return nil
        }
        if let currency = context.currency {
            issues.add(
                .note, .currencyInferred, at: cost, field: "currency",
                "The cost names no currency; \(currency) was taken. Add it.")
            return currency
        }
        issues.add(
            .warning, .priceWithoutCurrency, at: cost, field: "currency",
            "The cost names no currency and was left out. Add <currency>EUR</currency>.")
        return nil
    }

    private mutating func percentage(_ node: XMLNode?) -> FixedDecimal? {
        guard let node, let text = EDUDEXText.value(node) else { return nil }
        let number = text.hasSuffix("%") ? String(text.dropLast().trimmingSpaces()) : text
        if let value = parseAmount(number), value >= .zero,
            value <= FixedDecimal(scaled: 1_000_000)
        {
            return value
        }
        issues.add(
            .warning, .numberUnreadable, at: node,
            "“\(text)” is no percentage between 0 and 100; it was left out.")
        return nil
    }

    private mutating func period(_ node: XMLNode?) -> Cost.Period {
        guard let node, let code = EDUDEXText.value(node) else { return .programme }
        switch code {
        case "program": return .programme
        case "1st year": return .firstYear
        case "hour", "day", "week", "month", "year":
            return Cost.Period(rawValue: code) ?? .programme
        default:
            issues.add(
                .warning, .codeUnknown, at: node,
                "“\(code)” is no period; the amount was taken for the whole programme. Its codes "
                    + "are hour, day, week, month, year, 1st year, program.")
            return .programme
        }
    }

    /// The price of an occasion that these costs make up.
    ///
    /// - Parameter place: The element that holds the costs, for what is found.
    mutating func price(
        of costs: [Cost], at place: XMLNode, facts: EDUDEXFacts, duration: CourseDuration?
    ) -> Price? {
        if let stated = EDUDEXPriceFacts.price(facts, costs: costs) { return stated }
        let (price, findings) = EDUDEXPrice.price(
            of: costs, duration: duration, today: context.today)
        for finding in findings {
            issues.add(
                finding.severity, finding.code, at: place, field: "cost", finding.message)
        }
        return price
    }
}
