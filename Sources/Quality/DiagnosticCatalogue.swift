import CourseModel

/// Every kind of fault that the program tells of, with its explanation.
public enum DiagnosticCatalogue {
    /// The explanations, by theme.
    public static let all: [DiagnosticExplanation] =
        records + texts + dates + prices + codes + places + gaps + addresses + markup + documents
        + schema + joint

    /// The explanation of a code; `nil` when there is no such code.
    public static func explanation(of code: DiagnosticCode) -> DiagnosticExplanation? {
        byCode[code]
    }

    /// The codes whose names are most like `name`, for whoever mistyped one.
    public static func suggestions(for name: String) -> [DiagnosticCode] {
        let words = Set(name.lowercased().split { !$0.isLetter })
        let scored = all.compactMap { explanation -> (code: DiagnosticCode, score: Int)? in
            let own = Set(explanation.code.name.split(separator: "-"))
            let shared = own.intersection(words).count
            return shared == 0 ? nil : (explanation.code, 2 * shared - own.count)
        }
        let best = scored.map(\.score).max()
        return scored.filter { $0.score == best }.map(\.code).sorted()
    }

    private static let byCode = Dictionary(all.map { ($0.code, $0) }) { first, _ in first }
}
