import CourseModel
import Settings

/// The `[curation]` of `catalog.toml`: who has to approve a correction before it counts.
///
/// ```toml
/// [curation]
/// approvals = 1                               # people of other partners than the author's; else 0
/// approvers = ["coordinator", "sector-body"]  # partners whose people may, by role; else all
/// ```
public struct CurationSettings: Hashable, Sendable {
    /// How many people of other partners have to approve, 0...9.
    public var approvals: Int
    /// The roles of partners whose people may; empty for all.
    public var approvers: [Partner.Role]

    /// What holds when nothing is said: an author's word is enough.
    public static let usual = CurationSettings(approvals: 0, approvers: [])

    /// Who has to approve.
    public init(approvals: Int, approvers: [Partner.Role] = []) {
        self.approvals = approvals
        self.approvers = approvers
    }

    /// Reads the table; faults are noted in it.
    init(_ table: SettingsTable) {
        approvals = table.integer("approvals", in: 0...9) ?? Self.usual.approvals
        approvers = table.choices("approvers", of: Partner.Role.self)
    }
}
