import Settings

/// The `[retention]` of `catalog.toml`: how long what is past is kept.
///
/// ```toml
/// [retention]
/// history-days = 730
/// ```
public struct RetentionSettings: Hashable, Sendable {
    /// The numbers of days that can be kept.
    public static let days = 0...36_500

    /// For how many days earlier versions, and what left, are kept; `nil` for ever.
    public var historyDays: Int?

    /// Everything is kept.
    public init() {}

    init(_ entry: SettingsTable) {
        historyDays = entry.integer("history-days", in: Self.days)
        if !entry.has("history-days") {
            entry.missing("history-days", "give the number of days that history is kept")
        }
    }
}
