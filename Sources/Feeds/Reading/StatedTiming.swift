import CourseModel
import XMLStream

extension Timing {
    /// When an offering runs; an end before the start is left out with a diagnostic.
    init(
        _ start: Start, end: CalendarDate?, at node: XMLNode?, field: String,
        _ log: inout DiagnosticLog
    ) {
        if let timing = Timing(start: start, end: end) {
            self = timing
            return
        }
        log.add(
            .warning, .endBeforeStart, at: node, field: field,
            "The end \(end?.iso ?? "") lies before the start \(start.date?.iso ?? ""); the end "
                + "was left out. Correct one of them.")
        self.init(start: start)
    }
}

extension EnrolmentWindow {
    /// When one can enrol; an opening behind the closing is left out with a diagnostic.
    ///
    /// - Returns: `nil` when neither day is known.
    static func stated(
        opens: CalendarDate?, closes: CalendarDate?, at node: XMLNode?, field: String,
        _ log: inout DiagnosticLog
    ) -> EnrolmentWindow? {
        guard opens != nil || closes != nil else { return nil }
        if let window = EnrolmentWindow(opens: opens, closes: closes) { return window }
        log.add(
            .warning, .enrolmentReversed, at: node, field: field,
            "Enrolment closes on \(closes?.iso ?? "") before it opens on \(opens?.iso ?? ""); the "
                + "opening was left out. Correct one of them.")
        return EnrolmentWindow(closes: closes)
    }
}

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
