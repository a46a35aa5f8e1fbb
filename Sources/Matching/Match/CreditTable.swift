/// What teaching each of a source's skills is worth for the gaps of a learner.
///
/// A table of its own: it is asked about every skill of every course that may fit, and most of these
/// close nothing.
struct CreditTable {
    /// What teaching a skill is worth for one gap.
    struct Credit {
        var gap: Int
        /// Thousandths.
        var likeness: Int
    }

    /// The skills that are worth something, ascending.
    let skills: [Int]
    /// The credits, skill by skill.
    private let credits: [Credit]
    /// Where the credits of each skill begin, and one beyond.
    private let starts: [Int]
    /// A bit for each skill, by the last twelve bits of its number.
    private let mask: [UInt64]
    /// Places in ``skills``, from the place that a skill's number leads to; -1 where there is none.
    private let slots: [Int]

    init(_ all: [(skill: Int, Credit)]) {
        // Stable, so that the credits of a skill keep their order.
        let sorted = all.enumerated().sorted {
            ($0.element.skill, $0.offset) < ($1.element.skill, $1.offset)
        }.map(\.element)
        var skills: [Int] = []
        var starts: [Int] = []
        for (place, credit) in sorted.enumerated() where skills.last != credit.skill {
            skills.append(credit.skill)
            starts.append(place)
        }
        starts.append(sorted.count)
        var mask = [UInt64](repeating: 0, count: 64)
        for skill in skills { mask[skill >> 6 & 63] |= 1 << UInt64(skill & 63) }
        var size = 4
        while size < 2 * skills.count { size *= 2 }
        var slots = [Int](repeating: -1, count: size)
        for (place, skill) in skills.enumerated() {
            var slot = skill & (size - 1)
            while slots[slot] >= 0 { slot = (slot + 1) & (size - 1) }
            slots[slot] = place
        }
        self.skills = skills
        self.starts = starts
        credits = sorted.map(\.1)
        self.mask = mask
        self.slots = slots
    }

    /// What teaching a skill is worth.
    ///
    /// - Complexity: O(1) expected.
    @inline(__always)
    subscript(skill: Int) -> ArraySlice<Credit> {
        guard mask[skill >> 6 & 63] >> UInt64(skill & 63) & 1 == 1 else { return [] }
        var slot = skill & (slots.count - 1)
        while slots[slot] >= 0 {
            let place = slots[slot]
            if skills[place] == skill { return credits[starts[place]..<starts[place + 1]] }
            slot = (slot + 1) & (slots.count - 1)
        }
        return []
    }
}
