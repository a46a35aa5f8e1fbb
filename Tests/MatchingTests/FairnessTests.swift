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
        for offerings in 0..<11 {
            tally.add(observation(offerings, offerings * 100), to: "Utrecht")
        }
        let group = try #require(tally.groups.first)
        #expect(group.profiles == 11)
        #expect(group.withoutOffer == 1)
        #expect(group.medianOfferings == 5)
        #expect(group.medianMinutes == 5)
        #expect(group.medianCents == 500)
        #expect(tally.suppressed == 0)
    }

    @Test("a group of nine is counted and not told")
    func small() {
        var tally = FairnessTally()
        for offerings in 0..<9 { tally.add(observation(offerings), to: "klein") }
        for offerings in 0..<10 { tally.add(observation(offerings), to: "groot") }
        #expect(tally.groups.map(\.name) == ["groot"])
        #expect(tally.groups.first?.medianCents == nil)
        #expect(tally.suppressed == 9)
    }
}
