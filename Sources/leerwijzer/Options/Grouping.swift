import ArgumentParser

/// Whether each course stands once, with its best offering, or every offering by itself.
struct Grouping: ParsableArguments {
    /// What a result is.
    enum Unit: EnumerableFlag {
        case courses
        case offerings

        static func help(for value: Unit) -> ArgumentHelp? {
            switch value {
            case .courses: "Each course once, with its best offering (default for people)."
            case .offerings: "Every offering by itself (default for machines: json, csv, …)."
            }
        }
    }

    @Flag var unit: Unit?

    /// Whether to group: people read courses, programs count offerings.
    func isPerCourse(in form: OutputForm) -> Bool {
        unit.map { $0 == .courses } ?? (form == .table)
    }
}
