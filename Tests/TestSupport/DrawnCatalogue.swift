import CourseModel

/// A made-up catalogue in which every field of the model is filled in some records and empty in
/// others, the same for the same seed.
///
/// Texts are in the form that readers give: white space folded, spans of one style joined. Names
/// and words hold what tends to break: ampersands, angle brackets, accents, quotes, emoji.
public struct DrawnCatalogue: Sendable {
    /// The providers, ordered by id.
    public let providers: [Provider]
    /// The courses with their offerings, ordered by provider.
    public let records: [CourseRecord]

    /// Draws a catalogue.
    ///
    /// - Parameter format: The name that stands in the records' provenance.
    public init(
        seed: UInt64, source: ID<Source> = ID("drawn"), format: String = "drawn",
        providers providerCount: Int = 3, courses courseCount: Int = 8
    ) {
        var numbers = DrawnNumbers(seed: seed)
        var drawing = CatalogueDrawing(source: source, format: format)
        var providers: [Provider] = []
        var records: [CourseRecord] = []
        for index in 0..<providerCount {
            let provider = drawing.provider(index, &numbers)
            providers.append(provider)
            for course in 0..<courseCount {
                records.append(drawing.record(course, of: provider, &numbers))
            }
        }
        self.providers = providers
        self.records = records
    }
}

/// Draws one thing after another.
struct CatalogueDrawing {
    let source: ID<Source>
    let format: String

    func provenance(_ numbers: inout DrawnNumbers) -> Provenance {
        Provenance(
            source: source, format: format, file: "drawn.xml",
            lastEdited: numbers.maybe(0.3) { "2026-0\($0.number(1...9))-12T10:15:00Z" })
    }

    mutating func provider(_ index: Int, _ numbers: inout DrawnNumbers) -> Provider {
        let native =
            numbers.chance(0.5) ? "https://school\(index).example/" : "school-\(index)"
        var provider = Provider(
            id: ID(source: source, native: native), nativeID: native,
            name: text("School \(index)", &numbers), provenance: provenance(&numbers))
        provider.description = richTexts(&numbers)
        provider.url = numbers.maybe(0.7) { _ in "https://school\(index).example/over" }
        provider.image = image(&numbers)
        provider.location = numbers.maybe(0.7) { numbers in
            let venue = Venue(
                address: address(&numbers), coordinates: coordinates(&numbers, 0.5))
            return venue == Venue() ? nil : venue
        }
        provider.contacts = (0..<numbers.number(0...3)).map { _ in contact(&numbers) }
        if numbers.chance(0.5) {
            provider.codes = [
                Code(scheme: "kvk", code: String(numbers.number(10_000_000...99_999_999)))
            ]
        }
        provider.accreditations = numbers.some(["NRTO", "CRKBO", "NVAO"], 0.4)
        return provider
    }

    func contact(_ numbers: inout DrawnNumbers) -> Contact {
        Contact(
            name: numbers.maybe(0.6) { $0.pick(["Noor de Wit", "Desk & co", "Émile"]) },
            role: numbers.maybe(0.4) { $0.pick(["coordinator", "intake"]) },
            email: "info\(numbers.number(1...99))@school.example",
            telephone: numbers.maybe(0.5) { "030-\($0.number(1_000_000...9_999_999))" },
            url: numbers.maybe(0.4) { "https://school.example/contact/\($0.number(1...9))" })
    }

    func image(_ numbers: inout DrawnNumbers) -> Image? {
        numbers.maybe(0.4) { numbers in
            Image(
                url: "https://school.example/p\(numbers.number(1...99)).png",
                alternative: numbers.maybe(0.5) { _ in "A \"picture\" & more" },
                title: numbers.maybe(0.5) { _ in "Title" })
        }
    }

    func address(_ numbers: inout DrawnNumbers) -> Address {
        Address(
            street: numbers.maybe(0.8) { "Dorpsstraat \($0.number(1...200))" },
            postcode: numbers.maybe(0.8) { "\($0.number(1000...9999)) AB" },
            city: numbers.maybe(0.8) {
                $0.pick(["Houten", "'s-Hertogenbosch", "Súdwest-Fryslân"])
            },
            country: numbers.maybe(0.4) { $0.pick(["NL", "BE"]) },
            other: numbers.some(["Gebouw De Akker", "2e verdieping"], 0.2))
    }

    func coordinates(_ numbers: inout DrawnNumbers, _ share: Double) -> Coordinates? {
        numbers.maybe(share) { numbers in
            Coordinates(
                latitude: Double(numbers.number(50_750_000...53_500_000)) / 1e6,
                longitude: Double(numbers.number(3_300_000...7_200_000)) / 1e6)
        }
    }
}

// MARK: Texts

extension CatalogueDrawing {
    static let words = [
        "groen", "bodem", "water", "R&D", "A < B", "tuin", "café", "«plan»", "\"quote\"", "it's",
        "🌱", "coördinatie", "teelt", "2 > 1", "vakkennis", "leren", "Ångström",
    ]

    func sentence(_ numbers: inout DrawnNumbers, _ length: ClosedRange<Int> = 2...8) -> String {
        (0..<numbers.number(length)).map { _ in numbers.pick(Self.words) }.joined(separator: " ")
    }

    /// A text in up to three languages, `start` before the drawn words.
    func text(_ start: String, _ numbers: inout DrawnNumbers) -> LocalizedText {
        var text = LocalizedText()
        let languages: [LanguageTag?] = numbers.pick([
            [nil], [.dutch], [.dutch, .english], [nil, .english],
        ])
        for language in languages {
            text.append((start.isEmpty ? "" : start + " ") + sentence(&numbers), language: language)
        }
        return text
    }

    func richTexts(_ numbers: inout DrawnNumbers, _ share: Double = 0.6) -> LocalizedRichText {
        var text = LocalizedRichText()
        guard numbers.chance(share) else { return text }
        let languages: [LanguageTag?] = numbers.pick([[nil], [.dutch], [.dutch, .english]])
        for language in languages {
            text.append(.init(language: language, text: richText(&numbers)))
        }
        return text
    }

    func richText(_ numbers: inout DrawnNumbers) -> RichText {
        if numbers.chance(0.4) {
            return RichText([.paragraph([RichText.Span(sentence(&numbers))])])
        }
        return RichText(
            (0..<numbers.number(1...4)).map { _ in
                switch numbers.number(0...3) {
                case 0: .heading([RichText.Span(sentence(&numbers))])
                case 1:
                    .list(
                        ordered: numbers.chance(0.5),
                        items: (0..<numbers.number(1...4)).map { _ in spans(&numbers) })
                default: .paragraph(spans(&numbers))
                }
            })
    }

    /// Spans whose neighbours differ in style or link, with a space where one ends in a word.
    private func spans(_ numbers: inout DrawnNumbers) -> [RichText.Span] {
        var spans: [RichText.Span] = []
        for index in 0..<numbers.number(1...4) {
            var text = sentence(&numbers, 1...4)
            if numbers.chance(0.2) { text += "\n" + sentence(&numbers, 1...3) }
            var span = RichText.Span(
                text, style: numbers.pick([.plain, .emphasis, .strong]),
                link: numbers.maybe(0.2) { "https://school.example/l?a=\($0.number(1...9))&b=2" })
            if let last = spans.last, last.style == span.style, last.link == span.link {
                span.style = last.style == .plain ? .strong : .plain
            }
            if index > 0, numbers.chance(0.7) { span.text = " " + span.text }
            spans.append(span)
        }
        return spans
    }

    func sections(_ themes: [String], _ numbers: inout DrawnNumbers) -> [TextSection] {
        numbers.some(themes, 0.3).map { theme in
            let language: LanguageTag? = numbers.pick([nil, .dutch])
            return TextSection(
                theme: theme,
                heading: numbers.chance(0.3)
                    ? LocalizedText(sentence(&numbers, 1...3), language: language)
                    : LocalizedText(),
                text: LocalizedRichText([.init(language: language, text: richText(&numbers))]))
        }
    }
}
