import CourseModel
import Foundation

/// The day on which all matching tests stand.
let today = CalendarDate(daysSince1970: 20_781)  // 2026-11-24

/// The folder of this repository.
let repository = "/" + #filePath.split(separator: "/").dropLast(3).joined(separator: "/")

/// The text of a file.
func contents(of file: String) throws -> String {
    try String(contentsOfFile: file, encoding: .utf8)
}

/// Whole euro.
func euro(_ amount: Int) -> Money { Money(FixedDecimal(scaled: Int64(amount) * 10_000), .euro) }

/// Numbers that look random and are the same on every run (SplitMix64).
struct SeededRandom {
    private var state: UInt64

    init(seed: Int) { state = UInt64(truncatingIfNeeded: seed + 1) &* 0xd134_2543_de82_ef95 }

    /// A number from 0 to one below `bound`.
    mutating func below(_ bound: Int) -> Int {
        state &+= 0x9e37_79b9_7f4a_7c15
        var z = state
        z = (z ^ (z >> 30)) &* 0xbf58_476d_1ce4_e5b9
        z = (z ^ (z >> 27)) &* 0x94d0_49bb_1331_11eb
        return Int((z ^ (z >> 31)) % UInt64(bound))
    }
}
