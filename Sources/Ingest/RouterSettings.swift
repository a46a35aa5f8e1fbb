import Places
import Settings

/// The `[router]` of `catalog.toml`: who knows true travel times, one server for each way to travel.
///
/// ```toml
/// [router]
/// seconds = 5          # for all times from one point, 0.1–60
/// coordinates = 100    # points in one request, as the server allows
/// [router.car]
/// url = "http://localhost:5000"
/// profile = "driving"
/// ```
public struct RouterSettings: Hashable, Sendable {
    /// A server.
    public struct Server: Hashable, Sendable {
        /// Its address, without `/table`.
        public var url: String
        /// The profile that it is asked for.
        public var profile: String
    }

    /// The server for each way to travel that has one; at least one.
    public var servers: [TravelMode: Server]
    /// Seconds that all requests for the times from one point may take together.
    public var seconds: Double
    /// How many points one request may hold.
    public var coordinates: Int

    /// Reads the table; faults are noted in it.
    init?(_ table: SettingsTable) {
        seconds = table.number("seconds", in: 0.1...60) ?? 5
        coordinates = table.integer("coordinates", in: 2...10_000) ?? 100
        servers = [:]
        for mode in TravelMode.allCases {
            guard let entry = table.table(mode.rawValue) else { continue }
            let profile = entry.string("profile")
            guard let url = entry.string("url") else {
                entry.missing("url", "give the server’s address, such as http://localhost:5000")
                continue
            }
            guard url.hasPrefix("http://") || url.hasPrefix("https://") else {
                entry.fault("url", "“\(url)” is no address; begin it with http:// or https://")
                continue
            }
            let usual = [TravelMode.car: "driving", .bike: "cycling", .foot: "walking"]
            servers[mode] = Server(url: url, profile: profile ?? usual[mode] ?? mode.rawValue)
        }
        guard !servers.isEmpty else {
            table.missing(
                TravelMode.car.rawValue,
                "name a server under [router.car], [router.bike], [router.foot] or "
                    + "[router.transit], or leave [router] out")
            return nil
        }
    }
}
