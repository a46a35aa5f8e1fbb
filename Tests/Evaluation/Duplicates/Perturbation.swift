import CourseModel
import TestSupport

/// Changes a course as another party that passes it on would.
struct Perturbation {
    private var generator: SeededGenerator

    init(seed: UInt64) { generator = SeededGenerator(seed: seed) }

    mutating func chance(_ share: Double) -> Bool { .random(in: 0..<1, using: &generator) < share }

    /// The provider as an aggregator writes it.
    mutating func provider(_ provider: Provider, in source: ID<Source>) -> Provider {
        var copy = provider
        copy.id = ID(source: source, native: provider.nativeID)
        copy.provenance.source = source
        let name = provider.name.text() ?? provider.nativeID
        let renamed =
            switch Int.random(in: 0..<5, using: &generator) {
            case 0: name.uppercased()
            case 1: name + " B.V."
            case 2: "Stichting " + name
            default: name
            }
        copy.name = LocalizedText(renamed)
        if chance(0.5) { copy.url = nil }
        return copy
    }

    /// The same course, as another party passes it on.
    ///
    /// - Parameter number: For an id of its own.
    mutating func copy(
        of record: CourseRecord, number: Int, provider: Provider, in source: ID<Source>
    ) -> CourseRecord? {
        var course = record.course
        course.provider = provider.id
        course.provenance.source = source
        if chance(0.7) { course.nativeID = "copy-\(number)" }
        course.id = ID(source: source, native: course.nativeID)
        course.aliases = []
        course.title = LocalizedText(course.title.wordings.map { wording($0) })
        course.description = LocalizedRichText(
            course.description.wordings.compactMap { described($0) })
        if chance(0.3) { course.summary = LocalizedText() }
        switch Int.random(in: 0..<4, using: &generator) {
        case 0, 1: course.url = nil
        case 2: course.url = course.url.map { $0 + ($0.contains("?") ? "&" : "?") + "utm_source=x" }
        default: course.url = "https://portal.example/course/\(number)"
        }
        if chance(0.2) { course.level = nil }
        if chance(0.5) { course.codes = [] }
        if chance(0.5) { course.subjects = [] }
        var offerings = record.offerings
        if chance(0.1) { offerings = [] }
        if chance(0.25) { offerings.removeAll { _ in chance(0.4) } }
        let losesPrices = chance(0.2)
        for index in offerings.indices {
            offerings[index].course = course.id
            if chance(0.7) { offerings[index].nativeID = "copy-\(number)-\(index)" }
            offerings[index].id = ID(course: course.id, native: offerings[index].nativeID)
            offerings[index].provenance.source = source
            if losesPrices { offerings[index].price = nil }
        }
        return CourseRecord(course: course, offerings: offerings)
    }

    /// A course that is easily taken for it: the next step of the series, at other times and another
    /// price, in the same words.
    mutating func sibling(
        of record: CourseRecord, number: Int, provider: Provider, in source: ID<Source>
    ) -> CourseRecord? {
        guard var course = copy(of: record, number: number, provider: provider, in: source)?.course
        else { return nil }
        course.nativeID = "next-\(number)"
        course.id = ID(source: source, native: course.nativeID)
        let step = chance(0.5) ? " 2" : " (vervolg)"
        course.title = LocalizedText(
            record.course.title.wordings.map { .init(language: $0.language, text: $0.text + step) })
        course.url = "https://portal.example/course/\(number)"
        var offerings = record.offerings
        for index in offerings.indices {
            offerings[index].course = course.id
            offerings[index].nativeID = "next-\(number)-\(index)"
            offerings[index].id = ID(course: course.id, native: offerings[index].nativeID)
            offerings[index].provenance.source = source
            if let day = offerings[index].timing.start.date {
                offerings[index].timing = Timing(start: .on(day.adding(days: 70)))
            }
        }
        return CourseRecord(course: course, offerings: offerings)
    }

    private mutating func wording(_ wording: LocalizedText.Wording) -> LocalizedText.Wording {
        var text = wording.text
        switch Int.random(in: 0..<8, using: &generator) {
        case 0: text = swapped(text)
        case 1: text = "Cursus " + text
        case 2: text += " - inschrijven"
        case 3: text = text.uppercased()
        case 4: text = text.lowercased()
        case 5:
            text = text.split { $0 == "-" || $0 == ":" || $0 == "(" || $0 == ")" }
                .joined(separator: " ")
        default: break
        }
        return .init(language: wording.language, text: text)
    }

    /// Two neighbouring letters exchanged, within a word.
    private mutating func swapped(_ text: String) -> String {
        var letters = Array(text)
        let places = letters.indices.dropFirst().dropLast().filter {
            letters[$0].isLetter && letters[$0 + 1].isLetter
        }
        guard let place = places.randomElement(using: &generator) else { return text }
        letters.swapAt(place, place + 1)
        return String(letters)
    }

    private mutating func described(
        _ wording: LocalizedRichText.Wording
    ) -> LocalizedRichText.Wording? {
        if chance(0.15) { return nil }
        var words = wording.text.plainText.split(separator: " ")
        if chance(0.3) { words = Array(words.prefix(max(8, words.count * 6 / 10))) }
        var text = words.joined(separator: " ")
        if chance(0.2) { text = "Aangeboden via het portaal. " + text }
        if chance(0.2) { text += " Schrijf je snel in via ons portaal." }
        return .init(language: wording.language, text: RichText(plain: text))
    }
}
