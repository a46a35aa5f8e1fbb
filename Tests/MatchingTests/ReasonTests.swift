import CourseModel
import Matching
import Testing

@Suite("Every match explains itself in plain Dutch and English")
struct ReasonTests {
    private func reasons(
        _ line: String, _ change: (inout Profile) -> Void
    ) throws -> (dutch: [String], english: [String]) {
        let (results, _) = try matches(line, change)
        let reasons = try #require(results.results.first).reasons
        return (
            reasons.map { $0.text(in: .dutch) }, reasons.map { $0.text(in: .english) }
        )
    }

    @Test("a match that fits says what it closes, the way, the time, the price and the level")
    func fits() throws {
        let texts = try reasons(
            "x | a b d | 14.4 | 49 | 495 | 4 | tuesday-evening 5h slim"
        ) {
            $0.wantedOccupation = "boomverzorger"
            $0.skillsWanted = ["boekhouden", "zwemles geven"]
            $0.work = ProfilePlace(place: "Werk", within: .minutes(45), mode: .bike)
            $0.levelHad = .three
            $0.levelWanted = .four
            $0.free = [WeekSlots(.tuesday, .evening), WeekSlots(.saturday)]
            $0.hoursPerWeek = 12
            $0.budget = euro(1500)
            $0.funding = [.slim]
        }
        #expect(
            texts.dutch == [
                "leert je 2 van de 5 dingen die je nog mist: snoeien en vellen",
                "leert ook wat van pas kan komen: bodemkunde",
                "ongeveer 22 minuten fietsen van je werk in Bunnik",
                "begint 12 januari 2027",
                "past op dinsdagavond",
                "5 uur per week, je hebt er 12",
                "€ 495 incl. btw, binnen je budget",
                "kan betaald worden door de SLIM-regeling",
                "niveau 4, één stap boven je niveau 3",
            ])
        #expect(
            texts.english == [
                "closes 2 of your 5 gaps: pruning and felling",
                "also teaches what may come in useful: soil science",
                "about 22 minutes by bike from your work in Bunnik",
                "starts 12 January 2027",
                "fits Tuesday evening",
                "5 hours a week, you have 12",
                "€495 incl. VAT, within your budget",
                "can be paid by the SLIM scheme",
                "level 4, one step above your level 3",
            ])
    }

    @Test("a match that fits less says where")
    func misfits() throws {
        let texts = try reasons(
            "x | b2 | 24.2 | 49 | 1495 | 2 | friday 14.5h ends+150 en pupils"
        ) {
            $0.audience = .worker
            $0.skillsWanted = ["vellen"]
            $0.home?.within = .metres(20_000)
            $0.startBefore = today.adding(days: 28)
            $0.deadline = today.adding(days: 90)
            $0.levelHad = .four
            $0.free = [WeekSlots(.tuesday, .evening)]
            $0.hoursPerWeek = 12
            $0.budget = euro(1000)
            $0.languages = [.dutch]
            $0.modes = [.online]
        }
        #expect(
            texts.dutch == [
                "komt in de buurt van: vellen",
                "ongeveer 114 minuten fietsen van huis in Houten, 4,2 km verder",
                "begint 12 januari 2027, 3 weken later dan je wilt",
                "op vrijdag, dan ben je niet vrij",
                "14,5 uur per week, je hebt er 12",
                "eindigt bijna 9 weken na je einddatum",
                "€ 1.495 incl. btw, € 495 boven je budget",
                "niveau 2, twee stappen onder je niveau 4",
                "in het Engels",
                "klassikaal",
                "bedoeld voor leerlingen",
            ])
        #expect(
            texts.english == [
                "comes near: felling",
                "about 114 minutes by bike from home in Houten, 4.2 km farther",
                "starts 12 January 2027, 3 weeks too late",
                "on Friday, when you are not free",
                "14.5 hours a week, you have 12",
                "ends almost 9 weeks after your deadline",
                "€1,495 incl. VAT, €495 above your budget",
                "level 2, two steps below your level 4",
                "in English",
                "classroom",
                "meant for pupils",
            ])
    }

    @Test("what is not stated is said")
    func unstated() throws {
        let texts = try reasons("x | a | - | - | - | -") { $0.skillsWanted = ["snoeien"] }
        #expect(
            texts.dutch == [
                "leert je wat je nog mist: snoeien", "plaats niet vermeld",
                "begindatum niet vermeld",
                "prijs niet vermeld",
            ])
        #expect(
            texts.english == [
                "closes your only gap: pruning", "place not stated", "start date not stated",
                "price not stated",
            ])
    }

    @Test("what takes something off a part because it is not stated is told, and the kind")
    func silence() throws {
        let texts = try reasons("x | a | 0 | 10 | 0 | - | unsaid internship") {
            $0.skillsWanted = ["snoeien"]
            $0.hoursPerWeek = 8
            $0.deadline = today.adding(days: 90)
            $0.levelHad = .three
            $0.free = [WeekSlots(.tuesday)]
            $0.languages = [.dutch]
            $0.kinds = [.course]
        }
        #expect(
            texts.dutch.suffix(2) == [
                "stage, daar vraag je niet om",
                "niet vermeld: uren per week, lestijden, einddatum, niveau en taal",
            ])
        #expect(
            texts.english.suffix(2) == [
                "internship, which you do not ask for",
                "not stated: hours a week, times, end date, level and language",
            ])
    }

    @Test("the level that was asked for is told as such, also when it is lower than one's own")
    func levelAskedFor() throws {
        func level(_ level: Int, had: NLQFLevel, wanted: NLQFLevel) throws -> String? {
            try reasons("x | a | 0 | 10 | 0 | \(level) |") {
                $0.skillsWanted = ["snoeien"]
                $0.levelHad = had
                $0.levelWanted = wanted
            }.dutch.first { $0.hasPrefix("niveau") }
        }
        #expect(try level(3, had: .four, wanted: .three) == "niveau 3, het niveau dat je zoekt")
        #expect(
            try level(4, had: .three, wanted: .four) == "niveau 4, één stap boven je niveau 3")
        #expect(
            try level(6, had: .three, wanted: .six) == "niveau 6, drie stappen boven je niveau 3")
        #expect(try level(4, had: .four, wanted: .four) == "niveau 4, je eigen niveau")
    }

    @Test("online, at any time, free of charge")
    func online() throws {
        let texts = try reasons("x | a | online | any | 0 | -") { $0.skillsWanted = ["snoeien"] }
        #expect(
            texts.dutch == [
                "leert je wat je nog mist: snoeien", "online, geen reistijd",
                "begint wanneer je wilt",
                "gratis",
            ])
        #expect(
            texts.english == [
                "closes your only gap: pruning", "online, no travel", "starts whenever you like",
                "free of charge",
            ])
    }

    @Test("a team sees what it pays together")
    func team() throws {
        let texts = try reasons("x | a | online | any | 495 | -") {
            $0.skillsWanted = ["snoeien"]
            $0.teamSize = 6
            $0.budget = euro(4000)
        }
        #expect(texts.dutch.last == "6 × € 495 incl. btw = € 2.970, binnen je budget")
    }
}
