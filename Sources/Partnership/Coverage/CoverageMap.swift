import Answers
import CourseModel
import Places

/// Coverage as a map.
public enum CoverageMap {
    /// An SVG of the regions of a kind, darker where an average postcode reaches more.
    public static func text(
        _ coverage: Coverage, kind: RegionKind, by mode: TravelMode, for audience: Audience?,
        gazetteer: Gazetteer, language: AnswerLanguage
    ) -> String {
        let minutes = Int(coverage.minutes.rounded())
        let way = CoverageWording.way(mode, language)
        let whom = audience.map { ", " + CoverageWording.audience($0, language) } ?? ""
        return RegionDrawing(
            heading: language(
                nl: "Wat er te leren is binnen bereik", en: "What can be learnt within reach"),
            title: language(
                nl: "Uitvoeringen binnen \(minutes) minuten \(way)\(whom), gemiddeld per postcode",
                en: "Offerings within \(minutes) minutes \(way)\(whom), mean over postcodes"),
            regions: RegionMap.of(gazetteer).shapes(kind).map { shape in
                (
                    shape,
                    coverage.reached(from: shape.region.index, by: mode, for: audience).total
                )
            }, number: { CoverageWording.number($0, language) }, language: language
        ).text
    }
}
