import Ingest
import OSRMRouter
import Places

extension Catalogue {
    /// Travel times, of the router that `catalog.toml` names where it names one.
    var travelTimes: TravelTimes { workspace.configuration.router.travelTimes }
}

extension RouterSettings? {
    /// Travel times of the router; estimates where there is none.
    var travelTimes: TravelTimes {
        TravelTimes(
            router: map { settings in
                OSRMRouter(
                    servers: settings.servers.mapValues {
                        .init(address: $0.url, profile: $0.profile)
                    },
                    seconds: settings.seconds, coordinates: settings.coordinates)
            })
    }
}
