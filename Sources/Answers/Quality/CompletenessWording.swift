import Quality

/// How completeness is said to a person, in Dutch and English.
public struct CompletenessWording: Sendable {
    private let language: AnswerLanguage

    /// How completeness is said in a language.
    public init(language: AnswerLanguage) { self.language = language }

    /// `72 van 100`.
    public func score(_ score: Double) -> String {
        language(nl: "\(Int(score.rounded())) van 100", en: "\(Int(score.rounded())) of 100")
    }

    /// `prijs toevoegen bij 34 cursussen: +6,1`.
    public func gain(_ gain: FeedCompleteness.Gain) -> String {
        let name = name(gain.field)
        let points = points(gain.points)
        return gain.courses == 1
            ? language(
                nl: "\(name) toevoegen bij 1 cursus: \(points)",
                en: "add \(name) to 1 course: \(points)")
            : language(
                nl: "\(name) toevoegen bij \(gain.courses) cursussen: \(points)",
                en: "add \(name) to \(gain.courses) courses: \(points)")
    }

    /// `+6,1`.
    public func points(_ points: Double) -> String {
        let tenths = Int((points * 10).rounded())
        return tenths == 0
            ? language(nl: "+<0,1", en: "+<0.1")
            : "+\(tenths / 10)\(language(nl: ",", en: "."))\(tenths % 10)"
    }

    /// The name of what is missing, as it fits into a sentence.
    public func name(_ field: CompletenessField) -> String {
        switch field {
        case .description: language(nl: "omschrijving", en: "description")
        case .price: language(nl: "prijs", en: "price")
        case .start: language(nl: "begin", en: "start")
        case .place: language(nl: "plaats", en: "place")
        case .level: language(nl: "niveau", en: "level")
        case .skills: language(nl: "vaardigheden of trefwoorden", en: "skills or keywords")
        case .duration: language(nl: "duur of studielast", en: "duration or study load")
        case .mode: language(nl: "lesvorm", en: "mode of teaching")
        case .subjects: language(nl: "onderwerp", en: "subject")
        case .url: language(nl: "webpagina", en: "web page")
        case .language: language(nl: "voertaal", en: "language of instruction")
        case .audience: language(nl: "doelgroep", en: "audience")
        }
    }
}
