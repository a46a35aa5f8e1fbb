import CourseModel

/// What a price in words or digits says.
public struct ParsedPrice: Hashable, Sendable {
    /// The amount; the first one when there are several.
    public var amount: FixedDecimal
    /// The currency whose sign or code stands with it.
    public var currency: Currency?
    /// What the text says of value-added tax.
    public var vat: Price.VAT
    /// Whether the text is an amount, with or without a currency and VAT, and nothing else.
    public var isPlain: Bool
    /// Whether the text names more than one amount (a range, fees per country).
    public var hasSeveralAmounts: Bool
    /// Whether the text says in words that nothing has to be paid.
    public var isFree: Bool

    /// What a price says.
    public init(
        amount: FixedDecimal, currency: Currency?, vat: Price.VAT = .unstated, isPlain: Bool = true,
        hasSeveralAmounts: Bool = false, isFree: Bool = false
    ) {
        self.amount = amount
        self.currency = currency
        self.vat = vat
        self.isPlain = isPlain
        self.hasSeveralAmounts = hasSeveralAmounts
        self.isFree = isFree
    }
}

/// Reads a price as people write it: `€ 1.195,-`, `GBP 120.00`, `1195.00 EUR excl. 21% VAT`,
/// `gratis`.
///
/// A full stop or comma before exactly three digits parts thousands, otherwise the last one stands
/// before the cents. A number without a currency counts only when next to nothing else is said:
/// "Level 2 courses differ" names no price.
///
/// - Returns: `nil` when no amount is named.
public func parsePrice(_ text: String) -> ParsedPrice? {
    if let plain = codedAmount(text) { return plain }
    var words = PriceWord.all(in: text)
    if words.contains(.other) {
        // In prose “ALL” and “TOP” are words, whatever they are to a bank.
        words = words.map { word in
            guard case .currency(let currency) = word, PriceWord.isRare(currency) else {
                return word
            }
            return .other
        }
    }
    var amounts: [(value: FixedDecimal, currency: Currency?)] = []
    var vat = Price.VAT.unstated
    var percentage: FixedDecimal?
    var exclusion: Bool?
    var isFree = false
    var others = 0
    var pending: Currency?
    var isTaken = false
    for (index, word) in words.enumerated() {
        switch word {
        case .number(let value):
            // `EUR 100`: the sign before it; `100 EUR`: the sign behind it, unless that belongs to
            // a number that follows it directly, as in `EUR 100 EUR 200`.
            var currency = pending
            pending = nil
            if currency == nil, index + 1 < words.count, case .currency(let next) = words[index + 1]
            {
                currency = next
                isTaken = true
            }
            amounts.append((value, currency))
        case .percentage(let value): percentage = value
        case .currency(let currency):
            if !isTaken { pending = currency }
            isTaken = false
        case .including: exclusion = false
        case .excluding: exclusion = true
        case .vat: break
        case .exempt: vat = .exempt
        case .free: isFree = true
        case .filler: break
        case .other: others += 1
        }
    }
    if vat == .unstated {
        let saysVAT = words.contains { $0 == .vat }
        switch exclusion {
        case false? where saysVAT: vat = .included(percentage: percentage)
        case true? where saysVAT: vat = .excluded(percentage: percentage)
        default: break
        }
    }
    let marked = amounts.filter { $0.currency != nil }
    if !marked.isEmpty { amounts = marked }
    if amounts.isEmpty {
        guard isFree else { return nil }
        return ParsedPrice(
            amount: .zero, currency: pending, vat: vat, isPlain: false, isFree: true)
    }
    guard let first = amounts.first, !marked.isEmpty || others == 0 else { return nil }
    let several = amounts.contains { $0.value != first.value }
    let plain =
        others == 0 && amounts.count == 1 && !isFree
        && !words.contains(.filler)
        && (percentage == nil || vat != .unstated)
    return ParsedPrice(
        amount: first.value, currency: first.currency, vat: vat, isPlain: plain,
        hasSeveralAmounts: several)
}

/// The form that most feeds use, read without looking at words: `EUR 120.00`.
private func codedAmount(_ text: String) -> ParsedPrice? {
    var text = text
    let isCoded = text.withUTF8 { bytes in
        guard bytes.count >= 5, bytes[3] == 32, (0..<3).allSatisfy({ 65...90 ~= bytes[$0] }) else {
            return false
        }
        var point = bytes.count
        for index in 4..<bytes.count {
            if bytes[index] == 46, point == bytes.count, index > 4 {
                point = index
            } else if !(48...57 ~= bytes[index]) {
                return false
            }
        }
        // Three digits behind the point could be thousands.
        return bytes.count - point != 4 && bytes.count - point != 1
    }
    guard isCoded, PriceWord.isCode(text.prefix(3)), let currency = Currency(text.prefix(3)),
        let amount = FixedDecimal(text.dropFirst(4))
    else { return nil }
    return ParsedPrice(amount: amount, currency: currency)
}

/// A piece of a price's text.
enum PriceWord: Hashable {
    case number(FixedDecimal)
    case percentage(FixedDecimal)
    case currency(Currency)
    case including, excluding, vat, exempt, free, filler, other

    static func all(in text: String) -> [PriceWord] {
        var words: [PriceWord] = []
        let scalars = Array(text.unicodeScalars)
        var index = 0
        while index < scalars.count {
            let scalar = scalars[index]
            if "0"..."9" ~= scalar {
                words.append(number(scalars, &index))
            } else if let currency = signs[scalar] {
                words.append(.currency(currency))
                index += 1
            } else if scalar.properties.isAlphabetic {
                var word = String.UnicodeScalarView()
                while index < scalars.count,
                    scalars[index].properties.isAlphabetic
                        || (scalars[index] == "-" && index + 1 < scalars.count
                            && scalars[index + 1].properties.isAlphabetic)
                {
                    word.append(scalars[index])
                    index += 1
                }
                words.append(named(String(word)))
            } else {
                index += 1
            }
        }
        return words
    }

    private static let signs: [Unicode.Scalar: Currency] = [
        "€": .euro, "£": .pound, "$": Currency("USD") ?? .euro,
    ]

    private static func named(_ word: String) -> PriceWord {
        if word.utf8.count == 3, let currency = Currency(word),
            codes.contains(word.uppercased()) || CurrencyCodes.all.contains(word)
        {
            return .currency(currency)
        }
        return table[word.lowercased()] ?? .other
    }

    /// Whether three capitals are the code of a currency.
    static func isCode(_ text: Substring) -> Bool {
        codes.contains(String(text)) || CurrencyCodes.all.contains(String(text))
    }

    /// Whether it is one whose code counts in capitals and beside an amount only.
    static func isRare(_ currency: Currency) -> Bool { !codes.contains(currency.code) }

    /// Currencies that feeds around here name, in any letters.
    private static let codes: Set<String> = [
        "EUR", "GBP", "USD", "CHF", "DKK", "SEK", "NOK", "PLN", "CZK", "HUF", "BGN", "RON", "CAD",
        "AUD", "NZD", "JPY",
    ]

    private static let table: [String: PriceWord] = [
        "euro": .currency(.euro), "euros": .currency(.euro), "pounds": .currency(.pound),
        "pound": .currency(.pound), "incl": .including, "inclusief": .including,
        "including": .including, "inclusive": .including, "inc": .including, "excl": .excluding,
        "exclusief": .excluding, "excluding": .excluding, "exclusive": .excluding,
        "ex": .excluding, "btw": .vat, "vat": .vat, "tva": .vat, "mwst": .vat,
        "btw-vrij": .exempt, "vrijgesteld": .exempt, "exempt": .exempt, "btw-vrijgesteld": .exempt,
        "free": .free, "gratis": .free, "kosteloos": .free, "kostenloos": .free, "nihil": .free,
        "van": .filler, "vanaf": .filler, "from": .filler, "circa": .filler, "ca": .filler,
        "about": .filler, "approx": .filler, "ongeveer": .filler, "per": .filler, "tot": .filler,
        "to": .filler, "en": .filler, "and": .filler, "cost": .filler, "kosten": .filler,
        "prijs": .filler, "price": .filler, "fee": .filler, "total": .filler, "totaal": .filler,
        "deelnemer": .filler, "persoon": .filler, "person": .filler,
    ]

    /// A number with its separators, and a percent sign behind it.
    private static func number(_ scalars: [Unicode.Scalar], _ index: inout Int) -> PriceWord {
        var digits: [UInt8] = []
        var marks: [(mark: Unicode.Scalar, at: Int)] = []
        while index < scalars.count {
            let scalar = scalars[index]
            if "0"..."9" ~= scalar {
                digits.append(UInt8(scalar.value))
                index += 1
                continue
            }
            let isMark =
                scalar == "." || scalar == "," || scalar == "'" || scalar == "\u{A0}"
                || scalar == " " || scalar == "\u{2019}"
            guard isMark, index + 1 < scalars.count, "0"..."9" ~= scalars[index + 1] else { break }
            if scalar != ".", scalar != "," {
                // A space parts thousands only before exactly three digits.
                let next = scalars[(index + 1)...].prefix(4).prefix { "0"..."9" ~= $0 }
                guard next.count == 3 else { break }
            }
            marks.append((scalar, digits.count))
            index += 1
        }
        var point = digits.count
        if let last = marks.last, last.mark == "." || last.mark == "," {
            let behind = digits.count - last.at
            let others = marks.dropLast()
            let sameBefore = others.contains { $0.mark == last.mark }
            let isThousands =
                sameBefore || (behind == 3 && last.at <= 3 && others.isEmpty && digits[0] != 48)
            if !isThousands { point = last.at }
        }
        var text = digits[..<point].map { $0 } + [46] + digits[point...]
        if point == 0 { text.insert(48, at: 0) }
        if text.last == 46 { text.removeLast() }
        // `120,-` `120.--` `120,=`
        if index + 1 < scalars.count, scalars[index] == "," || scalars[index] == ".",
            ["-", "=", "–", "—"].contains(scalars[index + 1])
        {
            index += 2
            while index < scalars.count, scalars[index] == "-" { index += 1 }
        }
        guard let value = FixedDecimal(String(decoding: text, as: UTF8.self)) else { return .other }
        var next = index
        while next < scalars.count, scalars[next] == " " { next += 1 }
        if next < scalars.count, scalars[next] == "%" {
            index = next + 1
            return .percentage(value)
        }
        return .number(value)
    }
}

/// A plain amount in either notation: `1.195,00`, `5,975`, `120`.
///
/// - Returns: `nil` when the text is more than a number, with or without a currency.
public func parseAmount(_ text: String) -> FixedDecimal? {
    if let plain = FixedDecimal(text.trimmingSpaces()), !text.utf8.contains(46) { return plain }
    let words = PriceWord.all(in: text)
    let numbers = words.compactMap { word -> FixedDecimal? in
        if case .number(let value) = word { value } else { nil }
    }
    let onlyMoney = words.allSatisfy { word in
        switch word {
        case .number, .currency: true
        default: false
        }
    }
    guard numbers.count == 1, onlyMoney else { return nil }
    let isNegative = text.trimmingSpaces().hasPrefix("-")
    return isNegative ? .zero - numbers[0] : numbers[0]
}
