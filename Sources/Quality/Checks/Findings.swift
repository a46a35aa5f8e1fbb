import CourseModel

/// What the checks find in one course; what its reader told already is left out.
struct Findings {
    /// The day of the check.
    let today: CalendarDate
    /// What was found, in the order of the checks.
    private(set) var found: [Diagnostic] = []
    private let course: Course
    private let known: [Diagnostic]

    init(record: CourseRecord, known: [Diagnostic], today: CalendarDate) {
        course = record.course
        self.known = known
        self.today = today
    }

    /// Adds a fault of the course.
    mutating func add(
        _ severity: Diagnostic.Severity, _ code: DiagnosticCode, field: String, _ message: String
    ) {
        // What was told of an offering counts too: a price that could not be read is no missing one.
        guard !known.contains(where: { Self.says($0.code, code) }) else { return }
        append(severity, code, course.provenance, course.nativeID, field, message)
    }

    /// Adds a fault of an offering.
    mutating func add(
        _ severity: Diagnostic.Severity, _ code: DiagnosticCode, of offering: Offering,
        field: String, _ message: String
    ) {
        let isKnown = known.contains {
            Self.says($0.code, code) && ($0.record == nil || $0.record == offering.nativeID)
        }
        guard !isKnown else { return }
        append(severity, code, offering.provenance, offering.nativeID, field, message)
    }

    /// Whether the checks found this already.
    func holds(_ code: DiagnosticCode) -> Bool { found.contains { $0.code == code } }

    private mutating func append(
        _ severity: Diagnostic.Severity, _ code: DiagnosticCode, _ provenance: Provenance,
        _ record: String, _ field: String, _ message: String
    ) {
        found.append(
            Diagnostic(
                severity, code, file: provenance.file, position: provenance.position,
                record: record, field: field, message: message))
    }

    /// Whether a reader that told `told` has said what `code` would say.
    private static func says(_ told: DiagnosticCode, _ code: DiagnosticCode) -> Bool {
        told == code || saidBefore[code, default: []].contains { told.name.hasPrefix($0) }
    }

    /// The beginnings of the codes by which readers have told the reason already.
    private static let saidBefore: [DiagnosticCode: [String]] = [
        .priceMissing: ["price-", "tuition-fee-missing"],
        .levelMissing: ["level-"],
        .startMissing: ["date-"],
        .startInPast: ["past-run-open"],
        .expiresSoon: ["expires-", "expired"],
        .urlMissing: ["bad-url"],
        .placeMissing: ["online-as-place", "place-not-structured", "venue-", "unknown-reference"],
        .durationMissing: ["duration-", "number-unreadable"],
        .instructionLanguageMissing: ["bad-language"],
        .modeMissing: ["code-unknown"],
        .vatUnstated: ["price-", "vat-"],
    ]
}
