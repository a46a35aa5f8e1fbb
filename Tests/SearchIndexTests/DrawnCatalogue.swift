import CourseModel
import Places
import SearchIndex
import Text

/// The same numbers for the same seed, on every machine (SplitMix64).
struct SeededGenerator: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ z >> 30) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ z >> 27) &* 0x94D0_49BB_1331_11EB
        return z ^ z >> 31
    }

    mutating func chance(_ share: Double) -> Bool { Double.random(in: 0..<1, using: &self) < share }

    mutating func some<Value>(_ values: [Value], _ most: Int) -> [Value] {
        Array(values.shuffled(using: &self).prefix(Int.random(in: 0...most, using: &self)))
    }
}

/// Small catalogues and queries drawn by chance, dense enough that conditions meet.
enum Draw {
    static let today = CalendarDate(year: 2026, month: 9, day: 1)!
    static let words =
        """
        boom boomverzorging boomverzorgingscursus cursus verzorging verzorgende tuin tuinaanleg
        aanleg hovenier hoveniers groen groenvoorziening voorziening lassen lasser solderen training
        trainingen course courses learning e-learning nt2 mbo-4 veiligheid veiligheidstraining C++
        coördinatie coordinator plan planning de het en van met basis gevorderd
        """.split { $0 == " " || $0 == "\n" }.map(String.init)

    static let synonyms: Synonyms = {
        do {
            return try Synonyms(
                parsing: """
                    hovenier = tuin aanleg
                    lassen > solderen, boom verzorging, nergens
                    basis gevorderd = cursus
                    tuinman > hovenier
                    van de boom = verzorgende = nt2
                    ? training, plan, met, e-learning
                    """)
        } catch { fatalError("\(error)") }
    }()

    static let regions = (0..<5).map { index in
        [
            IndexedRegion(kind: .municipality, code: "GM\(index)", name: "Gemeente \(index)"),
            IndexedRegion(kind: .province, code: "PV\(index / 2)", name: "Provincie \(index / 2)"),
            IndexedRegion(kind: .labourRegion, code: "AM\(index / 3)", name: "Regio \(index / 3)"),
        ]
    }

    static func venue(_ random: inout SeededGenerator) -> IndexedVenue {
        let spot = Int.random(in: 0..<5, using: &random)
        let regions = random.chance(0.9) ? Self.regions[spot] : []
        guard random.chance(0.93) else {
            return IndexedVenue(coordinates: nil, label: "Stad \(spot)", regions: regions)
        }
        let north = [52.03, 52.09, 51.92, 53.22, 50.85][spot]
        let east = [5.17, 5.12, 4.48, 6.57, 5.69][spot]
        // Half of the venues share a point, so that distances tie.
        let apart = random.chance(0.5) ? 0 : 0.15
        return IndexedVenue(
            coordinates: Coordinates(
                latitude: north + Double.random(in: -apart...apart, using: &random),
                longitude: east + Double.random(in: -apart...apart, using: &random)),
            label: "Stad \(spot)", regions: regions)
    }

    static func text(_ random: inout SeededGenerator, _ most: Int) -> String {
        (0..<Int.random(in: 1...most, using: &random))
            .map { _ in words.randomElement(using: &random)! }.joined(separator: " ")
    }

    static func documents(_ count: Int, seed: UInt64) -> [IndexDocument] {
        var random = SeededGenerator(seed: seed)
        return (0..<count).map { document($0, &random) }
    }

    private static func document(
        _ number: Int, _ random: inout SeededGenerator
    ) -> IndexDocument {
        let provenance = Provenance(source: ID("bron"), format: "test", file: "test.xml")
        let language = [LanguageTag.dutch, .english, nil].randomElement(using: &random)!
        let provider = Int.random(in: 0..<4, using: &random)
        var course = Course(
            id: ID("bron:\(number)"), nativeID: "\(number)", provider: ID("p\(provider)"),
            kind: CourseKind.allCases.randomElement(using: &random)!,
            title: LocalizedText(text(&random, 3), language: language), provenance: provenance)!
        course.summary = LocalizedText(text(&random, 8), language: language)
        course.description = LocalizedRichText([
            .init(language: language, text: RichText(plain: text(&random, 30)))
        ])
        if random.chance(0.8) {
            course.level = Level(stated: NLQFLevel.allCases.randomElement(using: &random)!)
        }
        course.audiences = Set(random.some(Audience.allCases, 2))
        course.modes = Set(random.some(DeliveryMode.allCases, 2))
        course.funding = random.some([.bbl, .slim, .government], 2)
        course.languages = random.some([.dutch, .english], 2).map { LanguageShare($0) }
        course.subjects = random.some(["groen", "bouw", "zorg"], 2).map {
            Code(scheme: "thema", code: $0)
        }
        if random.chance(0.1) { course.expires = today.adding(days: 20) }
        let isNear = random.chance(0.6)
        let home = venue(&random)
        var offerings: [Offering] = []
        var venues: [[IndexedVenue]] = []
        for index in 0..<Int.random(in: 0...4, using: &random) {
            offerings.append(offering(index, course, &random))
            switch Int.random(in: 0..<10, using: &random) {
            case 0:
                venues.append([])
                offerings[index].places = [.online]
            case 1: venues.append([])
            case 2: venues.append([venue(&random), venue(&random), venue(&random)])
            default: venues.append([isNear ? home : venue(&random)])
            }
        }
        return IndexDocument(
            record: CourseRecord(course: course, offerings: offerings)!,
            providerName: ["Groenhoek", "Academie Lassen", "ROC Test", "Hoveniers"][provider],
            partner: random.chance(0.7) ? ID("partner\(provider % 2)") : nil, venues: venues,
            skills: random.some(["s1", "s2", "s3", "s4"], 3).map {
                WeightedSkill(
                    id: $0, label: $0 == "s1" ? "snoeien van bomen" : "",
                    weight: Double.random(in: 0...1, using: &random),
                    isDeclared: random.chance(0.5))
            })
    }

    private static func offering(
        _ index: Int, _ course: Course, _ random: inout SeededGenerator
    ) -> Offering {
        let day = today.adding(days: Int.random(in: -40...120, using: &random))
        let start: Start =
            switch Int.random(in: 0..<8, using: &random) {
            case 0: .rolling
            case 1: .onRequest
            case 2: .unstated(raw: "voorjaar")
            default: .on(day)
            }
        let end = random.chance(0.5) ? day.adding(days: 30) : nil
        var offering = Offering(
            id: ID(course: course.id, native: "\(index)"), nativeID: "\(index)", course: course.id,
            timing: Timing(start: start, end: end)!, provenance: course.provenance)
        if random.chance(0.4) {
            offering.enrolment = EnrolmentWindow(
                opens: random.chance(0.5) ? today.adding(days: -10) : nil,
                closes: today.adding(days: Int.random(in: -5...40, using: &random)))
        }
        offering.dayParts = Set(random.some(DayPart.allCases, 2))
        offering.status = OfferingStatus.allCases.randomElement(using: &random)!
        if random.chance(0.2) { offering.placesLeft = Int.random(in: 0...3, using: &random) }
        if random.chance(0.7) {
            let euros = [0, 100, 250, 251, 500, 1999].randomElement(using: &random)!
            let vat: Price.VAT =
                random.chance(0.3) ? .excluded(percentage: FixedDecimal(21)!) : .unstated
            let currency = random.chance(0.9) ? Currency.euro : .pound
            offering.price = Price(total: Money(FixedDecimal(euros)!, currency), vat: vat)
        }
        if random.chance(0.4) {
            offering.duration = CourseDuration(
                FixedDecimal(Int.random(in: 1...30, using: &random))!, .week)
        }
        offering.modes = random.chance(0.5) ? Set(random.some(DeliveryMode.allCases, 2)) : []
        return offering
    }

    static func query(_ random: inout SeededGenerator) -> Query {
        var query = Query(today: today)
        var items: [String] = []
        let asked = words + ["tuinman", "basis gevorderd", "van de boom", "training", "nergens"]
        for _ in 0..<[0, 0, 1, 1, 1, 2, 3].randomElement(using: &random)! {
            var word = asked.randomElement(using: &random)!
            switch word.contains(" ") ? 9 : Int.random(in: 0..<10, using: &random) {
            case 0: word = "-" + word
            case 1: word = "titel:" + word
            case 2: word = String(word.prefix(3)) + "*"
            case 3: word += " OR " + words.randomElement(using: &random)!
            case 4: word = "aanbieder:hoveniers"
            case 5:
                word = "\"\(word) \(words.randomElement(using: &random)!)\""
                if random.chance(0.3) { word = "-" + word }
            default: break
            }
            items.append(word)
        }
        query.words = items.joined(separator: " ")
        if random.chance(0.5) { query.synonyms = synonyms }
        query.fewestWithAllWords = random.chance(0.5) ? Int.random(in: 1...6, using: &random) : 0
        func often() -> Bool { random.chance(0.15) }
        if random.chance(0.4) {
            query.near = .init(
                center: venue(&random).coordinates
                    ?? Coordinates(latitude: 52.03, longitude: 5.17)!,
                metres: [nil, 5_000, 15_000, 40_000, 120_000].randomElement(using: &random)!)
            if random.chance(0.2) { query.near?.isReachable = { $0.latitude > 51.95 } }
        }
        if often() {
            query.regions = Set(
                random.some(regions.joined().map { RegionCode(kind: $0.kind, code: $0.code) }, 2))
        }
        if often() {
            query.area = Area(rings: [
                [(51.8, 4.3), (52.2, 4.9), (52.15, 5.4), (51.7, 5.3)].map {
                    Coordinates(latitude: $0.0, longitude: $0.1)!
                }
            ])
        }
        query.acceptsNoTravel = often()
        if often() { query.levels = [.eqf(4), .eqf(Int.random(in: 1...8, using: &random))] }
        if often() { query.levels.insert(.unknown) }
        if often() { query.kinds = Set(random.some(CourseKind.allCases, 3)) }
        if often() { query.modes = Set(random.some(DeliveryMode.allCases, 2)) }
        if often() { query.languages = Set(random.some([.dutch, .english], 2)) }
        if often() { query.audiences = Set(random.some(Audience.allCases, 2)) }
        if often() { query.providers = Set(random.some([ID("p0"), ID("p1"), ID("px")], 2)) }
        if often() { query.partners = Set(random.some([ID("partner0"), ID("partner9")], 2)) }
        if often() { query.funding = Set(random.some([.bbl, .slim], 2)) }
        if often() { query.skills = Set(random.some(["s1", "s2", "nergens"], 2)) }
        if often() { query.occupationSkills = Set(random.some(["s2", "s3"], 2)) }
        if often() { query.subjects = ["Thema:Groen"] }
        if often() {
            query.maxPrice = FixedDecimal([0, 250, 302][Int.random(in: 0..<3, using: &random)])
        }
        if often() { query.startAfter = today.adding(days: 10) }
        if often() { query.startBefore = today.adding(days: 60) }
        if often() { query.dayParts = Set(random.some(DayPart.allCases, 2)) }
        if often() { query.maxWeeks = Int.random(in: 1...20, using: &random) }
        query.openOnly = often()
        query.includesPast = random.chance(0.5)
        query.includesFull = random.chance(0.5)
        query.includesCancelled = random.chance(0.5)
        query.sort = Query.Sort.allCases.randomElement(using: &random)!
        query.groupsByCourse = random.chance(0.3)
        query.limit = Int.random(in: 0...12, using: &random)
        query.offset = random.chance(0.3) ? Int.random(in: 0...30, using: &random) : 0
        query.facets = Set(random.some(FacetKind.allCases, 13))
        query.relaxesUpTo = random.chance(0.5) ? 2 : nil
        return query
    }
}
