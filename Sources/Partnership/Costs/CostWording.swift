import Answers
import CourseModel
import Matching

/// How costs are said to a person, in Dutch and English.
public struct CostWording: Sendable {
    private let language: AnswerLanguage
    private let wording: Wording

    /// How costs are said in a language.
    public init(language: AnswerLanguage) {
        self.language = language
        wording = Wording(language: language)
    }

    /// An amount of euro cents; `gratis` for none.
    public func amount(_ cents: Int) -> String {
        wording.price(
            Money(FixedDecimal(scaled: Int64(cents) * 100), .euro), includesVAT: nil)
    }

    /// The price, with what is to be known of VAT.
    public func price(_ cost: OfferingCost) -> String {
        amount(cost.cents)
            + (cost.excludesVAT && cost.cents > 0 ? language(nl: " ex btw", en: " ex VAT") : "")
    }

    /// `€ 12,50 (van 40 uur)`; `nil` when the hours are not known or it is free.
    public func perHour(_ cost: OfferingCost) -> String? {
        guard cost.cents > 0, let cents = cost.centsPerHour, let hours = cost.hours else {
            return nil
        }
        return amount(cents) + " (" + basis(hours) + ")"
    }

    private func basis(_ hours: StudyHours) -> String {
        let number = Int(hours.hours.rounded())
        return switch hours.basis {
        case .stated: language(nl: "\(number) uur", en: "\(number) hours")
        case .credits:
            language(nl: "\(number) uur, naar de EC’s", en: "\(number) hours, by its credits")
        case .weekly:
            language(nl: "\(number) uur, naar uren per week", en: "\(number) hours, by its week")
        case .contact:
            language(
                nl: "\(number) lesuren, zonder zelfstudie", en: "\(number) hours of teaching only")
        }
    }

    /// `€ 330 als het Scholingsfonds zijn deel betaalt (stand 1 nov 2026)`; `nil` without a scheme.
    public func net(_ cost: OfferingCost) -> String? {
        guard let net = cost.net else { return nil }
        let name = language(nl: net.rule.name.dutch, en: net.rule.name.english)
        let date = wording.date(net.rule.checked)
        return language(
            nl: "\(amount(net.cents)) als \(name) meebetaalt (stand \(date))",
            en: "\(amount(net.cents)) if \(name) pays its part (as of \(date))")
    }

    /// `Snoeien, € 200 minder, ~17 min verder`: what can stand in for a course.
    ///
    /// - Parameter title: The other course's title.
    public func equivalent(
        _ found: Equivalents.Equivalent, title: String, insteadOf cost: OfferingCost
    ) -> String {
        let saved = amount(cost.cents - found.cents)
        let share = Int((found.share * 100).rounded())
        let way =
            found.minutes.map { minutes in
                let minutes = Int(minutes.rounded(.up))
                return language(nl: "op ~\(minutes) minuten", en: "~\(minutes) minutes away")
            } ?? language(nl: "zonder reis", en: "without travel")
        return language(
            nl: "\(title): \(saved) minder, \(share)% van de vaardigheden, \(way)",
            en: "\(title): \(saved) less, \(share)% of the skills, \(way)")
    }
}
