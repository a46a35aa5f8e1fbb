import Matching

/// A question of the interview for a profile.
struct ProfileQuestion {
    /// How an answer is written down and checked.
    enum Form {
        /// One text.
        case text
        /// An amount of euro.
        case euros
        /// Several, with commas between them.
        case list
        /// A number.
        case number
        /// One of these words, or its number in the list.
        case choice([Choice])
        /// Any of these words or their numbers, with commas between them.
        case choices([Choice])
        /// The same, or words that are not listed and that the profile may know all the same.
        case words([Choice])
        /// Job titles or skills, looked up at once.
        case occupation, skills
        /// A place, looked up at once.
        case place
    }

    /// A word of the profile with how it is called.
    struct Choice {
        let word: String
        let nl: String
        let en: String
        /// Offered only when one of these fields was filled; always when there are none.
        var fields: [String] = []
    }

    /// The field that it fills.
    let field: String
    let form: Form
    let nl: String
    let en: String
    /// Asked only when this field was filled.
    var needs: String?
    /// Asked only of this audience.
    var onlyFor: String?

    /// All questions, in the order of asking; every one may be left unanswered.
    static let all: [ProfileQuestion] =
        [
            ProfileQuestion(
                field: "name", form: .text,
                nl: "Hoe wil je dit profiel noemen?", en: "What do you want to call this profile?"),
            ProfileQuestion(
                field: "audience",
                form: .choice([
                    Choice(word: "pupil", nl: "leerling", en: "pupil"),
                    Choice(word: "student", nl: "student", en: "student"),
                    Choice(word: "worker", nl: "aan het werk", en: "in work"),
                    Choice(word: "job-seeker", nl: "op zoek naar werk", en: "looking for work"),
                    Choice(word: "team", nl: "team van een werkgever", en: "an employer’s team"),
                ]), nl: "Wat is je situatie?", en: "What is your situation?"),
            ProfileQuestion(
                field: "team.size", form: .number, nl: "Met hoeveel mensen willen jullie leren?",
                en: "How many people learn together?", onlyFor: "team"),
            ProfileQuestion(
                field: "occupation.current", form: .occupation, nl: "Welk werk doe je nu?",
                en: "What work do you do now?"),
            ProfileQuestion(
                field: "occupation.wanted", form: .occupation, nl: "Welk werk wil je gaan doen?",
                en: "What work do you want to do?"),
            ProfileQuestion(
                field: "skills.has", form: .skills, nl: "Wat kun je al? (zet er komma’s tussen)",
                en: "What can you do already? (with commas between)"),
            ProfileQuestion(
                field: "skills.wants", form: .skills,
                nl: "Wat wil je leren? (zet er komma’s tussen)",
                en: "What do you want to learn? (with commas between)"),
            ProfileQuestion(
                field: "level.has", form: .text,
                nl: "Welk opleidingsniveau heb je? (mbo 3, havo, hbo… of 1 tot en met 8)",
                en: "Which level of education do you have? (mbo 3, havo, hbo… or 1 to 8)"),
            ProfileQuestion(
                field: "level.wants", form: .text,
                nl: "Welk opleidingsniveau wil je halen? (mbo 4, hbo… of 1 tot en met 8)",
                en: "Which level do you want to reach? (mbo 4, hbo… or 1 to 8)"),
            ProfileQuestion(
                field: "home.place", form: .place, nl: "Waar woon je? (plaats of postcode)",
                en: "Where do you live? (town or postcode)"),
        ] + reach("home") + [
            ProfileQuestion(
                field: "work.place", form: .place, nl: "Waar werk je?", en: "Where do you work?")
        ] + reach("work") + [
            ProfileQuestion(
                field: "future-work.place", form: .place, nl: "Waar wil je gaan werken?",
                en: "Where do you want to work?")
        ] + reach("future-work") + [
            ProfileQuestion(
                field: "time.hours-per-week", form: .number,
                nl: "Hoeveel uur per week heb je om te leren?",
                en: "How many hours a week do you have for learning?"),
            ProfileQuestion(
                field: "time.start-after", form: .text,
                nl: "Vanaf wanneer kun je beginnen? (2027-01-31, vandaag, +3 maanden)",
                en: "From when can you start? (2027-01-31, today, +3 months)"),
            ProfileQuestion(
                field: "time.start-before", form: .text, nl: "Wanneer wil je uiterlijk beginnen?",
                en: "When do you want to start at the latest?"),
            ProfileQuestion(
                field: "time.deadline", form: .text, nl: "Wanneer moet je klaar zijn?",
                en: "When must it be finished?"),
            ProfileQuestion(
                field: "time.free", form: .list,
                nl: "Wanneer heb je tijd om te leren? (dinsdagavond, vrijdag 9:00-15:00, weekend…)",
                en: "When do you have time to learn? (tuesday evening, friday 9:00-15:00, weekend…)"
            ),
            ProfileQuestion(
                field: "needs.childcare", form: .list,
                nl: "Wanneer is er opvang voor je kinderen? (maandag, dinsdag 8:30-14:30…; laat "
                    + "leeg als je die niet nodig hebt)",
                en: "When are your children looked after? (monday, tuesday 8:30-14:30…; empty: "
                    + "not needed)"),
            ProfileQuestion(
                field: "needs.accessibility",
                form: .choices([
                    Choice(word: "wheelchair", nl: "rolstoeltoegankelijk", en: "wheelchair access"),
                    Choice(word: "hearing-loop", nl: "ringleiding", en: "hearing loop"),
                    Choice(
                        word: "sign-language", nl: "gebarentolk", en: "sign language interpreter"),
                    Choice(
                        word: "sight", nl: "aangepast materiaal voor slechtzienden",
                        en: "material for the visually impaired"),
                    Choice(word: "quiet", nl: "prikkelarme ruimte", en: "quiet room"),
                    Choice(
                        word: "plain-language", nl: "uitleg in eenvoudige taal",
                        en: "plain language"),
                ]), nl: "Wat heb je nodig om mee te kunnen doen?",
                en: "What do you need to be able to take part?"),
            ProfileQuestion(
                field: "money.budget", form: .euros, nl: "Hoeveel euro kun je uitgeven? (1500)",
                en: "How many euros can you spend? (1500)"),
            ProfileQuestion(
                field: "money.funding",
                form: .words([
                    Choice(word: "employer", nl: "mijn werkgever", en: "my employer"),
                    Choice(
                        word: "sector-fund", nl: "het fonds van mijn sector",
                        en: "the fund of my sector"),
                    Choice(word: "slim", nl: "de SLIM-regeling", en: "the SLIM scheme"),
                    Choice(word: "government", nl: "de overheid", en: "the government"),
                    Choice(word: "bbl", nl: "een leerbaan (bbl)", en: "an apprenticeship (bbl)"),
                    Choice(word: "own", nl: "ikzelf", en: "myself"),
                ]), nl: "Wie kan meebetalen?", en: "Who may help to pay?"),
            ProfileQuestion(
                field: "preferences.modes",
                form: .choices([
                    Choice(word: "classroom", nl: "op locatie", en: "on site"),
                    Choice(word: "blended", nl: "deels online", en: "partly online"),
                    Choice(word: "online", nl: "online", en: "online"),
                    Choice(word: "distance", nl: "zelfstudie", en: "self-study"),
                    Choice(word: "workplace", nl: "op je werkplek", en: "at your workplace"),
                ]), nl: "Hoe wil je leren?", en: "How do you want to learn?"),
            ProfileQuestion(
                field: "preferences.languages",
                form: .words([
                    Choice(word: "nl", nl: "Nederlands", en: "Dutch"),
                    Choice(word: "en", nl: "Engels", en: "English"),
                    Choice(word: "de", nl: "Duits", en: "German"),
                    Choice(word: "fr", nl: "Frans", en: "French"),
                ]), nl: "In welke talen kun je les volgen?",
                en: "In which languages can you be taught?"),
            ProfileQuestion(
                field: "preferences.must",
                form: .choices([
                    Choice(
                        word: "travel", nl: "de reis", en: "travel",
                        fields: ["home.within", "work.within", "future-work.within"]),
                    Choice(
                        word: "budget", nl: "het budget", en: "the budget",
                        fields: ["money.budget"]),
                    Choice(
                        word: "level", nl: "het niveau", en: "the level",
                        fields: ["level.has", "level.wants"]),
                    Choice(
                        word: "start", nl: "wanneer het begint", en: "when it starts",
                        fields: ["time.start-after", "time.start-before"]),
                    Choice(
                        word: "time", nl: "uren, dagen en einddatum", en: "hours, days, deadline",
                        fields: ["time.hours-per-week", "time.deadline", "time.free"]),
                    Choice(
                        word: "language", nl: "de taal", en: "the language",
                        fields: ["preferences.languages"]),
                    Choice(
                        word: "mode", nl: "de lesvorm", en: "the mode",
                        fields: ["preferences.modes"]),
                    Choice(
                        word: "accessibility", nl: "wat ik nodig heb om mee te doen",
                        en: "what I need to take part", fields: ["needs.accessibility"]),
                    Choice(
                        word: "childcare", nl: "de opvang", en: "childcare",
                        fields: ["needs.childcare"]),
                    Choice(
                        word: "commute", nl: "ook de reis past in mijn vrije tijd",
                        en: "the way fits my free time too", fields: ["time.free"]),
                ]), nl: "Waar mag echt niet van worden afgeweken?",
                en: "Which of these must be kept, whatever happens?"),
        ]

    private static func reach(_ place: String) -> [ProfileQuestion] {
        [
            ProfileQuestion(
                field: "\(place).by",
                form: .choice([
                    Choice(word: "foot", nl: "lopen", en: "on foot"),
                    Choice(word: "bike", nl: "fiets", en: "bike"),
                    Choice(word: "transit", nl: "ov", en: "public transport"),
                    Choice(word: "car", nl: "auto", en: "car"),
                ]), nl: "Hoe reis je daarvandaan?", en: "How do you travel from there?",
                needs: "\(place).place"),
            ProfileQuestion(
                field: "\(place).within", form: .text,
                nl: "Hoe ver of hoe lang wil je hooguit reizen? (20km, 45min)",
                en: "How far or how long do you want to travel at most? (20km, 45min)",
                needs: "\(place).place"),
        ]
    }
}
