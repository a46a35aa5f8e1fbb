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
