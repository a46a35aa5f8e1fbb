import Matching
import Testing

@Suite("A fairness report lays groups side by side and keeps small ones out")
struct FairnessTests {
    private func observation(_ offerings: Int, _ cents: Int? = nil) -> FairnessTally.Observation {
        FairnessTally.Observation(
            offerings: offerings, minutes: offerings == 0 ? nil : Double(offerings), cents: cents)
    }

    @Test("a group tells its medians, and how many were offered nothing")
    func medians() throws {
        var tally = FairnessTally()
        for offerings in 0..<31 {
            tally.add(observation(max(0, offerings - 10), offerings * 100), to: "Utrecht")
        }
        let group = try #require(tally.groups.first)
        #expect(group.profiles == 31)
        #expect(group.withoutOffer == 11)
        #expect(group.medianOfferings == 5)
        #expect(group.medianMinutes == 10)
        #expect(group.medianCents == 1_500)
        #expect(tally.suppressed == 0)
    }

    @Test("a group of nine is counted and not told")
    func small() {
        var tally = FairnessTally()
        for offerings in 0..<9 { tally.add(observation(offerings), to: "klein") }
        for offerings in 0..<3 { tally.add(observation(offerings), to: "kleiner") }
        for offerings in 0..<10 { tally.add(observation(offerings), to: "groot") }
        #expect(tally.groups.map(\.name) == ["groot"])
        #expect(tally.groups.first?.medianCents == nil)
        #expect(tally.suppressed == 12)
    }

    @Test("no count under ten is told, nor can it be found by subtracting")
    func underTen() throws {
        var tally = FairnessTally()
        for _ in 0..<9 { tally.add(observation(1), to: "klein") }
        for offerings in 0..<12 { tally.add(observation(offerings), to: "middel") }
        for offerings in 0..<20 { tally.add(observation(offerings, 100), to: "groot") }
        // The smallest group that could be told hides the nine.
        #expect(tally.groups.map(\.name) == ["groot"])
        #expect(tally.suppressed == 21)
        let group = try #require(tally.groups.first)
        #expect(group.withoutOffer == nil, "one learner was offered nothing")

        var most = FairnessTally()
        for offerings in 0..<20 { most.add(observation(max(0, offerings - 15)), to: "groot") }
        #expect(most.groups.first?.withoutOffer == nil, "four were offered something")
        #expect(most.groups.first?.medianMinutes == nil, "of four only")

        var few = FairnessTally()
        for _ in 0..<3 { few.add(observation(1), to: "klein") }
        #expect(few.groups.isEmpty)
        #expect(few.suppressed == nil)
    }
}
