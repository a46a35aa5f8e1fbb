import Places

/// How a reach is said.
public enum ReachText {
    /// `within 15 km`, `within 30 min by bike`.
    public static func text(_ reach: Reach, _ language: AnswerLanguage) -> String {
        switch reach {
        case .distance(let metres):
            let tenths = Int((metres / 100).rounded())
            let places = tenths % 10 == 0 ? "" : (language == .nl ? "," : ".") + "\(tenths % 10)"
            return language(nl: "binnen ", en: "within ") + "\(tenths / 10)\(places) km"
        case .time(let minutes, let mode):
            let way =
                switch mode {
                case .foot: language(nl: "lopen", en: "on foot")
                case .bike: language(nl: "fietsen", en: "by bike")
                case .transit: language(nl: "met het ov", en: "by public transport")
                case .car: language(nl: "met de auto", en: "by car")
                }
            return language(nl: "binnen ", en: "within ") + "\(Int(minutes.rounded())) min \(way)"
        }
    }
}
