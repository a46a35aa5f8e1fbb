import CourseModel
import Places
import TestSupport
import Testing

@Suite("Finding the place that someone means")
struct ResolvingTests {
    let gazetteer: Gazetteer

    init() throws { gazetteer = try SampleGazetteer.load() }

    @Test(
        "names are found however they are spelt",
        arguments: [
            ("Houten", "Houten"), ("  hOuTeN ", "Houten"), ("'s-Gravenhage", "'s-Gravenhage"),
            ("’s Gravenhage", "'s-Gravenhage"), ("s gravenhage", "'s-Gravenhage"),
            ("Den Haag", "'s-Gravenhage"), ("den-haag", "'s-Gravenhage"),
            ("The Hague", "'s-Gravenhage"), ("DEN BOSCH", "'s-Hertogenbosch"),
            ("Bergen op Zoom", "Bergen op Zoom"), ("bergen-op-zoom", "Bergen op Zoom"),
            ("Flushing", "Vlissingen"), ("Feanwalden", "Feanwâlden"),
            ("Mariënberg", "Mariënberg"), ("Marienberg", "Mariënberg"),
            ("Mari\u{65}\u{308}nberg", "Mariënberg"), ("Ysselstein", "IJsselstein"),
            ("Ĳsselstein", "IJsselstein"), ("Sint Willebrord", "St. Willebrord"),
            ("Ljouwert", "Leeuwarden"), ("Amsterdam Zuidoost", "Amsterdam"),
            ("Utrecht, Nederland", "Utrecht"), ("Driebergen", "Driebergen-Rijsenburg"),
        ])
    func spelling(text: String, label: String) {
        #expect(gazetteer.resolve(text).label == label)
    }

    @Test(
        "a qualifier tells namesakes apart",
        arguments: [
            ("Bergen (NH)", "Bergen (NH)"), ("Bergen NH", "Bergen (NH)"),
            ("bergen n.h.", "Bergen (NH)"), ("Bergen, Noord-Holland", "Bergen (NH)"),
            ("Bergen (L)", "Bergen (L)"), ("Bergen L", "Bergen (L)"), ("Bergen (L.)", "Bergen (L)"),
            ("Bergen, Limburg", "Bergen (L)"), ("Rijswijk ZH", "Rijswijk (ZH)"),
            ("Rijswijk bij Den Haag", "Rijswijk (ZH)"), ("Rijswijk Gld", "Rijswijk (Gld)"),
            ("Hengelo Overijssel", "Hengelo (Ov)"), ("Hengelo (O)", "Hengelo (Ov)"),
            ("Hengelo Gld", "Hengelo (Gld)"), ("Beek (Montferland)", "Beek (Montferland)"),
            ("Beek gem. Berg en Dal", "Beek (Berg en Dal)"), ("Hoorn Terschelling", "Hoorn (Fr)"),
        ])
    func qualifiers(text: String, label: String) {
        #expect(gazetteer.resolve(text).label == label)
    }

    @Test(
        "a name that several towns share asks which one",
        arguments: [
            ("Bergen", ["Bergen (NH)", "Bergen (L)"]),
            ("Elsloo", ["Elsloo (L)", "Elsloo (Fr)"]),
        ])
    func ambiguous(text: String, labels: [String]) {
        #expect(gazetteer.resolve(text).choices.map(Set.init) == Set(labels))
    }

    @Test(
        "the town that names its municipality, or is far larger, needs no qualifier",
        arguments: [
            ("Rijswijk", "Rijswijk (ZH)"), ("Hengelo", "Hengelo (Ov)"), ("Hoorn", "Hoorn (NH)"),
            ("Beuningen", "Beuningen (Gld)"), ("Oosterhout", "Oosterhout (NB)"),
        ])
    func principal(text: String, label: String) {
        #expect(gazetteer.resolve(text).label == label)
    }

    @Test(
        "postcodes are found by digits, with letters, and beside a town",
        arguments: [
            ("3992", "3992 Houten"), ("3992AB", "3992 AB Houten"), ("3992 ab", "3992 AB Houten"),
            ("3992 AB Houten", "3992 AB Houten"), ("Houten, 3992AB", "3992 AB Houten"),
            ("Stationsplein 1, 3511 ED Utrecht", "3511 ED Utrecht"),
            ("Dorpsstraat 1234 Houten", nil), ("3992 Houten", "3992 Houten"),
        ] as [(String, String?)])
    func postcodes(text: String, label: String?) {
        #expect(gazetteer.resolve(text).label == label)
    }

    @Test("an unknown postcode suggests its neighbours by number")
    func unknownPostcode() {
        #expect(
            gazetteer.resolve("3990").suggestions == [
                "3989 Ossenwaard", "3991 Houten", "3992 Houten",
            ])
    }

    @Test("an unknown postcode beside a town suggests the town")
    func unknownPostcodeWithTown() {
        #expect(gazetteer.resolve("1999 ZZ Houten").suggestions == ["Houten"])
    }

    @Test("a village that is called like a province elsewhere says where it is")
    func likeAProvince() {
        #expect(gazetteer.resolve("Zeeland").label == "Zeeland (NB)")
        #expect(gazetteer.resolve("Zeeland (NB)").label == "Zeeland (NB)")
        #expect(gazetteer.resolve("Utrecht").label == "Utrecht")
    }

    @Test(
        "coordinates are read in the usual ways",
        arguments: ["52.0336,5.1692", "52.0336, 5.1692", "52.0336 5.1692", "52,0336; 5,1692"])
    func coordinates(text: String) throws {
        let place = try #require(gazetteer.resolve(text).place)
        #expect(place.kind == .coordinates)
        #expect(place.label == "52.0336, 5.1692 (Houten)")
        #expect(place.municipality?.name == "Houten")
    }

    @Test("coordinates abroad have no Dutch region")
    func abroad() throws {
        let place = try #require(gazetteer.resolve("51.2194, 4.4025").place)
        #expect(place.areas == nil)
        #expect(place.label == "51.2194, 4.4025")
    }

    @Test("coordinates with the longitude first suggest the right order")
    func swapped() {
        #expect(gazetteer.resolve("5.1692, 52.0336").suggestions == ["52.0336, 5.1692 (Houten)"])
    }

    @Test(
        "a municipality that is no town is found, a province is a region",
        arguments: [("Westland", "gemeente Westland"), ("gemeente Houten", "gemeente Houten")])
    func municipalities(text: String, label: String) {
        #expect(gazetteer.resolve(text).label == label)
    }

    @Test("a province is no place to start from")
    func province() {
        guard case .region(let region) = gazetteer.resolve("Drenthe") else {
            Issue.record("Drenthe should be a region")
            return
        }
        #expect(region.label == "provincie Drenthe")
    }

    @Test(
        "misspelt and unfinished names suggest what was meant",
        arguments: [
            ("Houtn", "Houten"), ("Houetn", "Houten"), ("Amsterdma", "Amsterdam"),
            ("Nieuwegijn", "Nieuwegein"), ("s Gravenhaage", "'s-Gravenhage"),
            ("Wijk bij Duur", "Wijk bij Duurstede"), ("Den Hag", "'s-Gravenhage"),
        ])
    func misspelt(text: String, label: String) {
        #expect(gazetteer.resolve(text).suggestions?.first == label)
    }

    @Test("nothing, and nonsense, is unknown without suggestions", arguments: ["", "  ", "xqzzyk"])
    func nonsense(text: String) {
        #expect(gazetteer.resolve(text) == .unknown(suggestions: []))
    }

    @Test("no text is too odd: every one gets an answer")
    func oddities() {
        var random = SeededGenerator(seed: 99)
        let pieces = [
            "Houten", "’s", "-", " ", ",", "3992", "AB", "(", ")", "NH", "gemeente", "\u{0}", "é",
            "\u{301}", "ß", "ĳ", "😀", "\u{202E}", "52.03", ";", "5.17", "St.", "&", "ا", "\n",
            "999999999999999999999", "-90.1",
        ]
        for _ in 0..<500 {
            let text = (0..<Int.random(in: 0...6, using: &random)).map { _ in
                pieces.randomElement(using: &random) ?? ""
            }.joined()
            if let place = gazetteer.resolve(text).place {
                #expect(!place.label.isEmpty)
            }
            _ = gazetteer.region(named: text)
        }
    }

    @Test("typing completes names, largest first")
    func completions() {
        #expect(gazetteer.completions(of: "hout", limit: 3).map(\.label).first == "Houten")
        #expect(gazetteer.completions(of: "amst").map(\.label).first == "Amsterdam")
        #expect(gazetteer.completions(of: "").isEmpty)
    }

    @Test("every postcode resolves to itself, with all its regions")
    func everyPostcode() throws {
        #expect(gazetteer.allPostcodes.count == 4073)
        for pc4 in gazetteer.allPostcodes {
            let place = try #require(gazetteer.resolve("\(pc4) XY").place)
            #expect(place.kind == .postcode)
            #expect(place.name == "\(pc4) XY")
            #expect(place.regions.map(\.kind) == RegionKind.allCases)
            #expect(gazetteer.coordinates(pc4: pc4) == place.coordinates)
            let area = try #require(gazetteer.postcode(pc4))
            #expect(area.municipality == place.municipality)
            #expect(area.labourRegion == place.labourRegion)
        }
    }

    @Test("every town resolves to itself, or is one of those asked about; its label finds it")
    func everyTown() throws {
        for (name, municipality) in try townRows() {
            switch gazetteer.resolve(name) {
            case .found(let place):
                // A namesake may have been preferred; then the qualified name finds this one.
                if place.name != name {
                    let other = gazetteer.resolve("\(name) (\(municipality.name))").place
                    // “Kapel Avezaath” and “Kapel-Avezaath” are one village in two municipalities.
                    #expect(
                        other?.name.filter(\.isLetter) == name.filter(\.isLetter),
                        "\(name) in \(municipality.name)")
                }
                #expect(gazetteer.resolve(place.label).place == place, "\(place.label)")
            case .ambiguous(let places):
                #expect(places.count > 1)
                for place in places {
                    #expect(gazetteer.resolve(place.label).place == place, "\(place.label)")
                }
            case .region, .unknown: Issue.record("\(name) is not found")
            }
            let qualified = gazetteer.resolve("\(name) (\(municipality.name))").place
            #expect(qualified != nil, "\(name) (\(municipality.name))")
        }
    }

    @Test("words that name a place are told without loading, words that name none mostly too")
    func mayName() throws {
        let folder = SampleGazetteer.folder
        func mayName(_ words: String) throws -> Bool {
            try Gazetteer.mayName(words.split(separator: " "), folder: folder)
        }
        for (number, (name, municipality)) in try townRows().enumerated()
        where number.isMultiple(of: 97) {
            #expect(try mayName(name), "\(name)")
            #expect(try mayName("lassen in " + name.lowercased()), "\(name)")
            #expect(try mayName("\(name) (\(municipality.name))"), "\(name)")
        }
        for words in [
            "gemeente Houten", "Den Bosch", "'s-hertogenbosch", "zorg gelderland", "Bergen NH",
            "regio zwolle", "3992 ab", "3992AB", "52.03,5.17", "lassen 3511", "friesland",
        ] {
            #expect(try mayName(words), "\(words)")
        }
        for words in ["snoeien", "verpleegkundige worden", "", "nederlands leren voor beginners"] {
            #expect(try !mayName(words), "\(words)")
        }
    }

    private func townRows() throws -> [(String, Region)] {
        try TableRows.rows("towns.tsv").map { fields in
            let region = try #require(gazetteer.regions.first { $0.code == fields[2] })
            return (fields[1], region)
        }
    }
}
