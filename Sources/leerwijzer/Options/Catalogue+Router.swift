import Ingest
import OSRMRouter
import Places

extension Catalogue {
    /// The router that `catalog.toml` names.
    var router: (any Router)? {
        guard let settings = workspace.configuration.router else { return nil }
        return OSRMRouter(
            servers: settings.servers.mapValues { .init(address: $0.url, profile: $0.profile) },
            seconds: settings.seconds, coordinates: settings.coordinates)
    }
}
