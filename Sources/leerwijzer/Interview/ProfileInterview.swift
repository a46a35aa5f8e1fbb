import Answers
import CourseModel
import Glibc
import Matching
import Places
import Settings
import Skills

/// Asks for a profile, question by question, and checks each answer at once.
///
/// Answers are kept in memory only; writing them down is the caller's.
struct ProfileInterview {
    let skills: SkillsCatalogue
    let gazetteer: Gazetteer
    let language: AnswerLanguage
    let today: CalendarDate
    let schemes: [FundingScheme]
    private let terminal = Terminal.errors

    init(
        skills: SkillsCatalogue, gazetteer: Gazetteer, language: AnswerLanguage,
        today: CalendarDate, schemes: [FundingScheme]
    ) {
        self.skills = skills
        self.gazetteer = gazetteer
        self.language = language
        self.today = today
        self.schemes = schemes
    }

    /// The draft that the answers make.
    ///
    /// - Throws: ``Failure`` when the answers end before the last question.
    func run() throws(Failure) -> ProfileDraft {
        say(
            language(
                nl: "Je mag elke vraag leeg laten. Alleen het bestand dat je noemt wordt bewaard.",
                en: "You may leave any question empty. Nothing is kept but the file that you name.")
        )
        var draft = ProfileDraft()
        draft["language"] = .text(language.rawValue)
        for question in ProfileQuestion.all {
            if let needs = question.needs, draft[needs] == nil { continue }
            if let audience = question.onlyFor, draft["audience"] != .text(audience) { continue }
            try ask(question, form(of: question, draft), into: &draft)
        }
        return draft
    }

    // MARK: Asking

    /// How a question can be answered here: with the partnership's own schemes, and without limits
    /// on what was left open.
    private func form(
        of question: ProfileQuestion, _ draft: ProfileDraft
    ) -> ProfileQuestion.Form {
        switch question.form {
        case .words(let choices) where question.field == "money.funding":
            let own = schemes.map(\.name).filter { name in !choices.contains { $0.word == name } }
            return .words(
                choices + own.map { ProfileQuestion.Choice(word: $0, nl: $0, en: $0) })
        case .choices(let choices):
            return .choices(
                choices.filter { choice in
                    choice.fields.isEmpty || choice.fields.contains { draft[$0] != nil }
                })
        default: return question.form
        }
    }

    private func ask(
        _ question: ProfileQuestion, _ form: ProfileQuestion.Form, into draft: inout ProfileDraft
    ) throws(Failure) {
        var prompt = language(nl: question.nl, en: question.en)
        switch form {
        case .choice(let choices), .choices(let choices), .words(let choices):
            guard !choices.isEmpty else { return }
            prompt +=
                " " + choices.enumerated().map { "\($0 + 1) \(name($1))" }.joined(separator: ", ")
        default: break
        }
        while true {
            let text = try answer(to: prompt)
            guard !text.isEmpty else { return }
            guard let answer = try read(text, form) else { continue }
            var changed = draft
            changed[question.field] = answer
            do throws(SettingsFaults) {
                _ = try changed.profile(file: "", today: today, schemes: schemes)
                draft = changed
                return
            } catch {
                for fault in error.faults {
                    say("  " + terminal.yellow(fault.message(in: language.tag)))
                }
            }
        }
    }

    private func answer(to prompt: String) throws(Failure) -> String {
        // Questions go to standard error, so that nothing but the answers' file holds answers.
        try Console.write(terminal.bold(prompt) + "\n> ", to: STDERR_FILENO)
        guard let line = readLine() else {
            throw Failure(
                .data,
                language(
                    nl: "de antwoorden hielden op vóór de laatste vraag; er is niets bewaard",
                    en: "the answers end before the last question; nothing was written"))
        }
        return String(line.trimmingSpaces())
    }

    private func say(_ text: String) { Console.complain(text) }

    private func name(_ choice: ProfileQuestion.Choice) -> String {
        language(nl: choice.nl, en: choice.en)
    }

    // MARK: Reading

    /// The answer to write down; `nil` when it has to be asked again.
    private func read(
        _ text: String, _ form: ProfileQuestion.Form
    ) throws(Failure) -> ProfileDraft.Answer? {
        switch form {
        case .text: return .text(text)
        case .euros: return .euros(text)
        case .list: return .list(parts(of: text))
        case .number:
            let plain = text.replacing(",", with: ".")
            guard let number = Double(plain), number.isFinite else {
                say(
                    "  " + language(nl: "Geef een getal, zoals 8.", en: "Give a number, such as 8.")
                )
                return nil
            }
            return .number(number == number.rounded() ? "\(Int(number))" : plain)
        case .choice(let choices): return word(text, of: choices).map { .text($0) }
        case .choices(let choices):
            var words: [String] = []
            for part in parts(of: text) {
                guard let word = word(part, of: choices) else { return nil }
                words.append(word)
            }
            return .list(words)
        case .words(let choices):
            return .list(parts(of: text).map { known($0, of: choices) ?? $0 })
        case .occupation:
            return .text(
                try confirmed(text, skills.resolveOccupation(text)) {
                    skills.occupationID($0).value
                } label: {
                    skills.occupationLabel($0, in: tag)
                })
        case .skills:
            var words: [String] = []
            for part in parts(of: text) {
                words.append(
                    try confirmed(part, skills.resolveSkill(part)) {
                        skills.skillID($0).value
                    } label: {
                        skills.skillLabel($0, in: tag)
                    })
            }
            return .list(words)
        case .place: return place(text)
        }
    }

    private var tag: LanguageTag { language == .nl ? .dutch : .english }

    private func parts(of text: String) -> [String] {
        text.split(separator: ",").map { String($0.trimmingSpaces()) }.filter { !$0.isEmpty }
    }

    /// The choice that a number or a word names.
    private func known(_ text: String, of choices: [ProfileQuestion.Choice]) -> String? {
        if let number = Int(text), choices.indices.contains(number - 1) {
            return choices[number - 1].word
        }
        let lower = text.lowercased()
        return choices.first { choice in
            [choice.word, choice.nl, choice.en].contains { $0.lowercased() == lower }
        }?.word
    }

    private func word(_ text: String, of choices: [ProfileQuestion.Choice]) -> String? {
        if let known = known(text, of: choices) { return known }
        say(
            "  "
                + language(
                    nl: "“\(text)” staat er niet bij; geef een nummer van 1 tot \(choices.count).",
                    en: "“\(text)” is not one of them; give a number from 1 to \(choices.count)."))
        return nil
    }

    /// What to write for words that were looked up: the words themselves when they are understood,
    /// else the id of the concept that was chosen.
    private func confirmed(
        _ text: String, _ resolution: Resolution, id: (Int) -> String, label: (Int) -> String
    ) throws(Failure) -> String {
        if let best = resolution.best, best.confidence >= 0.9 {
            say("  → \(label(best.number))")
            return text
        }
        guard !resolution.matches.isEmpty else {
            say(
                "  "
                    + language(
                        nl: "“\(text)” is hier niet bekend; het blijft staan, maar telt niet mee.",
                        en: "“\(text)” is not recognised; it is kept but does not count."))
            return text
        }
        let choices = resolution.matches.map { label($0.number) }
        say(
            "  "
                + language(nl: "Wat bedoel je met “\(text)”?", en: "What do you mean by “\(text)”?")
        )
        for (index, choice) in choices.enumerated() { say("    \(index + 1) \(choice)") }
        let answer = try answer(
            to: language(
                nl: "  Geef een nummer, of laat leeg om je eigen woorden te houden.",
                en: "  Give a number, or leave empty to keep your own words."))
        guard let number = Int(answer), resolution.matches.indices.contains(number - 1) else {
            return text
        }
        return id(resolution.matches[number - 1].number)
    }

    private func place(_ text: String) -> ProfileDraft.Answer? {
        func quoted(_ names: [String]) -> String {
            names.prefix(5).map { "“\($0)”" }.joined(separator: ", ")
        }
        switch PlaceAnswer(text, in: gazetteer) {
        case .found(let label, _):
            say("  → \(label)")
            return .text(text)
        case .ambiguous(let labels):
            say(
                "  "
                    + language(
                        nl:
                            "Er zijn er meer met die naam; schrijf \(quoted(labels)) of een postcode.",
                        en: "There are several of that name; write \(quoted(labels)) or a postcode."
                    ))
        case .region(let label):
            say(
                "  "
                    + language(
                        nl: "Dat is een gebied (\(label)); noem een plaats of postcode.",
                        en: "That is a region (\(label)); name a town or a postcode."))
        case .unknown(let suggestions):
            say(
                "  "
                    + language(nl: "Die plaats is niet bekend.", en: "That place is not known.")
                    + (suggestions.isEmpty
                        ? ""
                        : " "
                            + language(
                                nl: "Bedoel je \(quoted(suggestions))?",
                                en: "Do you mean \(quoted(suggestions))?")))
        }
        return nil
    }
}
