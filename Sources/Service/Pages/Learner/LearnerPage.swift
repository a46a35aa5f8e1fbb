import Answers
import CourseModel
import Hummingbird
import Matching
import Settings

/// The page that asks someone what they want and can, and answers with what fits.
///
/// What is filled in comes in the body of the request, never in an address, and goes no farther
/// than the answer: nothing of it is kept, logged or counted.
struct LearnerPage {
    private let frame: PageFrame
    private let call: Call
    private let language: AnswerLanguage

    init(_ frame: PageFrame) {
        self.frame = frame
        call = frame.call
        language = frame.language
    }

    /// The empty form.
    func form() throws -> Response { try page(LearnerForm(), [:]) }

    /// The form as it was filled in, with what fits below.
    func answer() throws -> Response {
        let form = try LearnerForm(body: call.body)
        let catalogue = try call.catalogue
        do {
            let profile = try form.draft.profile(
                file: "formulier", today: call.today, schemes: catalogue.funding.schemes)
            let desk = try LearnerDesk(
                index: catalogue.index, gazetteer: catalogue.gazetteer, skills: catalogue.skills,
                funding: catalogue.funding, weights: catalogue.weights, travel: catalogue.travel,
                filters: Filters(),
                today: call.today, named: language, usual: language)
            let resolved = try desk.resolve(profile)
            return try page(form, try LearnerAnswer(frame, desk, resolved).fields)
        } catch let faults as SettingsFaults {
            var texts: [String] = []
            for fault in faults.faults {
                let name = Self.question(behind: fault.field)
                let text = words(catalogue).text(
                    name, saying: fault.message(in: language.tag))
                if !texts.contains(text) { texts.append(text) }
            }
            return try page(form, refused(texts))
        } catch let error as ProfilePlaceError {
            return try page(form, refused([words(catalogue).text("near", error.text)]))
        }
    }

    /// The question that a field of the profile was filled in by: how far and how are asked once, for
    /// all places.
    private static func question(behind field: String) -> String {
        for part in [".within", ".by"] where field.hasSuffix(part) { return "home" + part }
        return field
    }

    private func words(_ catalogue: OpenCatalogue) -> FaultWording {
        FaultWording(language: language, gazetteer: catalogue.gazetteer)
    }

    private func refused(_ texts: [String]) -> Fields {
        ["hasFaults": true, "faults": texts.map { ["text": $0] }]
    }

    private func page(_ form: LearnerForm, _ fields: Fields) throws -> Response {
        try frame.respond(
            "profile", title: language(nl: "Wat past bij mij?", en: "What suits me?"),
            description: language(
                nl: "Vul in wat je wilt en kunt, en zie welke cursussen passen en waarom.",
                en: "Fill in what you want and can, and see which courses fit and why."),
            isPrivate: call.request.method == .post,
            status: fields["hasFaults"] != nil ? .unprocessableContent : .ok,
            try questions(form).merging(fields) { $1 })
    }

    // MARK: The questions

    private func questions(_ form: LearnerForm) throws -> Fields {
        func option(_ name: String, _ value: String, _ label: String) -> Fields {
            [
                "value": value, "label": label, "selected": (form[name] ?? "") == value,
                "on": form.all(name).contains(value),
            ]
        }
        let wording = frame.wording
        let unsaid = language(nl: "zeg ik niet", en: "I do not say")
        return [
            "action": frame.path(.profile), "privacyURL": frame.path(.privacy),
            "v": [
                "wanted": form["occupation.wanted"] ?? "",
                "current": form["occupation.current"] ?? "",
                "wants": form["skills.wants"] ?? "", "has": form["skills.has"] ?? "",
                "home": form["home.place"] ?? "", "work": form["work.place"] ?? "",
                "future": form["future-work.place"] ?? "",
                "hours": form["time.hours-per-week"] ?? "",
                "startBefore": form["time.start-before"] ?? "",
                "deadline": form["time.deadline"] ?? "", "budget": form["money.budget"] ?? "",
            ],
            "audiences": [option("audience", "", unsaid)]
                + [
                    ("pupil", language(nl: "leerling", en: "pupil")),
                    ("student", language(nl: "student", en: "student")),
                    ("worker", language(nl: "aan het werk", en: "in work")),
                    ("job-seeker", language(nl: "op zoek naar werk", en: "looking for work")),
                ].map { option("audience", $0.0, $0.1) },
            "levels": [option("level.has", "", unsaid)]
                + levels.map { option("level.has", $0, $1) },
            "reaches": [("", language(nl: "maakt niet uit", en: "any distance"))].map {
                option("home.within", $0.0, $0.1)
            }
                + ["5km", "10km", "20km", "40km", "80km", "15min", "30min", "45min", "60min"].map {
                    let unit = $0.hasSuffix("km") ? " km" : " min"
                    return option("home.within", $0, $0.filter(\.isNumber) + unit)
                },
            "ways": [
                ("bike", language(nl: "met de fiets", en: "by bike")),
                ("foot", language(nl: "lopend", en: "on foot")),
                ("transit", language(nl: "met het ov", en: "by public transport")),
                ("car", language(nl: "met de auto", en: "by car")),
            ].map { option("home.by", $0.0, $0.1) },
            "days": days(form),
            "schemes": try call.catalogue.funding.rules.map {
                option(
                    "money.funding", $0.scheme.name,
                    language(nl: $0.name.dutch, en: $0.name.english))
            },
            "modes": DeliveryMode.allCases.map {
                option("preferences.modes", $0.rawValue, wording.mode($0))
            },
            "musts": [
                ("travel", language(nl: "de afstand", en: "the distance")),
                ("budget", language(nl: "het geld", en: "the money")),
                ("time", language(nl: "uren en dagen", en: "hours and days")),
                ("start", language(nl: "wanneer het begint", en: "when it starts")),
                ("level", language(nl: "het niveau", en: "the level")),
            ].map { option("preferences.must", $0.0, $0.1) },
        ]
    }

    private var levels: [(String, String)] {
        [
            ("1", language(nl: "NLQF 1 (mbo 1)", en: "NLQF 1 (mbo 1)")),
            ("2", language(nl: "NLQF 2 (vmbo, mbo 2)", en: "NLQF 2 (vmbo, mbo 2)")),
            ("3", language(nl: "NLQF 3 (mbo 3)", en: "NLQF 3 (mbo 3)")),
            ("4", language(nl: "NLQF 4 (mbo 4, havo)", en: "NLQF 4 (mbo 4, havo)")),
            ("4+", language(nl: "NLQF 4+ (vwo)", en: "NLQF 4+ (vwo)")),
            ("5", language(nl: "NLQF 5 (associate degree)", en: "NLQF 5 (associate degree)")),
            ("6", language(nl: "NLQF 6 (hbo, bachelor)", en: "NLQF 6 (bachelor)")),
            ("7", language(nl: "NLQF 7 (master)", en: "NLQF 7 (master)")),
        ]
    }

    private func days(_ form: LearnerForm) -> [Fields] {
        let names =
            language == .nl
            ? ["ma", "di", "wo", "do", "vr", "za", "zo"]
            : ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]
        return zip(Weekday.allCases, names).map { day, name in
            [
                "name": name,
                "slots": [
                    ("daytime", language(nl: "overdag", en: "daytime")),
                    ("evening", language(nl: "avond", en: "evening")),
                ].map { part -> Fields in
                    let value = "\(day.rawValue) \(part.0)"
                    return [
                        "value": value, "label": part.1,
                        "on": form.all("time.free").contains(value),
                    ]
                },
            ]
        }
    }
}
