import Answers
import Matching
import Places

/// What is wrong with something that was filled in, in the language of the page and with what to do.
///
/// The API tells the same to programs, in English and by the names of parameters.
struct FaultWording {
    let language: AnswerLanguage
    /// Knows which places and regions may have been meant; `nil` before there is a catalogue.
    let gazetteer: Gazetteer?

    /// What is wrong with the value of a parameter.
    ///
    /// - Parameter value: What was filled in; `nil` when that is not known.
    func text(_ parameter: String, _ value: String?) -> String {
        let value = value.map { String($0.prefix(80)) } ?? ""
        switch parameter {
        case "near": return place(value)
        case "region": return region(value)
        case "provider":
            return language(
                nl: "Geen aanbieder heeft “\(value)” in zijn naam.",
                en: "No provider has “\(value)” in its name.")
        case "skill":
            return language(
                nl: "We kennen geen vaardigheid die “\(value)” heet.",
                en: "We know no skill called “\(value)”.")
        case "occupation":
            return language(
                nl: "We kennen geen beroep dat “\(value)” heet.",
                en: "We know no occupation called “\(value)”.")
        default: break
        }
        let what = language(
            nl: "“\(value)” begrijpen we niet bij “\(label(parameter))”.",
            en: "We do not understand “\(value)” at “\(label(parameter))”.")
        return hint(parameter).map { what + " " + $0 } ?? what
    }

    private func place(_ value: String) -> String {
        switch gazetteer?.resolve(value) {
        case .ambiguous(let places)?:
            return language(
                nl: "Er zijn meer plaatsen die “\(value)” heten. Kies ",
                en:
                    "There are several places called “\(value)”. Choose ")
                + choice(places.map(\.label)) + "."
        case .region(let region)?:
            return language(
                nl: "“\(value)” is een regio. Vul een plaats in, of zoek in \(region.label).",
                en: "“\(value)” is a region. Fill in a place, or search in \(region.label).")
        case .unknown(let near)?: return unknownPlace(value, near.map(\.label))
        case .found?, nil: return unknownPlace(value, [])
        }
    }

    private func unknownPlace(_ value: String, _ near: [String]) -> String {
        language(
            nl: "We kennen geen plaats die “\(value)” heet. ",
            en: "We know no place called “\(value)”. ")
            + (near.isEmpty
                ? language(
                    nl: "Vul een plaats of een postcode in.", en: "Fill in a town or a postcode.")
                : question(near))
    }

    private func region(_ value: String) -> String {
        switch gazetteer?.region(named: value) {
        case .ambiguous(let regions)?:
            return language(
                nl: "Er zijn meer regio’s die “\(value)” heten. Kies ",
                en:
                    "There are several regions called “\(value)”. Choose ")
                + choice(regions.map(\.label)) + "."
        case .unknown(let near)? where !near.isEmpty:
            return language(
                nl: "We kennen geen regio die “\(value)” heet. ",
                en: "We know no region called “\(value)”. ") + question(near.map(\.label))
        default:
            return language(
                nl: "We kennen geen regio die “\(value)” heet.",
                en: "We know no region called “\(value)”.")
        }
    }

    private func question(_ names: [String]) -> String {
        language(nl: "Bedoelde je ", en: "Did you mean ") + choice(Array(names.prefix(3))) + "?"
    }

    private func choice(_ names: [String]) -> String {
        PlainWords(language: language.reasons).choice(names)
    }

    /// What is wrong with an answer of a learner, by the question that was asked.
    ///
    /// - Parameter message: As the reader of profiles says it, in the language of the page.
    func text(_ field: String, saying message: String) -> String {
        language(nl: "Bij “\(label(field))”: ", en: "At “\(label(field))”: ") + message + "."
    }

    /// What a parameter is called on the page.
    private func label(_ parameter: String) -> String {
        switch parameter {
        case "q": language(nl: "Wat wil je leren?", en: "What do you want to learn?")
        case "within": language(nl: "Hoe ver", en: "How far")
        case "by": language(nl: "Hoe je reist", en: "How you travel")
        case "area": language(nl: "Gebied", en: "Area")
        case "level": language(nl: "Niveau", en: "Level")
        case "kind": language(nl: "Soort", en: "Kind")
        case "mode": language(nl: "Manier van leren", en: "Way of learning")
        case "language": language(nl: "Taal", en: "Language")
        case "audience": language(nl: "Voor wie", en: "For whom")
        case "max-price": language(nl: "Hoogste prijs", en: "Highest price")
        case "start-after": language(nl: "Begint na", en: "Starts after")
        case "start-before": language(nl: "Begint voor", en: "Starts before")
        case "max-weeks": language(nl: "Hoogstens zoveel weken", en: "At most so many weeks")
        case "sort": language(nl: "Volgorde", en: "Order")
        case "page": language(nl: "Bladzijde", en: "Page")
        case "money.budget": language(nl: "Wat het mag kosten", en: "What it may cost")
        case "time.hours-per-week": language(nl: "Uren per week", en: "Hours a week")
        case "time.start-before": language(nl: "Uiterlijk beginnen", en: "Start by")
        case "time.deadline": language(nl: "Uiterlijk klaar", en: "Finish by")
        case "time.free": language(nl: "Wanneer je kunt", en: "When you can")
        case "home.place": language(nl: "Waar woon je?", en: "Where do you live?")
        case "home.within": language(nl: "Hoe ver hoogstens?", en: "How far at most?")
        case "home.by": language(nl: "Hoe reis je?", en: "How do you travel?")
        case "work.place": language(nl: "Waar werk je?", en: "Where do you work?")
        case "future-work.place":
            language(nl: "Waar wil je gaan werken?", en: "Where do you want to work?")
        case "level.has":
            language(nl: "Welk niveau heb je nu?", en: "Which level do you have now?")
        case "preferences.must":
            language(nl: "Wat is een harde grens?", en: "Which is a hard limit?")
        case "preferences.modes":
            language(nl: "Hoe wil je leren?", en: "How do you want to learn?")
        case "money.funding":
            language(nl: "Wie betaalt misschien mee?", en: "Who may pay too?")
        case "skills.wants": language(nl: "Wat wil je leren?", en: "What do you want to learn?")
        case "skills.has": language(nl: "Wat kun je al?", en: "What can you do already?")
        default: parameter
        }
    }

    /// How it is written.
    private func hint(_ parameter: String) -> String? {
        switch parameter {
        case "within":
            language(
                nl: "Schrijf een afstand of een tijd, zoals 15km of 30min.",
                en: "Write a distance or a time, such as 15km or 30min.")
        case "level":
            language(nl: "Schrijf een getal van 1 tot en met 8.", en: "Write a number from 1 to 8.")
        case "max-price":
            language(nl: "Schrijf een bedrag in euro, zoals 250.", en: "Write euros, such as 250.")
        case "start-after", "start-before":
            language(
                nl: "Schrijf een dag, zoals 2027-01-31; de eerste dag ligt voor de laatste.",
                en: "Write a day, such as 2027-01-31; the first day lies before the last.")
        case "audience":
            language(nl: "Kies een van de antwoorden.", en: "Choose one of the answers.")
        case "max-weeks", "page":
            language(nl: "Schrijf een heel getal vanaf 1.", en: "Write a whole number from 1.")
        default: nil
        }
    }
}
