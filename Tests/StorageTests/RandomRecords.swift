import CourseModel
import TestSupport

/// Records with every field now filled, now empty: what the coding has to carry, not what a school
/// would offer.
struct RandomRecords {
    var random: SeededGenerator
    let source: ID<Source>

    init(seed: UInt64, source: ID<Source> = ID("drawn")) {
        random = SeededGenerator(seed: seed)
        self.source = source
    }

    mutating func record(_ number: Int) -> CourseRecord {
        var course = course(number)
        course.expires = maybe { $0.date() }
        let offerings = (0..<Int.random(in: 0...5, using: &random)).map { index in
            offering(index, of: course)
        }
        guard let record = CourseRecord(course: course, offerings: offerings) else {
            preconditionFailure("the generator made a record that the model refuses")
        }
        return record
    }

    mutating func course(_ number: Int) -> Course {
        let native = "C\(number)"
        let course = Course(
            id: ID(source: source, native: native), nativeID: native,
            provider: ID(source: source, native: "P"), kind: one(CourseKind.allCases),
            title: LocalizedText([
                LocalizedText.Wording(language: language(), text: "Cursus \(word()) \(number)")
            ]), provenance: provenance())
        guard var course else { preconditionFailure("a title was given") }
        course.aliases = list { $0.code() }
        course.statedKind = maybe { $0.word() }
        course.variantGroup = maybe { $0.word() }
        course.summary = text()
        course.description = richText()
        course.sections = list { $0.section() }
        course.level = maybe { $0.level() }
        course.requiredLevels = list { $0.level() }
        course.prerequisites = richText()
        course.studyLoad = StudyLoad(
            hours: maybe { $0.decimal() }, hoursPerWeek: maybe { $0.decimal() },
            contactHours: maybe { $0.decimal() },
            credits: list {
                StudyLoad.Credit(
                    system: $0.word(), value: $0.decimal(), level: $0.maybe { $0.word() })
            })
        course.duration = maybe { $0.duration() }
        course.qualifications = list { $0.qualification() }
        course.codes = list { $0.code() }
        course.audiences = some(Audience.allCases)
        course.subjects = list { $0.code() }
        course.keywords = text()
        course.skills = list {
            DeclaredSkill(id: $0.maybe { $0.word() }, label: $0.text())
        }
        course.modes = some(DeliveryMode.allCases)
        course.studyModes = some(StudyMode.allCases)
        course.languages = list { $0.share() }
        course.funding = list { FundingScheme($0.word()) }
        course.url = maybe { $0.word() }
        course.image = maybe { $0.image() }
        course.contacts = list { $0.contact() }
        return course
    }

    mutating func offering(_ index: Int, of course: Course) -> Offering {
        let native = "O\(index)"
        let isOdd = Int.random(in: 0..<4, using: &random) == 0
        var offering = Offering(
            id: isOdd
                ? ID(source: source, native: "other-\(course.nativeID)-\(index)")
                : ID(course: course.id, native: native),
            nativeID: native, course: course.id, timing: timing(), provenance: provenance())
        offering.title = text()
        offering.statedStart = maybe { $0.word() }
        offering.duration = maybe { $0.duration() }
        offering.enrolment = maybe { drawn in
            let opens = drawn.maybe { $0.date() }
            let days = Int.random(in: 0...90, using: &drawn.random)
            return EnrolmentWindow(
                opens: opens,
                closes: drawn.maybe { $0.date() }.map { (opens ?? $0).adding(days: days) })
        }.flatMap { $0 }
        offering.applyURL = maybe { $0.word() }
        offering.dayParts = some(DayPart.allCases)
        offering.sessions = list { drawn in
            Session(
                date: drawn.maybe { $0.date() },
                weekday: drawn.maybe { $0.one(Weekday.allCases) },
                begins: TimeOfDay(minutes: Int.random(in: 0...1440, using: &drawn.random)),
                ends: drawn.maybe { _ in TimeOfDay(minutes: 900) }.flatMap { $0 },
                venue: drawn.maybe { $0.venue() }, name: drawn.text())
        }
        offering.hoursPerWeek = maybe { $0.decimal() }
        offering.places = list { drawn in
            drawn.one([.online, .workplace, .venue(drawn.venue())])
        }
        offering.modes = some(DeliveryMode.allCases)
        offering.studyModes = some(StudyMode.allCases)
        offering.languages = list { $0.share() }
        offering.assessmentLanguages = list { $0.language() }.compactMap { $0 }
        offering.price = maybe { $0.price() }
        offering.capacity = maybe { Int.random(in: 0...500, using: &$0.random) }
        offering.minimumParticipants = maybe { Int.random(in: 0...9, using: &$0.random) }
        offering.placesLeft = maybe { Int.random(in: -3...99, using: &$0.random) }
        offering.status = one(OfferingStatus.allCases)
        offering.age = maybe { $0.word() }
        offering.description = richText()
        offering.sections = list { $0.section() }
        offering.url = maybe { $0.word() }
        return offering
    }

    mutating func provider(_ native: String) -> Provider {
        var provider = Provider(
            id: ID(source: source, native: native), nativeID: native, name: text(),
            provenance: provenance())
        provider.description = richText()
        provider.url = maybe { $0.word() }
        provider.image = maybe { $0.image() }
        provider.location = maybe { $0.venue() }
        provider.contacts = list { $0.contact() }
        provider.codes = list { $0.code() }
        provider.accreditations = list { $0.word() }
        return provider
    }

    mutating func diagnostic() -> Diagnostic {
        Diagnostic(
            one(Diagnostic.Severity.allCases), DiagnosticCode(word()), file: word(),
            position: maybe { $0.position() }, record: maybe { $0.word() },
            field: maybe { $0.word() }, message: word())
    }

    // MARK: - Parts

    mutating func maybe<Value>(_ make: (inout Self) -> Value) -> Value? {
        Bool.random(using: &random) ? make(&self) : nil
    }

    mutating func list<Value>(_ make: (inout Self) -> Value) -> [Value] {
        (0..<Int.random(in: 0...3, using: &random)).map { _ in make(&self) }
    }

    mutating func one<Value>(_ values: [Value]) -> Value {
        values[Int.random(in: 0..<values.count, using: &random)]
    }

    mutating func some<Value>(_ values: [Value]) -> Set<Value> {
        Set(values.filter { _ in Bool.random(using: &random) })
    }

    mutating func word() -> String {
        let words = [
            "", "snoeien", "’s-Gravenhage", "<b>& \"x\"", "日本語", "e\u{301}", "🌱🌳", "a\nb\t",
            "veiligheid op hoogte", String(repeating: "lang ", count: 60),
        ]
        return one(words) + String(UInt16.random(in: 0...999, using: &random))
    }

    mutating func language() -> LanguageTag? {
        one([nil, .dutch, .english, LanguageTag("fy"), LanguageTag("deu")])
    }

    mutating func text() -> LocalizedText {
        LocalizedText(
            list { LocalizedText.Wording(language: $0.language(), text: $0.word()) })
    }

    mutating func richText() -> LocalizedRichText {
        LocalizedRichText(
            list { drawn in
                LocalizedRichText.Wording(
                    language: drawn.language(),
                    text: RichText(
                        drawn.list { drawn in
                            drawn.one([
                                .paragraph(drawn.spans()), .heading(drawn.spans()),
                                .list(ordered: false, items: drawn.list { $0.spans() }),
                                .list(ordered: true, items: drawn.list { $0.spans() }),
                            ])
                        }))
            })
    }

    mutating func spans() -> [RichText.Span] {
        list {
            RichText.Span(
                $0.word(), style: $0.one([.plain, .emphasis, .strong]), link: $0.maybe { $0.word() }
            )
        }
    }

    mutating func section() -> TextSection {
        TextSection(theme: word(), heading: text(), text: richText())
    }

    mutating func code() -> Code { Code(scheme: word(), code: word(), label: text()) }

    mutating func decimal() -> FixedDecimal {
        FixedDecimal(scaled: Int64.random(in: 1...90_000_000, using: &random))
    }

    mutating func money() -> Money {
        Money(decimal(), one([.euro, .pound, Currency("CHF") ?? .euro]))
    }

    mutating func duration() -> CourseDuration {
        let statedAs = maybe { $0.word() }
        guard
            let duration = CourseDuration(
                decimal(), one(CourseDuration.Unit.allCases), statedAs: statedAs)
        else { preconditionFailure("the value is above zero") }
        return duration
    }

    mutating func level() -> Level {
        switch Int.random(in: 0..<4, using: &random) {
        case 0: return Level(stated: one(NLQFLevel.allCases), nationalName: maybe { $0.word() })
        case 1: return Level(derived: one(NLQFLevel.allCases), nationalName: word())
        case 2: return Level(derived: nil, nationalName: word())
        default:
            guard let level = Level(eqf: Int.random(in: 1...8, using: &random), basis: .derived)
            else { preconditionFailure("the level is in range") }
            return level
        }
    }

    mutating func qualification() -> Qualification {
        Qualification(
            kind: one([
                .diploma, .degree, .certificate, .attendance, Qualification.Kind.none, .other,
            ]),
            title: text(), abbreviation: maybe { $0.word() }, level: maybe { $0.level() },
            awardedBy: maybe { $0.word() }, accreditedBy: maybe { $0.word() },
            codes: list { $0.code() }, url: maybe { $0.word() })
    }

    mutating func image() -> Image {
        Image(url: word(), alternative: maybe { $0.word() }, title: maybe { $0.word() })
    }

    mutating func contact() -> Contact {
        Contact(
            name: maybe { $0.word() }, role: maybe { $0.word() }, email: maybe { $0.word() },
            telephone: maybe { $0.word() }, url: maybe { $0.word() })
    }

    mutating func share() -> LanguageShare {
        LanguageShare(
            one([.dutch, .english, LanguageTag("tr") ?? .dutch]),
            percentage: maybe { Int.random(in: 1...100, using: &$0.random) })
    }

    mutating func venue() -> Venue {
        Venue(
            nativeID: maybe { $0.word() }, name: text(),
            address: Address(
                street: maybe { $0.word() }, postcode: maybe { $0.word() },
                city: maybe { $0.word() }, country: maybe { $0.word() }, other: list { $0.word() }),
            coordinates: maybe { drawn in
                Coordinates(
                    latitude: Double.random(in: -90...90, using: &drawn.random),
                    longitude: Double.random(in: -180...180, using: &drawn.random))
            }.flatMap { $0 }, url: maybe { $0.word() })
    }

    mutating func date() -> CalendarDate {
        CalendarDate(daysSince1970: Int32.random(in: -800...40_000, using: &random))
    }

    mutating func timing() -> Timing {
        let start: Start = one([
            .on(date()), .rolling, .onRequest, .unstated(raw: nil), .unstated(raw: word()),
        ])
        let end = maybe { drawn in
            (start.date ?? drawn.date()).adding(days: Int.random(in: 0...900, using: &drawn.random))
        }
        return Timing(start: start, startIsFinal: one([nil, true, false]), end: end) ?? .unstated
    }

    mutating func price() -> Price {
        let vat: Price.VAT = one([
            .included(percentage: nil), .included(percentage: decimal()),
            .excluded(percentage: decimal()), .exempt, .unstated,
        ])
        return Price(
            total: money(), vat: vat,
            costs: list { drawn in
                Cost(
                    kind: drawn.word(), amount: drawn.money(),
                    vatAmount: drawn.maybe { $0.decimal() },
                    vatPercentage: drawn.maybe { $0.decimal() }, vatCode: drawn.maybe { $0.word() },
                    isRequired: drawn.one([true, false]), isFinal: drawn.one([nil, true, false]),
                    period: drawn.one(Cost.Period.allCases), isForGroup: drawn.one([true, false]),
                    validFrom: drawn.maybe { $0.date() }, validUntil: drawn.maybe { $0.date() },
                    exemptAmount: drawn.maybe { $0.decimal() },
                    exemptVATAmount: drawn.maybe { $0.decimal() },
                    nativeID: drawn.maybe { $0.word() })
            }, statedAs: maybe { $0.word() })
    }

    mutating func position() -> SourcePosition {
        SourcePosition(
            line: Int.random(in: 1...1_000_000, using: &random),
            column: Int.random(in: 1...400, using: &random),
            byteOffset: Int.random(in: 0...Int(Int32.max) * 4, using: &random))
    }

    mutating func provenance() -> Provenance {
        Provenance(
            source: source, format: one(["edudex", "xcri-cap"]), file: one(["a.xml", "b.xml"]),
            position: maybe { $0.position() }, lastEdited: maybe { $0.word() })
    }
}
