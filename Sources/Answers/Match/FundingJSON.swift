import CourseModel
import Matching

/// What machines can rely on of a scheme that the learner named and the course accepts.
public struct FundingJSON: Encodable {
    var scheme: String
    var name: Nullable<String>
    var applies: Bool
    /// What it pays, for all who learn together; `null` when that is not known.
    var pays: Nullable<String>
    var source: Nullable<String>
    var checked: Nullable<String>
    /// Why it does not apply.
    var why: [String]

    init(_ trace: FundingTrace, language: ReasonLanguage) {
        scheme = trace.scheme.name
        name = Nullable(trace.rule.map { language == .dutch ? $0.name.dutch : $0.name.english })
        applies = trace.applies
        pays = Nullable(trace.contribution.map(Self.amount))
        source = Nullable(trace.rule?.source)
        checked = Nullable(trace.rule?.checked.iso)
        why = trace.obstacles.map { $0.text(in: language) }
    }

    /// What is left to pay, through which scheme, and who says so.
    public struct Net: Encodable {
        var amount: String
        var currency = "EUR"
        var scheme: String
        var name: String
        var source: String
        var checked: String

        init(_ net: NetPrice, language: ReasonLanguage) {
            amount = FundingJSON.amount(net.cents)
            scheme = net.rule.scheme.name
            name = language == .dutch ? net.rule.name.dutch : net.rule.name.english
            source = net.rule.source
            checked = net.rule.checked.iso
        }
    }

    static func amount(_ cents: Int) -> String {
        FixedDecimal(scaled: Int64(cents) * 100).text(minimumPlaces: 2)
    }
}
