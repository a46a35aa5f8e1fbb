import CourseModel
import Testing

/// Compares records field by field, so that a failure names the field.
enum EDUDEXComparison {
    /// Expects two records to be the same but for where they were read.
    static func compare(
        _ expected: CourseRecord, _ actual: CourseRecord,
        sourceLocation: SourceLocation = #_sourceLocation
    ) {
        for field in differences(expected, actual) {
            Issue.record("\(expected.course.id): \(field)", sourceLocation: sourceLocation)
        }
    }

    /// The paths of the fields that differ, with both values.
    static func differences(_ expected: CourseRecord, _ actual: CourseRecord) -> [String] {
        var found = differences(expected.course, actual.course, "course")
        if expected.offerings.count != actual.offerings.count {
            found.append(
                "offerings.count: \(expected.offerings.count) ≠ \(actual.offerings.count)")
        }
        for (one, other) in zip(expected.offerings, actual.offerings) {
            found += differences(one, other, "offering")
        }
        return found
    }

    private static func differences(_ one: Any, _ other: Any, _ path: String) -> [String] {
        zip(Mirror(reflecting: one).children, Mirror(reflecting: other).children).compactMap {
            left, right in
            guard let name = left.label, name != "provenance" else { return nil }
            let (expected, actual) = (text(left.value), text(right.value))
            return expected == actual ? nil : "\(path).\(name): \(expected) ≠ \(actual)"
        }
    }

    /// A value in words; sets in order.
    private static func text(_ value: Any) -> String {
        let mirror = Mirror(reflecting: value)
        guard mirror.displayStyle == .set else { return "\(value)" }
        return mirror.children.map { "\($0.value)" }.sorted().joined(separator: " ")
    }
}
