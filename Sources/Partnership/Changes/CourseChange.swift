import Answers
import CourseModel
import Ingest
import Storage

/// How a course and its offerings differ between two generations.
public struct CourseChange: Sendable {
    /// What happened to one offering.
    public struct OfferingChange: Sendable {
        /// Its id.
        public var id: ID<Offering>
        /// What happened.
        public var kind: Change.Kind
        /// The occasion in words: when and where.
        public var occasion: String
        /// What it says otherwise, when it changed.
        public var fields: [FieldChange]
    }

    /// The course.
    public var id: ID<Course>
    /// Its title, as it is now.
    public var title: String
    /// What happened to the course itself; `nil` when only offerings changed.
    public var kind: Change.Kind?
    /// What the course says otherwise.
    public var fields: [FieldChange]
    /// What happened to its offerings, in order of id.
    public var offerings: [OfferingChange]

    /// How it came to be shown otherwise among courses that are the same; `nil` when that stayed.
    public var merging: ClusterLedger.Change?

    /// Whether nothing differs.
    public var isEmpty: Bool { kind == nil && offerings.isEmpty && merging == nil }

    /// Compares two versions.
    ///
    /// - Parameters:
    ///   - old: `nil` when it was not known.
    ///   - gone: How offerings left that are in the old version only.
    public init(
        from old: StoredRecord?, to new: StoredRecord, gone: [GoneOffering],
        _ language: AnswerLanguage
    ) {
        self.init(from: old, to: new, left: gone.map { ($0.offering.id, $0.state) }, language)
    }

    /// Compares two versions.
    ///
    /// - Parameters:
    ///   - old: `nil` when it was not known.
    ///   - left: How offerings left that are in the old version only.
    init(
        from old: StoredRecord?, to new: StoredRecord, left: [(ID<Offering>, RecordState)],
        _ language: AnswerLanguage
    ) {
        let course = new.record.course
        id = course.id
        title = course.title.text(in: language.preferences) ?? course.nativeID
        fields = []
        let wasThere = old?.state == .present
        let isThere = new.state == .present
        if let old, wasThere, isThere {
            fields = FieldChange.between(old.record.course, course, language)
            kind = fields.isEmpty ? nil : .changed
        } else if isThere {
            kind = old == nil ? .added : .reopened
        } else {
            kind = wasThere || old == nil ? Change.Kind(new.state) : nil
        }
        let before = wasThere ? old?.record.offerings ?? [] : []
        let after = isThere ? new.record.offerings : []
        offerings = Self.compare(before, after, left, new.state, language)
    }

    private static func compare(
        _ before: [Offering], _ after: [Offering], _ left: [(ID<Offering>, RecordState)],
        _ state: RecordState, _ language: AnswerLanguage
    ) -> [OfferingChange] {
        var known: [ID<Offering>: Offering] = [:]
        for offering in before { known[offering.id] = offering }
        let left = Dictionary(left) { $1 }
        var changes: [OfferingChange] = []
        for offering in after {
            let occasion = occasion(of: offering, language)
            guard let earlier = known.removeValue(forKey: offering.id) else {
                changes.append(
                    OfferingChange(id: offering.id, kind: .added, occasion: occasion, fields: []))
                continue
            }
            let fields = FieldChange.between(earlier, offering, language)
            if !fields.isEmpty {
                changes.append(
                    OfferingChange(
                        id: offering.id, kind: .changed, occasion: occasion, fields: fields))
            }
        }
        for offering in known.values {
            // An offering whose course left went with it.
            let how = left[offering.id] ?? (state == .present ? .closed : state)
            changes.append(
                OfferingChange(
                    id: offering.id, kind: Change.Kind(how) ?? .closed,
                    occasion: occasion(of: offering, language), fields: []))
        }
        return changes.sorted { $0.id.value < $1.id.value }
    }

    static func occasion(of offering: Offering, _ language: AnswerLanguage) -> String {
        let wording = Wording(language: language)
        let place = wording.place(of: offering)
        return wording.start(offering.timing.start) + (place == "–" ? "" : ", " + place)
    }
}

extension Change.Kind {
    /// How a record left; `nil` when it is there.
    init?(_ state: RecordState) {
        switch state {
        case .present: return nil
        case .closed: self = .closed
        case .expired: self = .expired
        case .withdrawn: self = .withdrawn
        }
    }

    /// What happened, in a word.
    public func wording(_ language: AnswerLanguage) -> String {
        switch self {
        case .added: language(nl: "nieuw", en: "new")
        case .changed: language(nl: "gewijzigd", en: "changed")
        case .closed: language(nl: "gesloten", en: "closed")
        case .expired: language(nl: "verlopen", en: "expired")
        case .withdrawn: language(nl: "ingetrokken", en: "withdrawn")
        case .reopened: language(nl: "terug", en: "back")
        case .curated: language(nl: "gecorrigeerd", en: "corrected")
        }
    }
}

extension RecordState {
    /// How a record left that a change is about; `nil` when it did not leave.
    init?(_ change: Change.Kind) {
        switch change {
        case .closed: self = .closed
        case .expired: self = .expired
        case .withdrawn: self = .withdrawn
        case .added, .changed, .reopened, .curated: return nil
        }
    }
}
