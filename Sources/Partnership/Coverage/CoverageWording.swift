import Answers
import CourseModel
import Places
import SearchIndex

/// How parts of coverage are said to a person.
public enum CoverageWording {
    /// `by bicycle`.
    public static func way(_ mode: TravelMode, _ language: AnswerLanguage) -> String {
        switch mode {
        case .foot: language(nl: "lopen", en: "on foot")
        case .bike: language(nl: "fietsen", en: "by bicycle")
        case .transit: language(nl: "met het ov", en: "by public transport")
        case .car: language(nl: "met de auto", en: "by car")
        }
    }

    /// `workers`; everyone for `nil`.
    public static func audience(_ audience: Audience?, _ language: AnswerLanguage) -> String {
        switch audience {
        case nil: language(nl: "iedereen", en: "everyone")
        case .pupil: language(nl: "scholieren", en: "pupils")
        case .student: language(nl: "studenten", en: "students")
        case .worker: language(nl: "werkenden", en: "workers")
        case .jobSeeker: language(nl: "werkzoekenden", en: "job seekers")
        case .team: language(nl: "teams", en: "teams")
        }
    }

    /// `labour-market regions`.
    public static func regions(_ kind: RegionKind, _ language: AnswerLanguage) -> String {
        switch kind {
        case .municipality: language(nl: "gemeenten", en: "municipalities")
        case .province: language(nl: "provincies", en: "provinces")
        case .labourRegion: language(nl: "arbeidsmarktregio’s", en: "labour-market regions")
        case .corop: language(nl: "COROP-gebieden", en: "COROP areas")
        }
    }

    /// `€1–100`.
    public static func price(_ band: PriceBand, _ language: AnswerLanguage) -> String {
        switch band {
        case .free: language(nl: "gratis", en: "free")
        case .unknown: language(nl: "onbekend", en: "not known")
        case .above5000: language(nl: "meer dan € 5.000", en: "more than €5,000")
        default:
            language(
                nl: "tot € \(thousands(band.limit ?? 0, "."))",
                en: "to €\(thousands(band.limit ?? 0, ","))")
        }
    }

    /// A mean as people read it: tenths below 100, whole above.
    public static func number(_ value: Double, _ language: AnswerLanguage) -> String {
        let tenths = Int((value * 10).rounded())
        guard tenths < 1000, tenths % 10 != 0 else { return "\(Int(value.rounded()))" }
        return "\(tenths / 10)\(language(nl: ",", en: "."))\(tenths % 10)"
    }

    /// How far a target is, in a sentence.
    public static func progress(
        _ progress: TargetProgress, since first: Double?, _ language: AnswerLanguage
    ) -> String {
        func percent(_ share: Double) -> String { "\(Int((share * 100).rounded(.down)))%" }
        let target = progress.target
        let state =
            progress.isMet
            ? language(nl: "gehaald", en: "reached") : language(nl: "nog niet", en: "not yet")
        var text = language(
            nl: "\(target.name): \(state) – \(percent(progress.share)) van de postcodes bereikt "
                + "\(target.offerings) of meer (doel \(percent(target.share))",
            en: "\(target.name): \(state) – \(percent(progress.share)) of the postcodes reach "
                + "\(target.offerings) or more (target \(percent(target.share))")
        if let until = target.until {
            let day = Wording(language: language).date(until)
            text += language(nl: " uiterlijk \(day)", en: " by \(day)")
        }
        text += ")"
        if let first, percent(first) != percent(progress.share) {
            text += language(nl: ", was \(percent(first))", en: ", was \(percent(first))")
        }
        return text
    }

    private static func thousands(_ number: Int, _ separator: String) -> String {
        let hundreds = String(number % 1000 + 1000).dropFirst()
        return number < 1000 ? "\(number)" : "\(number / 1000)\(separator)\(hundreds)"
    }
}
