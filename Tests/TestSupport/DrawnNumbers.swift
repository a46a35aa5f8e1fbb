/// Random numbers that are the same in every run for the same seed (SplitMix64).
public struct DrawnNumbers: RandomNumberGenerator, Sendable {
    private var state: UInt64

    /// Numbers of a seed.
    public init(seed: UInt64) { state = seed }

    /// The next number.
    public mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }

    /// True in `share` of the draws, 0...1.
    public mutating func chance(_ share: Double) -> Bool {
        Double(next() >> 11) / Double(1 << 53) < share
    }

    /// A number of the range.
    public mutating func number(_ range: ClosedRange<Int>) -> Int {
        Int.random(in: range, using: &self)
    }

    /// One of the elements, which must not be empty.
    public mutating func pick<Element>(_ elements: [Element]) -> Element {
        elements[number(0...elements.count - 1)]
    }

    /// Some of the elements, each with the given chance, in their order.
    public mutating func some<Element>(_ elements: [Element], _ share: Double) -> [Element] {
        var chosen: [Element] = []
        for element in elements where chance(share) { chosen.append(element) }
        return chosen
    }

    /// What `make` gives, in `share` of the draws.
    public mutating func maybe<Value>(
        _ share: Double, _ make: (inout DrawnNumbers) -> Value?
    ) -> Value? {
        chance(share) ? make(&self) : nil
    }
}
