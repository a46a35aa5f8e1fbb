import CourseModel

/// Rules about what is not said and matching needs.
///
/// What is missing in many offerings of a course is told once, with their number.
enum GapChecks {
    /// What the course itself should say.
    @Sendable static func ofCourse(_ record: CourseRecord, _ findings: inout Findings) {
        if CompletenessField.level.share(in: record) == 0 {
            findings.add(
                .warning, .levelMissing, field: "level",
                "The course has no level, so nobody can tell whether it is too easy or too hard. "
                    + "Give the NLQF or EQF level, or the kind of education.")
        }
        if CompletenessField.skills.share(in: record) == 0, record.course.subjects.isEmpty {
            findings.add(
                .warning, .skillsMissing, field: "skills",
                "The course names no skills, keywords or subjects, so it is matched by its text "
                    + "only. Name the skills that one learns.")
        }
        if CompletenessField.duration.share(in: record) == 0 {
            findings.add(
                .note, .durationMissing, field: "duration",
                "The course says neither how long it lasts nor how much work it is. Give one.")
        }
        if record.offerings.isEmpty {
            findings.add(
                .warning, .offeringMissing, field: "offerings",
                "The course has no offering, so it says neither when nor where. Add one; one that "
                    + "starts at any moment is one too.")
        }
    }

    /// What the offerings should say.
    @Sendable static func ofOfferings(_ record: CourseRecord, _ findings: inout Findings) {
        let course = record.course
        tell(
            .priceMissing, .warning, "price", record, &findings,
            "no price, so nobody with a limit finds them. Give it; 0 with the word free when it "
                + "costs nothing."
        ) { $0.price == nil && !course.isFunded }
        tell(
            .startMissing, .warning, "start", record, &findings,
            "no start. Give the day, or say that one can start at any moment."
        ) { $0.timing.start == .unstated(raw: nil) }
        tell(
            .placeMissing, .warning, "place", record, &findings,
            "no place, so the provider's address stands in when there is one. Give the address, or "
                + "say that it is online."
        ) { $0.places.isEmpty && !$0.isRemote(of: course) }
        tell(
            .modeMissing, .note, "mode", record, &findings,
            "nothing of how it is taught. Say whether it is in a classroom, online or both."
        ) { $0.modes.isEmpty && course.modes.isEmpty && $0.places.isEmpty }
        tell(
            .instructionLanguageMissing, .note, "languages", record, &findings,
            "no language of instruction. Give it."
        ) { $0.languages.isEmpty && course.languages.isEmpty }
    }

    private static func tell(
        _ code: DiagnosticCode, _ severity: Diagnostic.Severity, _ field: String,
        _ record: CourseRecord, _ findings: inout Findings, _ what: String,
        _ lacks: (Offering) -> Bool
    ) {
        let lacking = record.offerings.filter(lacks)
        guard let first = lacking.first else { return }
        findings.add(
            severity, code, of: first, field: field,
            "\(Wording.share(lacking.count, of: record.offerings.count)) \(what)")
    }
}

extension Course {
    /// Whether somebody else pays, so that the absence of a price says something.
    var isFunded: Bool { funding.contains(.government) || funding.contains(.bbl) }
}

extension Offering {
    /// Whether it takes place nowhere in particular.
    func isRemote(of course: Course) -> Bool {
        let modes = modes.isEmpty ? course.modes : modes
        return !modes.isEmpty && modes.isSubset(of: [.online, .distance, .workplace])
    }
}

/// Words that several checks use.
enum Wording {
    /// `The offering states`, `Each of the 4 offerings states`, `3 of the 4 offerings state`.
    static func share(_ some: Int, of all: Int) -> String {
        all == 1
            ? "The offering states"
            : some == all
                ? "Each of the \(all) offerings states"
                : "\(some) of the \(all) offerings \(some == 1 ? "states" : "state")"
    }
}
