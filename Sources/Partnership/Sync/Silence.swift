import CourseModel
import Ingest
import Storage

/// A source of which nothing good was heard for longer than it may be.
public struct Silence: Hashable, Sendable {
    /// The source.
    public var source: ID<Source>
    /// Its last good run; `nil` when there never was one.
    public var since: Moment?
    /// Seconds that it may be silent.
    public var allowed: Int

    /// The sources that are silent now, in the order of `catalog.toml`.
    ///
    /// A source that was never tried is not silent: nobody asked it anything. A run that is held
    /// breaks no silence either, since nothing of it is in the catalogue.
    public static func all(
        _ sources: [SourceStatus], _ configuration: CatalogConfiguration, now: Moment
    ) -> [Silence] {
        configuration.sources.compactMap { source in
            guard let status = sources.first(where: { $0.source.id == source.id }) else {
                return nil
            }
            let allowed = configuration.fetching(of: source.id).silentAfter
            let since = status.lastGoodRun?.startedAt
            guard now.secondsSince1970 - (since?.secondsSince1970 ?? 0) > Int64(allowed) else {
                return nil
            }
            return Silence(source: source.id, since: since, allowed: allowed)
        }
    }
}
