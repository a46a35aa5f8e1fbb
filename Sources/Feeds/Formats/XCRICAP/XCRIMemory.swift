import CourseModel
import XMLStream

/// What elements of a feed were found to mean, so that what stands in offering after offering is
/// read once.
///
/// Only what was read without a diagnostic is remembered, since a diagnostic names the place.
/// Belongs to one thread.
final class XCRIMemory {
    var dates = ElementMemo<XCRITemporal>(places: 2048)
    var durations = ElementMemo<CourseDuration?>(places: 256)
    var modes = ElementMemo<XCRIModes>(places: 256)
    var languages = ElementMemo<LanguageTag>(places: 64)
    var places = ElementMemo<XCRIPlaces>(places: 256)
    var prices = ElementMemo<Price>(places: 1024)
    var venues = ElementMemo<TeachingPlace?>(places: 512)
    var credits = ElementMemo<StudyLoad.Credit?>(places: 256)
    private var levels: [LevelText: Level?] = [:]

    private var lastPostcode: (text: String, country: String?)?

    private struct LevelText: Hashable {
        var text: String
        var framework: LevelFramework?
    }

    /// What ``parseLevel(_:framework:)`` makes of a text.
    func level(_ text: String, framework: LevelFramework?) -> Level? {
        let key = LevelText(text: text, framework: framework)
        if let known = levels[key] { return known }
        let level = parseLevel(text, framework: framework)
        if levels.count >= 256 { levels = [:] }
        levels[key] = .some(level)
        return level
    }

    /// The country that a postcode gives away.
    func country(of postcode: String) -> String? {
        if let last = lastPostcode, last.text == postcode { return last.country }
        let country = PostcodeCountry.of(postcode)
        lastPostcode = (postcode, country)
        return country
    }
}
