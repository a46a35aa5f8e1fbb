import CourseModel
import FoundationEssentials
import Storage

/// What became of every correction, with one generation of the catalogue.
public struct CurationRegister: Hashable, Sendable, Codable {
    /// The generation.
    public var generation: Int
    /// The parts of all corrections, by course, then as they stand in the files.
    public var rulings: [CurationRuling]

    /// What became of corrections.
    init(generation: Int = 0, rulings: [CurationRuling] = []) {
        self.generation = generation
        self.rulings = rulings
    }

    /// The register that was written last; `nil` when there is none that can be read, so that it has to
    /// be made again.
    static func read(_ path: String) -> Self? {
        guard let text = try? Workspace.read(path) else { return nil }
        return try? JSONDecoder().decode(Self.self, from: Data(text.utf8))
    }

    /// The register as text, the same for the same content.
    func text() throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return String(decoding: try encoder.encode(self), as: UTF8.self) + "\n"
    }

    /// The parts that are in force.
    var inForce: [CurationRuling] { rulings.filter { $0.state == .inForce } }

    /// What is left of it on a day when the files cannot be read: what has passed its last day ends.
    func ended(by today: CalendarDate) -> CurationRegister {
        var register = self
        for place in register.rulings.indices
        where register.rulings[place].until.map({ $0 < today }) ?? false {
            register.rulings[place].state = .expired
        }
        return register
    }

    /// The first day on which something counts no longer, or begins to; `nil` when nothing does.
    var nextDay: CalendarDate? {
        rulings.compactMap { ruling in
            switch ruling.state {
            case .notYet: ruling.date
            case .inForce, .waiting, .conflict:
                ruling.until.map { CalendarDate(daysSince1970: $0.daysSince1970 + 1) }
            case .expired, .takenOver, .unknown, .gone, .unusable: nil
            }
        }.min()
    }

    /// Stands for what is in force on a source's courses.
    func fingerprint(of source: ID<Source>) -> Fingerprint {
        var hasher = FingerprintHasher()
        for key in inForce.filter({ $0.source == source }).map(\.key).sorted() {
            hasher.update(Array(key.utf8) + [0])
        }
        return hasher.finish()
    }

    /// What took hold and what ended since an earlier register, by source.
    func changes(since earlier: CurationRegister) -> [ID<Source>: [CuratedChange]] {
        var changes: [ID<Source>: [CuratedChange]] = [:]
        let before = Dictionary(earlier.inForce.map { ($0.key, $0) }) { first, _ in first }
        let after = Dictionary(inForce.map { ($0.key, $0) }) { first, _ in first }
        let now = Dictionary(rulings.map { ($0.key, $0) }) { first, _ in first }
        for key in Set(before.keys).union(after.keys).sorted() {
            switch (before[key], after[key]) {
            case (let old?, nil):
                let ruling = now[key] ?? old
                changes[old.source, default: []].append(
                    CuratedChange(
                        Self.end(now[key]?.state), ruling, before: old.said,
                        after: ruling.feedNow.joined(separator: ", ")))
            case (nil, let new?):
                changes[new.source, default: []].append(
                    CuratedChange(
                        .applied, new, before: new.feedNow.joined(separator: ", "),
                        after: new.said))
            default: break
            }
        }
        return changes
    }

    /// Why a correction ended that is in this state now; in none when it no longer stands in a file.
    private static func end(_ state: CurationRuling.State?) -> CuratedChange.Kind {
        switch state {
        case nil, .inForce, .notYet: .withdrawn
        case .waiting: .unapproved
        case .expired: .expired
        case .takenOver: .takenOver
        case .conflict: .conflict
        case .unknown, .gone: .gone
        case .unusable: .unusable
        }
    }
}

extension CuratedChange {
    fileprivate init(_ kind: Kind, _ ruling: CurationRuling, before: String, after: String) {
        self.init(
            kind, course: ruling.course, offering: ruling.offering,
            provider: ruling.subject.provider, field: ruling.fieldName, before: before,
            after: after,
            author: ruling.author, partner: ruling.partner,
            approvedBy: ruling.approvals.map { "\($0.person) (\($0.partner))" },
            reason: ruling.reason, file: ruling.file, line: ruling.line)
    }
}
