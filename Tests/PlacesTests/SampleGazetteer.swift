import Places
import Testing

/// The gazetteer of the workspace, loaded once for all tests.
enum SampleGazetteer {
    /// The package's `catalog/places`.
    static let folder: String = {
        let root = #filePath.split(separator: "/").dropLast(3).joined(separator: "/")
        return "/" + root + "/catalog/places"
    }()

    private static let loaded = Result { try Gazetteer.load(folder: folder) }

    static func load() throws -> Gazetteer { try loaded.get() }
}

extension PlaceResolution {
    /// The label of the only place found.
    var label: String? { if case .found(let place) = self { place.label } else { nil } }
    /// The place, when one is found.
    var place: Place? { if case .found(let place) = self { place } else { nil } }
    /// The labels of several places.
    var choices: [String]? {
        if case .ambiguous(let places) = self { places.map(\.label) } else { nil }
    }
    /// The labels of suggestions.
    var suggestions: [String]? {
        if case .unknown(let places) = self { places.map(\.label) } else { nil }
    }
}
