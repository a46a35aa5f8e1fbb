import CourseModel
import Places
import TestSupport
import Testing

@Suite("Areas drawn as polygons")
struct AreaTests {
    private func area(_ text: String) throws(PlacesError) -> Area {
        try Area(geoJSON: Array(text.utf8), file: "area.geojson")
    }

    private func isInside(_ area: Area, _ latitude: Double, _ longitude: Double) throws -> Bool {
        area.contains(try #require(Coordinates(latitude: latitude, longitude: longitude)))
    }

    private let square = "[[[5,52],[6,52],[6,53],[5,53],[5,52]]]"

    @Test("a polygon holds the points inside it")
    func polygon() throws {
        let area = try area(#"{"type":"Polygon","coordinates":\#(square)}"#)
        #expect(try isInside(area, 52.5, 5.5))
        #expect(try !isInside(area, 52.5, 6.5))
        #expect(try !isInside(area, 51.9, 5.5))
        #expect(area.boundingBox == BoundingBox(south: 52, west: 5, north: 53, east: 6))
    }

    @Test("a hole is outside, an island in it inside")
    func holes() throws {
        let hole = "[[5.2,52.2],[5.8,52.2],[5.8,52.8],[5.2,52.8],[5.2,52.2]]"
        let island = "[[[5.4,52.4],[5.6,52.4],[5.6,52.6],[5.4,52.6]]]"
        let area = try area(
            #"""
            {"type":"MultiPolygon","coordinates":[
              [[[5,52],[6,52],[6,53],[5,53],[5,52]],\#(hole)],
              \#(island)
            ]}
            """#)
        #expect(try isInside(area, 52.1, 5.1))
        #expect(try !isInside(area, 52.3, 5.3))
        #expect(try isInside(area, 52.5, 5.5))
    }

    @Test("features, collections, names, heights and escapes are read through")
    func wrapped() throws {
        let area = try area(
            #"""
            {"type":"FeatureCollection","name":"een \"streek\" \u00e9\ud83d\ude00\n",
             "features":[
              {"type":"Feature","properties":{"a":null,"b":[true,false,-1.5e3]},
               "geometry":{"type":"Polygon","coordinates":[[[5,52,1],[6,52,1],[6,53,1],[5,52,1]]]}},
              {"type":"Feature","properties":null,"geometry":null},
              {"type":"Feature","geometry":{"type":"GeometryCollection","geometries":[
                {"type":"Point","coordinates":[4,51]},
                {"type":"Polygon","coordinates":\#(square)}]}}]}
            """#)
        #expect(try isInside(area, 52.5, 5.5))
        #expect(try !isInside(area, 51, 4))
    }

    @Test(
        "a file that is no area says what is wrong and where",
        arguments: [
            ("", "area.geojson:1: not JSON: it ends too early"),
            ("{\"type\":\n\n}", "area.geojson:3: not JSON: a value is missing or is no number"),
            (#"{"a":1}"#, "area.geojson:1: this is not GeoJSON: an object has no “type”"),
            (#"{"type":"Topology"}"#, "area.geojson:1: “Topology” is no type of GeoJSON"),
            (
                #"{"type":"Point","coordinates":[5,52]}"#,
                "area.geojson:1: the file holds no Polygon and no MultiPolygon"
            ),
            (
                #"{"type":"Polygon","coordinates":[[[5,52],[6,52],[5,52]]]}"#,
                "area.geojson:1: a ring of a Polygon has fewer than three different points"
            ),
            (
                #"{"type":"Polygon","coordinates":[[[155000,463000],[1,2],[3,4]]]}"#,
                "area.geojson:1: [155000.0, 463000.0] is not in degrees; convert the file to "
                    + "WGS 84 (EPSG:4326), as GeoJSON asks"
            ),
            (
                #"{"type":"Polygon","coordinates":[[[52,5],[52,6],[53,6]]]}"#,
                "area.geojson:1: [52.0, 5.0] has the latitude first; GeoJSON asks for the "
                    + "longitude first"
            ),
            (
                #"{"type":"Polygon"} x"#,
                "area.geojson:1: not JSON: nothing may follow the JSON value"
            ),
            (
                String(repeating: "[", count: 1_000_000),
                "area.geojson:1: not JSON: it is nested deeper than 32 levels"
            ),
        ])
    func faults(text: String, message: String) {
        #expect { try area(text) } throws: { "\($0)" == message }
    }

    @Test("a cut or damaged file is refused or read, never worse")
    func damaged() {
        let text = Array(#"{"type":"Polygon","x":"\u00e9\"","coordinates":\#(square)}"#.utf8)
        for end in text.indices {
            #expect(throws: PlacesError.self) {
                try Area(geoJSON: Array(text[..<end]), file: "cut.geojson")
            }
            for byte: UInt8 in [0, 34, 44, 91, 93, 123, 125, 255] {
                var changed = text
                changed[end] = byte
                _ = try? Area(geoJSON: changed, file: "changed.geojson")
            }
        }
    }

    @Test("a missing file and a folder say so")
    func missing() {
        #expect { try Area(file: "/nowhere/area.geojson") } throws: {
            "\($0)" == "/nowhere/area.geojson: cannot be read: No such file or directory"
        }
        #expect { try Area(file: "/tmp") } throws: {
            "\($0)" == "/tmp: cannot be read: it is a folder"
        }
    }

    @Test(
        "the official outline of a province holds the postcodes of that province",
        .enabled(
            if: SharedFiles.path("data/places/provinces-2025.geojson") != nil,
            "the outlines are not there"))
    func provinces() throws {
        let file = try #require(SharedFiles.path("data/places/provinces-2025.geojson"))
        let country = try Area(file: file)
        let gazetteer = try SampleGazetteer.load()
        let outside = try gazetteer.allPostcodes.filter {
            !country.contains(try #require(gazetteer.coordinates(pc4: $0)))
        }
        // The outline is generalised: a few centres on the coast and the border fall outside.
        #expect(outside.count < 10, "\(outside)")
    }
}
