import CourseModel
import Feeds
import Foundation
import TestSupport
import Testing

@Suite("GeoJSON (RFC 7946)")
struct GeoJSONTests {
    private func features(_ bytes: [UInt8]) throws -> [[String: Any]] {
        let whole = try #require(
            try JSONSerialization.jsonObject(with: Data(bytes)) as? [String: Any])
        #expect(whole["type"] as? String == "FeatureCollection")
        return try #require(whole["features"] as? [[String: Any]])
    }

    @Test("every offering is a feature, and so is a course without offerings", arguments: 1...4)
    func complete(seed: UInt64) throws {
        let drawn = DrawnCatalogue(seed: seed)
        let features = try features(try Written.bytes(GeoJSON.self, drawn))
        let ids = drawn.records.flatMap { record in
            record.offerings.isEmpty
                ? [record.course.id.value] : record.offerings.map(\.id.value)
        }
        #expect(features.compactMap { $0["id"] as? String } == ids)
        for feature in features {
            #expect(feature["type"] as? String == "Feature")
            #expect(feature["properties"] is [String: Any])
            guard let geometry = feature["geometry"] as? [String: Any] else {
                #expect(feature["geometry"] is NSNull)
                continue
            }
            let single = geometry["type"] as? String == "Point"
            let points =
                single
                ? [geometry["coordinates"] as? [Double] ?? []]
                : geometry["coordinates"] as? [[Double]] ?? []
            #expect(single ? points.count == 1 : points.count > 1)
            for point in points {
                #expect(point.count == 2)
                #expect((-180...180).contains(point[0]) && (-90...90).contains(point[1]))
            }
        }
        #expect(try self.features(Written.bytes(GeoJSON.self, providers: [], records: [])).isEmpty)
    }

    @Test("longitude comes first, and what the catalogue knows of a place goes before the feed")
    func points() throws {
        let record = try Sample.record(id: "C1")
        let plain = try features(
            Written.bytes(GeoJSON.self, providers: [Sample.provider], records: [record]))
        let geometry = plain.first?["geometry"] as? [String: Any]
        #expect(geometry?["coordinates"] as? [Double] == [5.17, 52.03])
        let properties = plain.first?["properties"] as? [String: Any]
        #expect(properties?["provider"] as? String == "Veldschool")
        #expect(properties?["place"] as? String == "Houten")
        #expect((properties?["price"] as? [String: Any])?["amount"] as? String == "660.00")
        #expect(properties?["level"] is NSNull)
        let writer = try GeoJSONWriter(to: .memory, context: Written.context)
        let known = try [(52.1, 5.1), (52.2, 5.2)].map {
            try #require(Coordinates(latitude: $0.0, longitude: $0.1))
        }
        try writer.write(
            record, known: CatalogueFacts(points: [record.offerings[0].id: known]))
        let placed = try features(try writer.finish().bytes ?? [])
        #expect((placed.first?["geometry"] as? [String: Any])?["type"] as? String == "MultiPoint")
    }
}
