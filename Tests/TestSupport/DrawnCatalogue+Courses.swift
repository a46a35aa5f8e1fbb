import CourseModel

extension CatalogueDrawing {
    static let levels: [Level] = [
        Level(stated: .three), Level(stated: .fourPlus, nationalName: "vwo-plus"),
        Level(derived: .four, nationalName: "mbo niveau 4"),
        Level(derived: .six, nationalName: "bachelor"),
        Level(derived: nil, nationalName: "gevorderd"), Level(eqf: 5)!,
        Level(eqf: 2, nationalName: "Stufe 2")!,
    ]

    mutating func record(
        _ index: Int, of provider: Provider, _ numbers: inout DrawnNumbers
    ) -> CourseRecord {
        let native =
            numbers.chance(0.5)
            ? "https://school.example/c/\(provider.nativeID.utf8.count)-\(index)-\(numbers.next())"
            : "C\(index)/\(numbers.next())"
        guard
            var course = Course(
                id: ID(source: source, native: native), nativeID: native, provider: provider.id,
                kind: numbers.pick(CourseKind.allCases), title: text("Course \(index)", &numbers),
                provenance: provenance(&numbers))
        else { fatalError("a drawn title is never empty") }
        course.aliases = numbers.some([Code(scheme: "internal", code: "I-\(index)")], 0.5)
        course.statedKind = numbers.maybe(0.4) { $0.pick(["avondschool", "leergang & meer"]) }
        course.variantGroup = numbers.maybe(0.2) { "group-\($0.number(1...9))" }
        if numbers.chance(0.6) { course.summary = text("", &numbers) }
        course.description = richTexts(&numbers, 0.8)
        course.sections = sections(
            [
                "curriculum", "job perspective", "1st year", "own theme", "application",
                "assessment", "learningOutcome", "objectives", "regulations",
            ], &numbers)
        course.level = numbers.maybe(0.7) { $0.pick(Self.levels) }
        course.requiredLevels = numbers.some(
            [Level(derived: .four, nationalName: "havo"), Level(stated: .two)], 0.3)
        course.prerequisites = richTexts(&numbers, 0.4)
        course.studyLoad = studyLoad(&numbers)
        course.duration = duration(&numbers, 0.2)
        course.qualifications = qualifications(course.level, &numbers)
        course.codes = numbers.some(
            [Code(scheme: "crebo", code: "2\(numbers.number(1000...9999))")], 0.3)
        course.audiences = Set(numbers.some(Audience.allCases, 0.3))
        course.subjects = subjects(&numbers)
        for _ in 0..<numbers.number(0...3) {
            course.keywords.append(
                sentence(&numbers, 1...2), language: numbers.pick([nil, .dutch]))
        }
        course.skills = skills(&numbers)
        course.modes = Set(numbers.some(DeliveryMode.allCases, 0.2))
        course.studyModes = Set(numbers.some(StudyMode.allCases, 0.2))
        course.languages = numbers.some(
            [LanguageShare(.dutch, percentage: 60), LanguageShare(.english)], 0.3)
        course.funding = numbers.some([.slim, .bbl, .government, "own-fund"], 0.2)
        course.url = numbers.maybe(0.7) { _ in "https://school.example/cursus?id=\(index)&x=1" }
        course.image = image(&numbers)
        course.contacts = (0..<numbers.number(0...2)).map { _ in contact(&numbers) }
        course.expires = numbers.maybe(0.3) { date(&$0) }
        var offerings: [Offering] = []
        for run in 0..<numbers.number(0...4) {
            offerings.append(offering(run, of: course, &numbers))
        }
        guard let record = CourseRecord(course: course, offerings: offerings) else {
            fatalError("drawn offerings have ids of their own")
        }
        return record
    }

    func date(_ numbers: inout DrawnNumbers) -> CalendarDate {
        CalendarDate(daysSince1970: Int32(numbers.number(20_700...21_800)))
    }

    func decimal(_ range: ClosedRange<Int>, _ numbers: inout DrawnNumbers) -> FixedDecimal {
        // Cents only: four places would ask more of a format than money ever does.
        FixedDecimal(scaled: Int64(numbers.number(range)) * 100)
    }

    func duration(_ numbers: inout DrawnNumbers, _ share: Double) -> CourseDuration? {
        numbers.maybe(share) { numbers in
            CourseDuration(
                FixedDecimal(numbers.number(1...30))!, numbers.pick(CourseDuration.Unit.allCases),
                statedAs: numbers.maybe(0.2) { _ in "in overleg, rond de zomer" })
        }
    }

    private func studyLoad(_ numbers: inout DrawnNumbers) -> StudyLoad {
        StudyLoad(
            hours: numbers.maybe(0.5) { decimal(100...90_000, &$0) },
            hoursPerWeek: numbers.maybe(0.3) { decimal(100...4_000, &$0) },
            contactHours: numbers.maybe(0.3) { decimal(100...9_000, &$0) },
            credits: numbers.some(
                [
                    StudyLoad.Credit(
                        system: "ECTS", value: FixedDecimal(numbers.number(1...60))!),
                    StudyLoad.Credit(
                        system: "PE", value: FixedDecimal(scaled: 25_000), level: "2"),
                ], 0.3))
    }

    private func qualifications(
        _ level: Level?, _ numbers: inout DrawnNumbers
    ) -> [Qualification] {
        (0..<numbers.number(0...2)).map { index in
            Qualification(
                kind: numbers.pick(Qualification.Kind.allCases),
                title: numbers.chance(0.8) ? text("Paper \(index)", &numbers) : LocalizedText(),
                abbreviation: numbers.maybe(0.3) { _ in "BSc" },
                level: numbers.maybe(0.3) { $0.pick(Self.levels) },
                awardedBy: numbers.maybe(0.3) { _ in "Board of <Exams>" },
                accreditedBy: numbers.maybe(0.3) { _ in "NVAO" },
                codes: numbers.some([Code(scheme: "crebo", code: "25\(index)")], 0.4),
                url: numbers.maybe(0.3) { _ in "https://school.example/diploma" })
        }
    }

    private func subjects(_ numbers: inout DrawnNumbers) -> [Code] {
        (0..<numbers.number(0...3)).map { index in
            Code(
                scheme: numbers.pick(["isced-f", "edudex-theme", "subject", "jacs3"]),
                code: "08\(index)\(numbers.number(0...9))",
                label: numbers.chance(0.8) ? text("", &numbers) : LocalizedText())
        }
    }

    private func skills(_ numbers: inout DrawnNumbers) -> [DeclaredSkill] {
        (0..<numbers.number(0...4)).map { index in
            let id =
                numbers.pick([
                    "http://data.europa.eu/esco/skill/", "urn:skill:", "own-list/",
                ]) + "\(index)\(numbers.number(100...999))"
            guard numbers.chance(0.8) else {
                return DeclaredSkill(label: LocalizedText("skill \(index) " + sentence(&numbers)))
            }
            return DeclaredSkill(
                id: id, label: numbers.chance(0.8) ? text("", &numbers) : LocalizedText())
        }
    }
}

extension CatalogueDrawing {
    func offering(
        _ index: Int, of course: Course, _ numbers: inout DrawnNumbers
    ) -> Offering {
        let native =
            numbers.chance(0.5) ? "https://school.example/o/\(index)" : "run \(index) & co"
        var offering = Offering(
            id: ID(course: course.id, native: native), nativeID: native, course: course.id,
            timing: timing(&numbers), provenance: provenance(&numbers))
        if numbers.chance(0.3) { offering.title = text("Run \(index)", &numbers) }
        if offering.timing.start.date != nil {
            offering.statedStart = numbers.maybe(0.2) { _ in "in de loop van de week" }
        }
        offering.duration = duration(&numbers, 0.5)
        offering.enrolment = numbers.maybe(0.5) { numbers in
            let opens = date(&numbers)
            return EnrolmentWindow(
                opens: numbers.maybe(0.7) { _ in opens },
                closes: opens.adding(days: numbers.number(0...60)))
        }
        offering.applyURL = numbers.maybe(0.5) { "https://school.example/apply?o=\($0.next())" }
        offering.dayParts = Set(numbers.some(DayPart.allCases, 0.3))
        offering.sessions = (0..<numbers.number(0...2)).map { _ in session(&numbers) }
        offering.hoursPerWeek = numbers.maybe(0.3) { decimal(100...4_000, &$0) }
        offering.places = places(&numbers)
        offering.modes = Set(numbers.some(DeliveryMode.allCases, 0.3))
        offering.studyModes = Set(numbers.some(StudyMode.allCases, 0.3))
        offering.languages = numbers.some([LanguageShare(.dutch), LanguageShare(.english)], 0.4)
        offering.assessmentLanguages = numbers.some([.dutch, .english], 0.3)
        offering.price = numbers.maybe(0.7) { price(&$0) }
        offering.capacity = numbers.maybe(0.5) { $0.number(1...40) }
        offering.minimumParticipants = numbers.maybe(0.3) { $0.number(1...8) }
        offering.placesLeft = numbers.maybe(0.4) { $0.number(0...12) }
        offering.status = numbers.pick(OfferingStatus.allCases)
        offering.age = numbers.maybe(0.2) { $0.pick(["any", "16-18", "19+"]) }
        offering.description = richTexts(&numbers, 0.3)
        offering.sections = sections(["objectives", "own theme"], &numbers)
        offering.url = numbers.maybe(0.4) { _ in "https://school.example/run/\(index)" }
        return offering
    }

    private func timing(_ numbers: inout DrawnNumbers) -> Timing {
        switch numbers.number(0...9) {
        case 0: return Timing(start: .rolling)
        case 1: return Timing(start: .onRequest)
        case 2: return Timing(start: .unstated(raw: "voorjaar"))
        case 3: return .unstated
        default:
            let start = date(&numbers)
            let end = numbers.maybe(0.7) { start.adding(days: $0.number(0...400)) }
            return Timing(
                start: .on(start), startIsFinal: numbers.pick([nil, true, false]), end: end)
                ?? .unstated
        }
    }

    private func session(_ numbers: inout DrawnNumbers) -> Session {
        var session = Session()
        if numbers.chance(0.7) {
            session.date = date(&numbers)
        } else {
            session.weekday = numbers.pick(Weekday.allCases)
        }
        if numbers.chance(0.7) {
            session.begins = TimeOfDay(minutes: numbers.number(8...12) * 60 + 30)
            session.ends = numbers.maybe(0.8) { TimeOfDay(minutes: $0.number(13...22) * 60) }
        }
        if numbers.chance(0.3) { session.name = LocalizedText(sentence(&numbers, 1...3)) }
        return session
    }

    private func places(_ numbers: inout DrawnNumbers) -> [TeachingPlace] {
        var places: [TeachingPlace] = []
        for index in 0..<numbers.number(0...2) {
            let venue = Venue(
                nativeID: numbers.maybe(0.5) { _ in "https://school.example/v/\(index)" },
                name: text("Venue \(index)", &numbers), address: address(&numbers),
                coordinates: coordinates(&numbers, 0.6),
                url: numbers.maybe(0.3) { _ in "https://school.example/route/\(index)" })
            places.append(.venue(venue))
        }
        if numbers.chance(0.15) { places.append(.online) }
        if numbers.chance(0.1) { places.append(.workplace) }
        return places
    }

    func price(_ numbers: inout DrawnNumbers) -> Price {
        let currency = numbers.pick([Currency.euro, .euro, .pound])
        let total = Money(decimal(0...500_000, &numbers), currency)
        let percentage = numbers.maybe(0.6) { $0.pick([FixedDecimal(21)!, FixedDecimal(9)!]) }
        var price = Price(
            total: total,
            vat: numbers.pick([
                .unstated, .exempt, .included(percentage: percentage),
                .excluded(percentage: percentage),
            ]))
        if numbers.chance(0.3) {
            price.costs = [
                Cost(kind: "tuition fee", amount: total),
                Cost(
                    kind: "study material", amount: Money(decimal(100...9_000, &numbers), currency)),
            ]
        }
        return price
    }
}
