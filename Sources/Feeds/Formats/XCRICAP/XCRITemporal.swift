import CourseModel
import XMLStream

/// A date element: text for people and `@dtf` for machines, which do not always agree.
struct XCRITemporal {
    /// The day; the first day where only a month is named.
    var date: CalendarDate?
    /// The other day, where text and `@dtf` disagree.
    var alternative: CalendarDate?
    /// The text, folded.
    var text: String?
    /// Whether only a month was named.
    var isPartial = false
    /// Whether `@dtf` lies a day before the text in summer time.
    var isShifted = false
    /// The element, for messages.
    var node: XMLNode?
    private let field: String
    private let dtf: String?

    /// Reads a date element.
    ///
    /// Where text and `@dtf` name different days the text is taken: a college wrote local midnight
    /// as UTC into `@dtf`, so that every date in summer time lay a day early (measured over three
    /// snapshots: each of them, and no winter date). A year alone is no start that one can plan by.
    init(_ node: XMLNode, field: String) {
        self.node = node
        self.field = field
        text = node.foldedText
        dtf = node.attribute("dtf").flatMap(nonEmpty)
        let fromText = text.flatMap(parseDate).flatMap { $0.precision == .year ? nil : $0 }
        let fromDTF: ParsedDate?
        if let dtf, dtf == text {
            fromDTF = fromText
        } else {
            fromDTF = dtf.flatMap(parseDate).flatMap { $0.precision == .year ? nil : $0 }
        }
        if let fromText, fromText.precision == .day {
            date = fromText.date
            if let fromDTF, fromDTF.precision == .day, fromDTF.date != fromText.date {
                alternative = fromDTF.date
                isShifted =
                    fromDTF.date.adding(days: 1) == fromText.date
                    && Self.isSummerTime(fromText.date)
            }
        } else if let found = fromDTF?.precision == .day ? fromDTF : fromText ?? fromDTF {
            date = found.date
            isPartial = found.precision == .month
        }
    }

    /// Reads a date element, or remembers what one that says the same came to.
    init(_ node: XMLNode, field: String, _ memory: XCRIMemory) {
        if let known = memory.dates.value(of: node) {
            self = known
            self.node = node
            return
        }
        self.init(node, field: field)
        // A memory that held the element would hold its whole record.
        self.node = nil
        memory.dates.keep(self, for: node)
        self.node = node
    }

    /// Takes the other day; used where the first one makes no sense.
    mutating func useAlternative() {
        guard let other = alternative else { return }
        (date, alternative) = (other, date)
        isShifted = false
    }

    /// Tells what had to be decided.
    func report(into log: inout DiagnosticLog) {
        if let date, let alternative, !isShifted {
            log.add(
                .warning, .dtfContradictsText, at: node, field: field,
                "\(field) says \(date) and \(alternative) in text \(quoted(text ?? "")) and "
                    + "@dtf; \(date) was taken. Make the two agree.")
        }
        if isPartial {
            log.add(
                .note, .datePartial, at: node, field: field,
                "\(field) \(quoted(text ?? dtf ?? "")) names no day; its first day was taken. "
                    + "Give the day in @dtf.")
        }
    }

    /// Tells that no date could be read, where something stands that should be one.
    func reportUnreadable(into log: inout DiagnosticLog) {
        guard let said = text ?? dtf else { return }
        log.add(
            .warning, .dateUnreadable, at: node, field: field,
            "\(field) is \(quoted(said)), no date; it was left out. "
                + "Give the day as YYYY-MM-DD in @dtf.")
    }

    /// What the text says beside the day, when it says more: a time, a month only, other words.
    ///
    /// Nothing when it was read as the day: "12 September 2016" says no more than 2016-09-12.
    var stated: String? {
        guard let text else { return nil }
        guard let date else { return text }
        guard !isPartial, let read = parseDate(text), read.precision == .day, read.date == date
        else { return text }
        let saysTime = text.utf8.contains(58) && !text.contains("T00:00")
        return saysTime ? text : nil
    }

    /// Whether a local midnight of that day lies in European summer time: after the last Sunday of
    /// March, up to the last Sunday of October.
    static func isSummerTime(_ date: CalendarDate) -> Bool {
        let year = date.parts.year
        func lastSunday(_ month: Int) -> CalendarDate? {
            CalendarDate(year: year, month: month, day: 31).map { last in
                let index = Weekday.allCases.firstIndex(of: last.weekday) ?? 0
                return last.adding(days: -((index + 1) % 7))
            }
        }
        guard let first = lastSunday(3), let last = lastSunday(10) else { return false }
        return date > first && date <= last
    }
}
