import CourseModel

/// Something that a course should say, because learners choose and are matched by it.
///
/// The weights are points of a hundred. They follow what the matcher can decide by: what is about,
/// cost, moment, place and level weigh most, since a limit in any of them excludes what does not say.
public enum CompletenessField: String, Hashable, Sendable, CaseIterable {
    /// What it is about, in at least 200 characters.
    case description
    /// What it costs.
    case price
    /// When it starts, also “at any moment”.
    case start
    /// Where it is, with a postcode, town or coordinates; or that it is online.
    case place
    /// How advanced it is, in a framework.
    case level
    /// Skills or keywords, three or more.
    case skills
    /// How long it lasts, or how much work it is.
    case duration
    /// How it is taught.
    case mode
    /// What it is about, by a code or name.
    case subjects
    /// Where to read on.
    case url
    /// In which language it is taught.
    case language
    /// For whom it is.
    case audience

    /// The points of a hundred that it counts for; they add up to a hundred.
    public var weight: Int {
        switch self {
        case .description: 15
        case .price, .start, .place, .level: 12
        case .skills: 10
        case .duration: 7
        case .mode, .subjects: 5
        case .url: 4
        case .language, .audience: 3
        }
    }

    /// The length from which a description counts in full, in characters.
    public static let fullDescription = 200
    /// The number of skills and keywords from which they count in full.
    public static let fullSkills = 3

    /// How much of it a course says: 0 is nothing, 1 is all.
    ///
    /// What offerings say is the share of offerings that say it; a course without offerings says
    /// nothing of them.
    public func share(in record: CourseRecord) -> Double {
        let course = record.course
        switch self {
        case .description:
            let length = course.allTexts.reduce(0) { $0 + $1.count }
            return min(1, Double(length) / Double(Self.fullDescription))
        case .price:
            return course.isFunded ? 1 : share(record) { $0.price != nil ? 1 : 0 }
        case .start:
            return share(record) {
                switch $0.timing.start {
                case .on, .rolling, .onRequest: 1
                case .unstated(let raw): raw == nil ? 0 : 0.5
                }
            }
        case .place:
            return share(record) { $0.isRemote(of: course) ? 1 : Self.placed($0) }
        case .level:
            let levels = [course.level] + course.qualifications.map(\.level)
            if levels.contains(where: { $0?.eqf != nil }) { return 1 }
            return levels.contains { $0?.nationalName != nil } ? 0.5 : 0
        case .skills:
            let count = course.skills.count + course.keywords.wordings.count
            return min(1, Double(count) / Double(Self.fullSkills))
        case .duration:
            if !course.studyLoad.isEmpty || course.duration != nil { return 1 }
            return share(record) {
                $0.duration != nil || ($0.timing.start.date != nil && $0.timing.end != nil) ? 1 : 0
            }
        case .mode:
            return course.modes.isEmpty ? share(record) { $0.modes.isEmpty ? 0 : 1 } : 1
        case .subjects:
            return course.subjects.isEmpty ? 0 : 1
        case .url:
            if course.url != nil { return 1 }
            return share(record) { $0.url == nil && $0.applyURL == nil ? 0 : 1 }
        case .language:
            return course.languages.isEmpty ? share(record) { $0.languages.isEmpty ? 0 : 1 } : 1
        case .audience:
            return course.audiences.isEmpty ? 0 : 1
        }
    }

    private func share(_ record: CourseRecord, _ part: (Offering) -> Double) -> Double {
        guard !record.offerings.isEmpty else { return 0 }
        return record.offerings.reduce(0) { $0 + part($1) } / Double(record.offerings.count)
    }

    private static func placed(_ offering: Offering) -> Double {
        for place in offering.places {
            guard let venue = place.venue else { return 1 }
            let address = venue.address
            if venue.coordinates != nil || address.postcode != nil || address.city != nil {
                return 1
            }
        }
        return offering.places.isEmpty ? 0 : 0.5
    }
}
