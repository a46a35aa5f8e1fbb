import Settings

/// The `[duplicates]` of `catalog.toml`: when courses of several sources are merged.
///
/// ```toml
/// [duplicates]
/// merge = true        # else they are only told
/// max-doubt = 0.02    # the chance of being wrong up to which two are merged, 0–0.5
/// ```
public struct DuplicateSettings: Hashable, Sendable {
    /// Whether courses that are the same stand once in searches.
    public var merges: Bool
    /// The chance of being wrong up to which two courses are merged, 0...0.5.
    public var mostDoubt: Double

    /// What holds when nothing is said.
    public static let usual = DuplicateSettings(merges: true, mostDoubt: 0.02)

    init(merges: Bool, mostDoubt: Double) {
        self.merges = merges
        self.mostDoubt = mostDoubt
    }

    /// Reads the table; faults are noted in it.
    init(_ table: SettingsTable) {
        merges = table.boolean("merge") ?? Self.usual.merges
        mostDoubt = table.number("max-doubt", in: 0...0.5) ?? Self.usual.mostDoubt
    }
}
