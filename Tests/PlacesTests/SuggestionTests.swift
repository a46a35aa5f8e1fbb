import CourseModel
import Places
import TestSupport
import Testing

@Suite("Suggesting towns for misspelt names")
struct SuggestionTests {
    @Test("a wrong letter in a town's name suggests that town, in 99 of 100 cases")
    func oneWrongLetter() throws {
        let gazetteer = try SampleGazetteer.load()
        var random = SeededGenerator(seed: 5)
        var (tried, suggested, first) = (0, 0, 0)
        for fields in try TableRows.rows("towns.tsv") {
            let name = fields[1]
            var letters = Array(name)
            let place = Int.random(in: letters.indices, using: &random)
            switch Int.random(in: 0..<4, using: &random) {
            case 0: letters.remove(at: place)
            case 1: letters.insert("x", at: place)
            case 2: letters[place] = letters[place] == "e" ? "a" : "e"
            default: letters.swapAt(place, min(place + 1, letters.count - 1))
            }
            guard let labels = gazetteer.resolve(String(letters)).suggestions else {
                continue  // still a name, perhaps another town's
            }
            tried += 1
            let own = gazetteer.resolve(name)
            let accepted = Set([name] + [own.label].compactMap { $0 } + (own.choices ?? []))
            if labels.contains(where: accepted.contains) { suggested += 1 }
            if labels.first.map(accepted.contains) == true { first += 1 }
        }
        print("misspelt towns: \(tried), suggested \(suggested), first \(first)")
        #expect(tried > 2000)
        #expect(suggested * 100 >= tried * 99)
        #expect(first * 100 >= tried * 95)
    }
}
