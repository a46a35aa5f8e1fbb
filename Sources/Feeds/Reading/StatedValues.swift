import CourseModel
import XMLStream

/// The day that a text names, or `nil` with a diagnostic.
///
/// - Parameter form: How the format writes a day, for the message.
func statedDay(
    _ text: String?, at node: XMLNode?, field: String, form: String = "YYYY-MM-DD",
    _ log: inout DiagnosticLog
) -> CalendarDate? {
    guard let text = text.flatMap(nonEmpty) else { return nil }
    if let read = parseDate(text), read.precision == .day { return read.date }
    log.add(
        .warning, .dateUnreadable, at: node, field: field,
        "\(field) is \(quoted(text)), no day; it was left out. Write it as \(form).")
    return nil
}

/// A whole number of at least `minimum`, or `nil` with a diagnostic.
func statedCount(
    _ text: String?, at node: XMLNode?, field: String, minimum: Int = 1, _ log: inout DiagnosticLog
) -> Int? {
    guard let text = text.flatMap(nonEmpty) else { return nil }
    if let value = Int(text), value >= minimum { return value }
    // Zero stands where nobody filled the field in; that is no fault to tell of.
    if text == "0" { return nil }
    log.add(
        .warning, .numberUnreadable, at: node, field: field,
        "\(field) is \(quoted(text)), no whole number from \(minimum); it was left out. "
            + "Give the number only.")
    return nil
}

/// An amount of at least zero, as XML Schema writes decimals or as people do; `nil` with a
/// diagnostic for anything else.
func statedAmount(
    _ text: String, at node: XMLNode, field: String, _ log: inout DiagnosticLog
) -> FixedDecimal? {
    // A decimal's point comes first: “35464.500” is no thousands.
    if let amount = FixedDecimal(text) ?? parseAmount(text), amount >= .zero { return amount }
    log.add(
        .warning, .priceNotANumber, at: node, field: field,
        "The price is \(quoted(text)), no amount; it was left out. Write it as “120.00”.")
    return nil
}

/// The languages that elements name by their codes, each once; others are told of.
///
/// - Parameters:
///   - fillers: What stands in such an element when there is nothing to say.
///   - form: The codes that the format asks for, with an example.
func statedLanguages(
    _ elements: [XMLNode], without fillers: Set<String> = [], form: String,
    _ log: inout DiagnosticLog
) -> [LanguageShare] {
    var shares: [LanguageShare] = []
    for element in elements {
        guard let text = element.line(without: fillers) else { continue }
        guard let tag = LanguageTag(text) else {
            log.add(
                .note, .badLanguage, at: element, field: element.localName,
                "\(element.localName) \(quoted(text)) is no language code; it was left out. "
                    + "Use \(form).")
            continue
        }
        if !shares.contains(where: { $0.language == tag }) { shares.append(LanguageShare(tag)) }
    }
    return shares
}
