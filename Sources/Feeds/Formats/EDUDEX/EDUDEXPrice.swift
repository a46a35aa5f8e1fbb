import CourseModel

/// EDU-DEX's rules for money (section 8 of our notes on the standard).
///
/// - `amount` is without VAT; `amountVAT` is the VAT on it; where only a percentage or a VAT code is
///   given, the VAT follows from it.
/// - An amount may be for a period; the whole is the amount times the number of periods in the
///   programme's duration.
/// - The price is the sum of the required costs, VAT included.
/// - Costs with a period of validity count when they are valid on the day of reading.
/// - Where individuals and groups pay different amounts, the price is the individual's.
enum EDUDEXPrice {
    /// Something about a price that its owner, or a reader of the catalogue, should know.
    struct Finding: Hashable {
        var severity: Diagnostic.Severity
        var code: DiagnosticCode
        var message: String
    }

    /// The price that `costs` make up.
    ///
    /// - Parameters:
    ///   - duration: How long the programme lasts, for costs by period.
    ///   - today: The day that decides between amounts of different validity.
    /// - Returns: No price when there is no required cost, or when a required cost is for a period
    ///   that the duration cannot be counted in.
    static func price(
        of costs: [Cost], duration: CourseDuration?, today: CalendarDate
    ) -> (price: Price?, findings: [Finding]) {
        var findings: [Finding] = []
        let counted = countedCosts(costs, today: today, &findings)
        guard let currency = counted.first?.amount.currency else {
            if !costs.isEmpty {
                findings.append(
                    Finding(
                        severity: .warning, code: .priceWithoutRequiredCost,
                        message: "No cost is marked as required, so the price is not known. Set "
                            + "isRequiredCost to true on what every participant pays."))
            }
            return (nil, findings)
        }
        var total = FixedDecimal.zero
        var vats: [Price.VAT] = []
        var statements: [String] = []
        for cost in counted {
            guard cost.amount.currency == currency else {
                findings.append(
                    Finding(
                        severity: .warning, code: .priceInTwoCurrencies,
                        message: "A required cost in \(cost.amount.currency) cannot be added to "
                            + "one in \(currency); it is left out of the price."))
                continue
            }
            let (vatAmount, vat) = self.vat(of: cost, &findings)
            let single = cost.amount.amount + vatAmount
            let firstYearApart =
                cost.period == .year
                && counted.contains { $0.period == .firstYear && $0.kind == cost.kind }
            guard
                let whole = times(
                    single, cost.period, in: duration, lessOne: firstYearApart)
            else {
                findings.append(
                    Finding(
                        severity: .warning, code: .pricePeriodUnknown,
                        message: "The amount \(cost.amount) is per \(cost.period.rawValue), but "
                            + "the programme's duration does not say how many of these there are; "
                            + "the price is left open."))
                return (nil, findings)
            }
            if cost.period != .programme {
                statements.append("\(cost.amount) per \(cost.period.rawValue)")
                findings.append(
                    Finding(
                        severity: .note, code: .pricePerPeriod,
                        message: "The amount \(cost.amount) is per \(cost.period.rawValue); over "
                            + "the programme's duration that makes \(whole) \(currency)."))
            }
            let (sum, overflow) = total.scaled.addingReportingOverflow(whole.scaled)
            guard !overflow else {
                findings.append(
                    Finding(
                        severity: .warning, code: .priceNotPlausible,
                        message: "The required costs add up to more than can be a price."))
                return (nil, findings)
            }
            total = FixedDecimal(scaled: sum)
            vats.append(vat)
        }
        if counted.contains(where: \.isForGroup) {
            findings.append(
                Finding(
                    severity: .note, code: .priceForGroup,
                    message: "The price is for a whole group, not for one participant."))
        }
        if total < .zero {
            findings.append(
                Finding(
                    severity: .warning, code: .priceBelowZero,
                    message: "The required costs add up to \(total) \(currency), below zero."))
        }
        let price = Price(
            total: Money(total, currency), vat: combined(vats), costs: costs,
            statedAs: statements.isEmpty ? nil : statements.joined(separator: " + "))
        return (price, findings)
    }

    /// The VAT on one payment of a cost, and how VAT stands to the cost with that amount added.
    private static func vat(
        of cost: Cost, _ findings: inout [Finding]
    ) -> (amount: FixedDecimal, vat: Price.VAT) {
        let percentage = cost.vatPercentage ?? percentages[cost.vatCode ?? ""]
        if let amount = cost.vatAmount {
            if let percentage, let expected = cost.amount.amount.percentage(percentage),
                abs((expected - amount).scaled) > 200
            {
                findings.append(
                    Finding(
                        severity: .warning, code: .vatContradictsRate,
                        message: "amountVAT is \(amount), but \(percentage.text(minimumPlaces: 0))"
                            + " % of \(cost.amount) is \(expected); amountVAT is used."))
            }
            if amount == .zero, cost.amount.amount != .zero { return (.zero, .exempt) }
            if amount == .zero, percentage == nil || percentage == .zero { return (.zero, .exempt) }
            return (amount, .included(percentage: percentage))
        }
        guard let percentage else { return (.zero, .excluded(percentage: nil)) }
        guard percentage != .zero else { return (.zero, .exempt) }
        guard let amount = cost.amount.amount.percentage(percentage) else {
            return (.zero, .excluded(percentage: percentage))
        }
        return (amount, .included(percentage: percentage))
    }

    /// The percentage of each `VATCode`: none, reverse charge, low on goods, high on goods, high on
    /// services.
    private static let percentages: [String: FixedDecimal] = [
        "1": .zero, "2": .zero, "3": FixedDecimal(scaled: 90_000),
        "4": FixedDecimal(scaled: 210_000), "5": FixedDecimal(scaled: 210_000),
    ]

    /// How VAT stands to a sum.
    private static func combined(_ vats: [Price.VAT]) -> Price.VAT {
        guard let first = vats.first else { return .unstated }
        if vats.allSatisfy({ $0 == first }) { return first }
        let open = vats.contains { if case .excluded = $0 { true } else { false } }
        return open ? .excluded(percentage: nil) : .included(percentage: nil)
    }

    /// The required costs that count for one participant who enrols today.
    private static func countedCosts(
        _ costs: [Cost], today: CalendarDate, _ findings: inout [Finding]
    ) -> [Cost] {
        var required = costs.filter(\.isRequired)
        for kind in Set(required.filter { !$0.isForGroup }.map(\.kind)) {
            required.removeAll { $0.kind == kind && $0.isForGroup }
        }
        let periods = Set(
            required.filter { $0.validFrom != nil || $0.validUntil != nil }.map(\.kind))
        for kind in periods.sorted() {
            let rivals = required.filter { $0.kind == kind }
            let valid = rivals.filter { cost in
                cost.validFrom.map { $0 <= today } ?? true
                    && cost.validUntil.map { $0 >= today } ?? true
            }
            guard valid.isEmpty else {
                required.removeAll { $0.kind == kind && !valid.contains($0) }
                continue
            }
            // Nothing is valid now: the next price, else the last one.
            let next = rivals.compactMap(\.validFrom).filter { $0 > today }.min()
            let last = rivals.compactMap(\.validUntil).max()
            required.removeAll { cost in
                cost.kind == kind
                    && (next != nil ? cost.validFrom != next : cost.validUntil != last)
            }
            findings.append(
                Finding(
                    severity: .warning, code: .priceNotValidToday,
                    message: "No amount for “\(kind)” is valid on \(today); the "
                        + (next == nil ? "last" : "next") + " one is used."))
        }
        return required
    }

    /// `amount` times the number of periods in `duration`, at least one; cents rounded half up.
    ///
    /// A year has 12 months, 52 weeks or 260 working days, as ``CourseDuration/weeks`` counts.
    private static func times(
        _ amount: FixedDecimal, _ period: Cost.Period, in duration: CourseDuration?, lessOne: Bool
    ) -> FixedDecimal? {
        if period == .programme || period == .firstYear { return amount }
        guard let duration, let have = twelfthsOfDay(duration.unit, like: period),
            let one = twelfthsOfDay(period)
        else { return nil }
        // Periods × 10,000, as the duration is; Int128 holds every product of two Int64.
        var periods = max(
            Int128(duration.value.scaled) * Int128(have), Int128(10_000) * Int128(one))
        if lessOne { periods -= 10_000 * Int128(one) }
        let divisor = Int128(10_000) * Int128(one) * 100
        let product = Int128(amount.scaled) * periods
        let cents = (product + (product < 0 ? -divisor / 2 : divisor / 2)) / divisor
        guard let whole = Int64(exactly: cents * 100) else { return nil }
        return FixedDecimal(scaled: whole)
    }

    /// The length of a duration's unit in twelfths of a working day; `nil` for hours beside another
    /// period, since a course's hours are not its calendar time.
    private static func twelfthsOfDay(
        _ unit: CourseDuration.Unit, like period: Cost.Period
    ) -> Int64? {
        switch unit {
        case .hour: period == .hour ? 1 : nil
        case .day: period == .hour ? nil : 12
        case .week: period == .hour ? nil : 60
        case .month: period == .hour ? nil : 260
        case .year: period == .hour ? nil : 3120
        }
    }

    private static func twelfthsOfDay(_ period: Cost.Period) -> Int64? {
        switch period {
        case .programme, .firstYear: nil
        case .hour: 1
        case .day: 12
        case .week: 60
        case .month: 260
        case .year: 3120
        }
    }
}
