import CourseModel
import Matching
import Places
import SearchIndex

/// Makes rows for people and machines out of hits of the index.
public struct ResultRows: Sendable {
    private let index: IndexReader
    private let understood: UnderstoodFilters
    private let language: AnswerLanguage

    /// Rows out of an index, for a query as it was understood, in a language.
    public init(index: IndexReader, understood: UnderstoodFilters, language: AnswerLanguage) {
        self.index = index
        self.understood = understood
        self.language = language
    }

    /// The rows of a search, in its order.
    ///
    /// - Throws: ``IndexError`` when the index is damaged.
    public func rows(of results: SearchResults) throws -> [ResultRow] {
        if let center = understood.query.near?.center {
            var places: [Coordinates] = []
            for hit in results.hits {
                if let place = try place(of: hit) { places.append(place) }
            }
            understood.travel.lookUp(from: center, to: places, by: travelMode)
        }
        return try results.hits.map { try row(of: $0) }
    }

    private var travelMode: TravelMode { understood.travelMode ?? .bike }

    private func place(of hit: Hit) throws -> Coordinates? {
        let places = try index.stored(offering: hit.offering).places
        return places.indices.contains(hit.venue) ? places[hit.venue].coordinates : nil
    }

    /// The row of a hit.
    ///
    /// - Throws: ``IndexError`` when the index is damaged.
    public func row(of hit: Hit) throws -> ResultRow {
        var time: TravelTimes.Time?
        if let center = understood.query.near?.center, hit.metres != nil,
            let place = try place(of: hit)
        {
            time = understood.travel.time(from: center, to: place, by: travelMode)
        }
        var row = try row(
            offering: hit.offering, venue: hit.venue, kilometres: hit.metres.map { $0 / 1000 },
            minutes: time?.minutes.map { Int($0.rounded(.up)) }, score: Double(hit.score))
        row.travelIsRouted = time?.isRouted ?? false
        if understood.query.groupsByCourse { row.alternatives = hit.offeringsOfCourse - 1 }
        return row
    }

    /// The row of an offering.
    ///
    /// - Parameters:
    ///   - number: The offering's number in the index.
    ///   - venue: Which of its places to show.
    /// - Throws: ``IndexError`` when the index is damaged.
    public func row(
        offering number: Int, venue: Int, kilometres: Double?, minutes: Int?, score: Double
    ) throws -> ResultRow {
        let course = try index.stored(course: index.course(ofOffering: number))
        let offering = try index.stored(offering: number)
        let place = offering.places.indices.contains(venue) ? offering.places[venue] : nil
        return ResultRow(
            course: course.id, offering: offering.id,
            title: language(
                nl: offering.title ?? course.title,
                en: offering.englishTitle ?? course.englishTitle),
            provider: course.providerName, kind: course.kind, level: course.level,
            statedLevel: course.levelName, start: offering.start, end: offering.end,
            modes: DeliveryMode.allCases.filter { offering.modes.contains($0) },
            place: place.map(\.label).flatMap { $0.isEmpty ? nil : $0 }
                ?? self.place(modes: offering.modes),
            coordinates: place?.coordinates, distanceInKilometres: kilometres,
            travelMinutes: minutes, price: offering.price, includesVAT: offering.includesVAT,
            status: offering.status, url: offering.url ?? course.url, score: score)
    }

    /// The row of a match.
    ///
    /// - Throws: ``IndexError`` when the index is damaged.
    public func row(of match: Match) throws -> ResultRow {
        var row = try row(
            offering: match.offering, venue: 0, kilometres: match.travel.map { $0.metres / 1000 },
            minutes: match.travel.map { Int($0.minutes.rounded(.up)) }, score: match.score)
        row.travelIsRouted = match.travel?.isRouted ?? false
        return row
    }

    private func place(modes: Set<DeliveryMode>) -> String {
        if modes.contains(.workplace) {
            return language(nl: "op je werkplek", en: "at your workplace")
        }
        if !modes.isDisjoint(with: [.online, .distance]) { return "online" }
        return language(nl: "onbekend", en: "not known")
    }
}
