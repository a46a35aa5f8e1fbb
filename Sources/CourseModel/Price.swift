/// What an offering costs the person or employer who pays for it.
///
/// EDU-DEX gives amounts without VAT, OOAPI with it, XCRI-CAP prose; readers bring all of them to
/// this form and keep the text that they read.
public struct Price: Hashable, Sendable, Codable {
    /// How value-added tax stands to an amount.
    public enum VAT: Hashable, Sendable, Codable {
        /// The amount includes VAT, at this percentage when it is known.
        case included(percentage: FixedDecimal?)
        /// VAT comes on top, at this percentage when it is known.
        case excluded(percentage: FixedDecimal?)
        /// No VAT is due.
        case exempt
        /// The feed does not say.
        case unstated
    }

    /// What has to be paid in all: the required costs over the whole offering, with VAT where it is
    /// known.
    public var total: Money
    /// How VAT stands to ``total``.
    public var vat: VAT
    /// The costs that make up the price, required and optional, as the feed lists them.
    public var costs: [Cost]
    /// The feed's own wording, when the price was prose or a reader had to interpret it.
    public var statedAs: String?

    /// A price.
    public init(total: Money, vat: VAT = .unstated, costs: [Cost] = [], statedAs: String? = nil) {
        self.total = total
        self.vat = vat
        self.costs = costs
        self.statedAs = statedAs
    }

    /// Whether the amount that has to be paid includes all VAT that is due.
    public var includesVAT: Bool? {
        switch vat {
        case .included, .exempt: true
        case .excluded: false
        case .unstated: nil
        }
    }
}

/// One cost of an offering: tuition, books, an examination.
public struct Cost: Hashable, Sendable, Codable {
    /// The stretch that one payment covers.
    public enum Period: String, Hashable, Sendable, Codable, CaseIterable {
        /// The whole programme.
        case programme
        /// One hour, day, week, month or year of it.
        case hour, day, week, month, year
        /// The first year only.
        case firstYear
    }

    /// What is paid for, in EDU-DEX's words (`tuition fee`, `study material`, …) or the feed's own.
    public var kind: String
    /// The amount for one ``period``, without VAT.
    public var amount: Money
    /// The VAT on ``amount``, when known.
    public var vatAmount: FixedDecimal?
    /// The VAT percentage, when known.
    public var vatPercentage: FixedDecimal?
    /// EDU-DEX's VAT code 1...5 (none, reverse charge, low goods, high goods, high services), or
    /// another format's own.
    public var vatCode: String?
    /// Whether every participant must pay it.
    public var isRequired: Bool
    /// Whether the amount is final; `nil` when not said.
    public var isFinal: Bool?
    /// The stretch that one payment covers.
    public var period: Period
    /// Whether the amount is for a whole group.
    public var isForGroup: Bool
    /// The first day on which the amount holds, when given.
    public var validFrom: CalendarDate?
    /// The last day on which the amount holds, when given.
    public var validUntil: CalendarDate?
    /// The amount, without VAT, for buyers to whom the delivery is exempt from VAT, when it differs
    /// (EDU-DEX `VATExemptAmount`).
    public var exemptAmount: FixedDecimal?
    /// The VAT within the price of an exempt delivery (EDU-DEX `VATExemptAmountVAT`).
    public var exemptVATAmount: FixedDecimal?
    /// The feed's own id of the cost.
    public var nativeID: String?

    /// A cost.
    public init(
        kind: String, amount: Money, vatAmount: FixedDecimal? = nil,
        vatPercentage: FixedDecimal? = nil, vatCode: String? = nil, isRequired: Bool = true,
        isFinal: Bool? = nil, period: Period = .programme, isForGroup: Bool = false,
        validFrom: CalendarDate? = nil, validUntil: CalendarDate? = nil,
        exemptAmount: FixedDecimal? = nil, exemptVATAmount: FixedDecimal? = nil,
        nativeID: String? = nil
    ) {
        self.kind = kind
        self.amount = amount
        self.vatAmount = vatAmount
        self.vatPercentage = vatPercentage
        self.vatCode = vatCode
        self.isRequired = isRequired
        self.isFinal = isFinal
        self.period = period
        self.isForGroup = isForGroup
        self.validFrom = validFrom
        self.validUntil = validUntil
        self.exemptAmount = exemptAmount
        self.exemptVATAmount = exemptVATAmount
        self.nativeID = nativeID
    }
}
