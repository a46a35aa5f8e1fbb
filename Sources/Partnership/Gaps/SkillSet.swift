/// A set of skills by their numbers in a catalogue.
struct SkillSet: Hashable, Sendable {
    private var words: [UInt64]

    /// No skill of a catalogue with so many.
    init(capacity: Int) { words = [UInt64](repeating: 0, count: (capacity + 63) / 64) }

    mutating func insert(_ skill: Int) { words[skill >> 6] |= 1 << UInt64(skill & 63) }

    func contains(_ skill: Int) -> Bool { words[skill >> 6] >> UInt64(skill & 63) & 1 > 0 }

    mutating func formUnion(_ other: SkillSet) {
        for index in words.indices { words[index] |= other.words[index] }
    }
}
