import CourseModel
import Places
import TestSupport
import Testing

@Suite("Finding the region that someone means")
struct RegionTests {
    let gazetteer: Gazetteer

    init() throws { gazetteer = try SampleGazetteer.load() }

    @Test(
        "names, aliases, codes and kinds are understood",
        arguments: [
            ("Houten", "gemeente Houten"), ("GM0321", "gemeente Houten"),
            ("gemeente Utrecht", "gemeente Utrecht"), ("provincie Utrecht", "provincie Utrecht"),
            ("Utrecht (provincie)", "provincie Utrecht"), ("corop Utrecht", "COROP-gebied Utrecht"),
            ("province of Utrecht", "provincie Utrecht"), ("pv26", "provincie Utrecht"),
            ("Friesland", "provincie Fryslân"), ("fryslan", "provincie Fryslân"),
            ("Den Haag", "gemeente 's-Gravenhage"), ("Noord Brabant", "provincie Noord-Brabant"),
            ("arbeidsmarktregio Amersfoort", "arbeidsmarktregio Amersfoort"),
            ("arbeidsmarktregio Friesland", "arbeidsmarktregio Friesland"),
            ("Midden-Utrecht", "arbeidsmarktregio Midden-Utrecht"),
            ("zaanstreek waterland", "arbeidsmarktregio Zaanstreek/Waterland"),
            ("COROP-gebied Agglomeratie Haarlem", "COROP-gebied Agglomeratie Haarlem"),
            ("sudwest fryslan", "gemeente Súdwest-Fryslân"),
            ("Súdwest", "gemeente Súdwest-Fryslân"),
            ("Bergen (NH)", "gemeente Bergen (NH.)"), ("Bergen Limburg", "gemeente Bergen (L.)"),
            ("Hengelo", "gemeente Hengelo (O.)"),
        ])
    func found(text: String, label: String) {
        guard case .found(let region, _) = gazetteer.region(named: text) else {
            Issue.record("\(gazetteer.region(named: text))")
            return
        }
        #expect(region.label == label)
    }

    @Test("a shared name means the municipality, and says what else it could be")
    func precedence() {
        guard case .found(let region, let others) = gazetteer.region(named: "Utrecht") else {
            Issue.record("Utrecht should be found")
            return
        }
        #expect(region.label == "gemeente Utrecht")
        #expect(others.map(\.label) == ["provincie Utrecht", "COROP-gebied Utrecht"])
    }

    @Test("municipalities of one name ask")
    func ambiguous() {
        guard case .ambiguous(let regions) = gazetteer.region(named: "Bergen") else {
            Issue.record("Bergen should be ambiguous")
            return
        }
        #expect(regions.map(\.name) == ["Bergen (NH.)", "Bergen (L.)"])
    }

    @Test(
        "what is no region suggests the town's municipality, or what it looks like",
        arguments: [
            ("Doorn", "gemeente Utrechtse Heuvelrug"), ("Nieuwegin", "gemeente Nieuwegein"),
            ("Gelderlant", "provincie Gelderland"),
            ("Midden Utrect", "arbeidsmarktregio Midden-Utrecht"),
        ])
    func suggestions(text: String, label: String) {
        guard case .unknown(let suggestions) = gazetteer.region(named: text) else {
            Issue.record("\(text) should be unknown")
            return
        }
        #expect(suggestions.first?.label == label)
    }

    @Test("every region is found by its code, and by its kind and name")
    func everyRegion() {
        #expect(gazetteer.regions.count == 342 + 12 + 35 + 40)
        for region in gazetteer.regions {
            #expect(gazetteer.region(named: region.code) == .found(region, others: []))
            #expect(gazetteer.region(named: region.label) == .found(region, others: []))
            #expect(gazetteer[region.index] == region)
        }
    }

    @Test("every municipality lies in one region of each kind, and makes up that region")
    func hierarchy() throws {
        let municipalities = gazetteer.regions.filter { $0.kind == .municipality }
        for municipality in municipalities {
            let areas = try #require(gazetteer.areas(ofMunicipality: municipality.index))
            for kind in RegionKind.allCases {
                #expect(gazetteer[areas[kind]].kind == kind)
                #expect(gazetteer.municipalities(of: areas[kind]).contains(municipality.index))
            }
        }
        for kind in RegionKind.allCases {
            let parts = gazetteer.regions.filter { $0.kind == kind }
                .flatMap { gazetteer.municipalities(of: $0.index) }
            #expect(parts.sorted() == municipalities.map(\.index))
        }
    }

    @Test("a wrong letter in a municipality's name suggests it, nine times out of ten")
    func oneWrongLetter() {
        var random = SeededGenerator(seed: 20_26)
        var tried = 0
        var suggested = 0
        var first = 0
        for region in gazetteer.regions where region.kind == .municipality {
            var letters = Array(region.name)
            let place = Int.random(in: 0..<letters.count, using: &random)
            switch Int.random(in: 0..<4, using: &random) {
            case 0: letters.remove(at: place)
            case 1: letters.insert("x", at: place)
            case 2: letters[place] = letters[place] == "e" ? "a" : "e"
            default: letters.swapAt(place, min(place + 1, letters.count - 1))
            }
            guard case .unknown(let suggestions) = gazetteer.region(named: String(letters)) else {
                continue  // still a name: only case, a hyphen or a space changed
            }
            tried += 1
            if suggestions.contains(region) { suggested += 1 }
            if suggestions.first == region { first += 1 }
        }
        print("misspelt municipalities: \(tried), suggested \(suggested), first \(first)")
        #expect(tried > 250)
        #expect(suggested * 10 >= tried * 9)
        #expect(first * 10 >= tried * 8)
    }

    @Test("the fingerprint is the same for the same regions")
    func fingerprint() throws {
        let again = try Gazetteer.load(folder: SampleGazetteer.folder)
        #expect(again.regionFingerprint == gazetteer.regionFingerprint)
    }
}
