// A code is a word's place in its list and stands in every stored catalogue: words are added at the
// end, and none is moved or taken out. A test makes sure that no word is missing.

extension CourseKind: CodedWord {
    static let order: [CourseKind] = [
        .course, .module, .certificate, .diplomaProgramme, .apprenticeshipPlace, .internship,
        .project, .event,
    ]
}

extension Audience: CodedWord {
    static let order: [Audience] = [.pupil, .student, .worker, .jobSeeker, .team]
}

extension DeliveryMode: CodedWord {
    static let order: [DeliveryMode] = [.classroom, .blended, .online, .distance, .workplace]
}

extension StudyMode: CodedWord {
    static let order: [StudyMode] = [.fullTime, .partTime, .dual, .flexible]
}

extension DayPart: CodedWord {
    static let order: [DayPart] = [.morning, .afternoon, .daytime, .evening, .night, .weekend]
}

extension OfferingStatus: CodedWord {
    static let order: [OfferingStatus] = [.open, .full, .closed, .cancelled, .unstated]
}

extension NLQFLevel: CodedWord {
    static let order: [NLQFLevel] = [
        .one, .two, .three, .four, .fourPlus, .five, .six, .seven, .eight,
    ]
}

extension Level.Basis: CodedWord {
    static let order: [Level.Basis] = [.stated, .derived]
}

extension Qualification.Kind: CodedWord {
    static let order: [Qualification.Kind] = [
        .diploma, .degree, .certificate, .attendance, .none, .other,
    ]
}

extension CourseDuration.Unit: CodedWord {
    static let order: [CourseDuration.Unit] = [.hour, .day, .week, .month, .year]
}

extension Cost.Period: CodedWord {
    static let order: [Cost.Period] = [.programme, .hour, .day, .week, .month, .year, .firstYear]
}

extension Weekday: CodedWord {
    static let order: [Weekday] = [
        .monday, .tuesday, .wednesday, .thursday, .friday, .saturday, .sunday,
    ]
}

extension Diagnostic.Severity: CodedWord {
    static let order: [Diagnostic.Severity] = [.note, .warning, .error]
}

extension RichText.Style: CodedWord {
    static let order: [RichText.Style] = [.plain, .emphasis, .strong]
}
