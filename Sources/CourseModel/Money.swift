/// A currency, as its ISO 4217 code in upper case.
public struct Currency: Hashable, Sendable, Codable, CustomStringConvertible {
    /// Three upper-case ASCII letters.
    public let code: String

    /// Reads `EUR` and `eur`.
    ///
    /// - Returns: `nil` when it is not three letters.
    public init?(_ text: some StringProtocol) {
        let code = text.uppercased()
        guard code.utf8.count == 3, code.utf8.allSatisfy({ 65...90 ~= $0 }) else { return nil }
        self.code = code
    }

    private init(known code: String) { self.code = code }

    /// The euro.
    public static let euro = Currency(known: "EUR")
    /// The pound sterling.
    public static let pound = Currency(known: "GBP")

    /// The code.
    public var description: String { code }

    /// Reads the code from a plain string.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        let text = try container.decode(String.self)
        guard let currency = Currency(text) else {
            throw DecodingError.dataCorruptedError(
                in: container, debugDescription: "“\(text)” is not an ISO 4217 code")
        }
        self = currency
    }

    /// Writes the code as a plain string.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(code)
    }
}

/// An exact decimal with four places, enough for prices and hours; no binary rounding.
public struct FixedDecimal: Hashable, Sendable, Comparable, Codable, CustomStringConvertible {
    /// The value times 10,000.
    public let scaled: Int64

    /// The value `scaled` / 10,000.
    public init(scaled: Int64) { self.scaled = scaled }

    /// A whole number; `nil` beyond ±900 trillion.
    public init?(_ whole: Int) {
        let (value, overflow) = Int64(whole).multipliedReportingOverflow(by: 10_000)
        guard !overflow else { return nil }
        scaled = value
    }

    /// Reads `[-+]digits[.digits]`; more than four places are rounded half away from zero.
    ///
    /// This is the form of XML Schema's `decimal`. Other notations (`1.195,00`) are the feed
    /// reader's to recognise.
    public init?(_ text: some StringProtocol) {
        var negative = false
        var digits = text.utf8[...]
        if let sign = digits.first, sign == 45 || sign == 43 {
            negative = sign == 45
            digits = digits.dropFirst()
        }
        var value: Int64 = 0
        var places = -1
        var seen = false
        for byte in digits {
            if byte == 46, places < 0 {
                places = 0
                continue
            }
            guard 48...57 ~= byte else { return nil }
            seen = true
            if places >= 4 {
                if places == 4, byte >= 53 { value += 1 }
                places += 1
                continue
            }
            let (tens, overflow) = value.multipliedReportingOverflow(by: 10)
            guard !overflow, tens < Int64.max - 10 else { return nil }
            value = tens + Int64(byte - 48)
            if places >= 0 { places += 1 }
        }
        guard seen else { return nil }
        for _ in 0..<(4 - min(max(places, 0), 4)) {
            let (tens, overflow) = value.multipliedReportingOverflow(by: 10)
            guard !overflow else { return nil }
            value = tens
        }
        scaled = negative ? -value : value
    }

    /// Nothing.
    public static let zero = FixedDecimal(scaled: 0)

    /// The nearest binary number, for scores and comparisons only.
    public var double: Double { Double(scaled) / 10_000 }

    /// The value with at least two and at most four places: `1195.00`, `7.655`.
    public var description: String { text(minimumPlaces: 2) }

    /// The value in XML Schema's form with at least `minimumPlaces` of its four places.
    public func text(minimumPlaces: Int) -> String {
        let whole = scaled.magnitude / 10_000
        var places = scaled.magnitude % 10_000
        var count = 4
        while count > minimumPlaces, count > 0, places % 10 == 0 {
            places /= 10
            count -= 1
        }
        // A sign, sixteen digits, a point and four places are the most.
        return String(unsafeUninitializedCapacity: 22) { out in
            var end = 0
            if scaled < 0 {
                out[0] = 45
                end = 1
            }
            var divisor: UInt64 = 1
            while whole / divisor >= 10 { divisor *= 10 }
            while divisor > 0 {
                out[end] = UInt8(48 + whole / divisor % 10)
                end += 1
                divisor /= 10
            }
            guard count > 0 else { return end }
            out[end] = 46
            for place in 0..<count {
                out[end + count - place] = UInt8(48 + places % 10)
                places /= 10
            }
            return end + 1 + count
        }
    }

    /// The sum; traps beyond the range of a 64-bit integer.
    public static func + (first: Self, second: Self) -> Self {
        FixedDecimal(scaled: first.scaled + second.scaled)
    }

    /// The difference.
    public static func - (first: Self, second: Self) -> Self {
        FixedDecimal(scaled: first.scaled - second.scaled)
    }

    /// The product with a whole number, or `nil` when it is out of range.
    public func multiplied(by factor: Int) -> FixedDecimal? {
        let (value, overflow) = scaled.multipliedReportingOverflow(by: Int64(factor))
        return overflow ? nil : FixedDecimal(scaled: value)
    }

    /// A percentage of this value, rounded half away from zero to two places (cents).
    public func percentage(_ percent: FixedDecimal) -> FixedDecimal? {
        let (product, overflow) = scaled.multipliedReportingOverflow(by: percent.scaled)
        guard !overflow else { return nil }
        // product is scaled by 10⁸; dividing by 100 (percent) and to cents gives 10⁸ a cent.
        let divisor: Int64 = 100_000_000
        let half = product < 0 ? -divisor / 2 : divisor / 2
        return FixedDecimal(scaled: (product + half) / divisor * 100)
    }

    /// Orders by value.
    public static func < (first: Self, second: Self) -> Bool { first.scaled < second.scaled }

    /// Reads the value from a string.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        let text = try container.decode(String.self)
        guard let value = FixedDecimal(text) else {
            throw DecodingError.dataCorruptedError(
                in: container, debugDescription: "“\(text)” is not a decimal number")
        }
        self = value
    }

    /// Writes the value as a string, so that no reader rounds it.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }
}

/// An amount of money: there is no amount without a currency.
public struct Money: Hashable, Sendable, Codable, CustomStringConvertible {
    /// How much; negative for a discount.
    public var amount: FixedDecimal
    /// Of what.
    public var currency: Currency

    /// An amount in a currency.
    public init(_ amount: FixedDecimal, _ currency: Currency) {
        self.amount = amount
        self.currency = currency
    }

    /// `1195.00 EUR`.
    public var description: String { "\(amount) \(currency)" }
}
