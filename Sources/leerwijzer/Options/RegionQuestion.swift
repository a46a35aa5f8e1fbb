import ArgumentParser
import CourseModel
import Matching
import Partnership
import Places
import SearchIndex

/// The filters of a report about regions: which of them say where people are and how far they go, and
/// which say what offerings count.
struct RegionQuestion {
    /// Which offerings count.
    let query: Query
    /// The region that is asked about; `nil` for all of a kind.
    let region: Places.Region?
    /// For whom; `nil` for everyone.
    let audience: Audience?
    /// How people travel that details are told of.
    let mode: TravelMode
    /// How long people travel at most.
    let minutes: Double
    /// Whether every offering counts that can be taken up.
    let isPlain: Bool

    /// Which offerings count for the audience that is asked about.
    var queryForAudience: Query {
        var query = query
        query.audiences = audience.map { [$0] } ?? []
        return query
    }

    static func validate(_ filters: FilterOptions) throws {
        guard filters.near == nil, filters.area == nil else {
            throw ValidationError(
                "this report looks from every postcode; --near and --area have no meaning here")
        }
        guard filters.audience.count <= 1 else {
            throw ValidationError("--audience takes one audience here; leave it out for all")
        }
    }

    /// - Throws: `FilterFault`.
    init(_ options: FilterOptions, _ reader: FilterReader) throws {
        var own = try options.filters(words: [])
        var place = Filters()
        place.region = own.region
        place.audience = own.audience
        let asked = try reader.query(place)
        region = asked.region
        audience = asked.query.audiences.first
        mode = try Self.mode(own.by)
        minutes = try Self.minutes(own.within, mode)
        (own.region, own.by, own.within, own.audience) = (nil, nil, nil, [])
        isPlain = own == Filters()
        query = try reader.query(own).query
    }

    private static func mode(_ text: String?) throws -> TravelMode {
        guard let text else { return .bike }
        guard let mode = TravelMode(text) else {
            throw FilterFault(
                "by",
                "“\(text)” is no way to travel; write one of "
                    + TravelMode.allCases.map(\.rawValue).joined(separator: ", "))
        }
        return mode
    }

    private static func minutes(_ text: String?, _ mode: TravelMode) throws -> Double {
        guard let text else { return CoverageLedger.minutes }
        do {
            guard case .time(let minutes, _) = try Reach(text, by: mode) else {
                throw FilterFault("within", "takes minutes here, such as 30min")
            }
            guard minutes <= 240 else {
                throw FilterFault("within", "takes at most 240min here")
            }
            return minutes
        } catch let error as ReachError {
            throw FilterFault("within", error.description)
        }
    }
}
