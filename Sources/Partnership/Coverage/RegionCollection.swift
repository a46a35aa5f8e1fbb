import Answers
import CourseModel
import Places

/// A GeoJSON feature collection (RFC 7946) of regions: their outlines, with what is told of each.
///
/// The outlines are drawn out of the centres of postcodes, so they are near the true borders, not on
/// them. A region without an outline has a null geometry.
struct RegionCollection<Properties: Encodable>: Encodable {
    struct Feature: Encodable {
        struct Geometry: Encodable {
            var type = "MultiPolygon"
            var coordinates: [[[[Double]]]]
        }
        var type = "Feature"
        var id: String
        var geometry: Nullable<Geometry>
        var properties: Properties
    }

    var type = "FeatureCollection"
    var generation: Int
    var day: String
    var features: [Feature]

    /// A collection.
    ///
    /// - Parameter rows: What is told of each region, in the order of `regions`.
    init(
        generation: Int, day: CalendarDate, _ regions: [Region], _ rows: [Properties],
        gazetteer: Gazetteer
    ) {
        self.generation = generation
        self.day = day.iso
        let map = RegionMap.of(gazetteer)
        var shapes: [RegionIndex: RegionMap.Shape] = [:]
        for kind in Set(regions.map(\.kind)) {
            for shape in map.shapes(kind) { shapes[shape.region.index] = shape }
        }
        func degrees(_ value: Double) -> Double { (value * 1e5).rounded() / 1e5 }
        features = zip(regions, rows).map { region, row in
            Feature(
                id: region.code,
                geometry: Nullable(
                    shapes[region.index].map { shape in
                        Feature.Geometry(
                            coordinates: RegionMap.multiPolygon(shape).map { polygon in
                                polygon.map { ring in
                                    ring.map { [degrees($0.longitude), degrees($0.latitude)] }
                                }
                            })
                    }), properties: row)
        }
    }
}
