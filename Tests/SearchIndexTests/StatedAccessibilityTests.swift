import CourseModel
import Testing

@testable import SearchIndex

@Suite("What a course says of accessibility is read from its words")
struct StatedAccessibilityTests {
    @Test(
        "said, denied, or not said",
        arguments: [
            ("Onze leslocatie is rolstoeltoegankelijk.", [Accessibility.wheelchair], []),
            ("Het gebouw is niet met een rolstoel te betreden.", [], [.wheelchair]),
            (
                "The building is wheelchair accessible; a hearing loop is there.",
                [.wheelchair, .hearingLoop], []
            ),
            ("Leer een rolstoeltoegankelijke tuin aanleggen.", [], []),
            (
                "Gebarentolk op aanvraag. We leggen uit in eenvoudige taal.",
                [.signLanguage, .plainLanguage], []
            ),
            ("Leer gebarentaal.", [], []),
            ("Het lokaal is drempelvrij. Het gebouw is niet drempelvrij.", [], [.wheelchair]),
            ("Snoeien voor beginners", [], []),
            ("Opleiding tot gebarentolk", [], []),
            ("Leer schrijven in klare taal", [], []),
            ("Ringleiding aanleggen", [], []),
            ("Cursus klare taal, op aanvraag beschikbaar", [], []),
            ("In de zaal ligt een ringleiding.", [.hearingLoop], []),
            ("Er is geen ringleiding.", [], [.hearingLoop]),
            ("Niet alle lokalen zijn rolstoeltoegankelijk.", [], [.wheelchair]),
            ("Rolstoeltoegankelijk is het gebouw niet.", [], [.wheelchair]),
            (
                "Het gebouw is zonder drempels en toegankelijk voor rolstoelen", [.wheelchair], []
            ),
            (
                "Je hebt geen voorkennis nodig, en het gebouw is rolstoeltoegankelijk",
                [.wheelchair], []
            ),
            (
                "Je hebt geen voorkennis nodig en het gebouw is rolstoeltoegankelijk",
                [.wheelchair], []
            ),
        ] as [(String, Set<Accessibility>, Set<Accessibility>)])
    func words(text: String, provides: Set<Accessibility>, lacks: Set<Accessibility>) {
        var stated = StatedAccessibility()
        stated.read(text)
        #expect(stated.provides == provides)
        #expect(stated.lacks == lacks)
    }

    @Test("a section on accessibility need not name the place")
    func section() {
        var stated = StatedAccessibility()
        stated.read("Per rolstoel bereikbaar", isAboutPlace: true)
        #expect(stated.provides == [.wheelchair])
    }

    @Test("conditions are written as a name and read back")
    func name() {
        let conditions = TeachingConditions(
            provides: [.wheelchair, .plainLanguage], lacks: [.hearingLoop],
            meetings: [
                WeeklyHours(.tuesday, from: 1140, to: 1290),
                WeeklyHours(.saturday, from: 540, to: 1440),
            ].compactMap { $0 })
        #expect(TeachingConditions(name: conditions.name) == conditions)
        #expect(TeachingConditions().name == "")
        #expect(TeachingConditions(name: "") == TeachingConditions())
        #expect(TeachingConditions(name: "x|9.1.2 0.5") == TeachingConditions())
    }
}
