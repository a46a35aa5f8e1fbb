import Foundation
import Testing

@testable import Answers

@Suite("answers are written as JSON with sorted names")
struct SortedJSONTests {
    private struct Inner: Codable, Equatable {
        var zeta: [Int?]
        var alpha: String?
    }

    private struct Value: Codable, Equatable {
        var title: String
        var count: Int
        var share: Double
        var small: Float
        var isOpen: Bool
        var unsigned: UInt64
        var empty: [String: String]
        var none: [Double]
        var inner: Inner
        var lists: [[Inner]]
        var named: [String: [Bool]]
    }

    private static func drawn(_ seed: UInt64) -> Value {
        var state = seed &* 0x9E37_79B9_7F4A_7C15 | 1
        func next(_ bound: Int) -> Int {
            state ^= state << 13
            state ^= state >> 7
            state ^= state << 17
            return Int(state % UInt64(bound))
        }
        func text() -> String {
            let pieces = [
                "a", "\"", "\\", "/", "\n", "\t", "\u{8}", "\u{c}", "\r", "\u{1}", "\u{1f}",
                "\u{7f}", "é",
                "e\u{301}", "語", "👩‍🌾", "\u{2028}", "<", " ",
            ]
            return (0..<next(12)).map { _ in pieces[next(pieces.count)] }.joined()
        }
        func inner() -> Inner {
            Inner(
                zeta: (0..<next(4)).map { _ in next(3) == 0 ? nil : next(1000) - 500 },
                alpha: next(2) == 0 ? nil : text())
        }
        return Value(
            title: text(), count: next(2_000_000) - 1_000_000,
            share: [0, 1, -0.5, 0.1, 1e-9, 1e21, 123_456.789, .pi][next(8)],
            small: [0, 0.25, 1e10, -3][next(4)], isOpen: next(2) == 0,
            unsigned: UInt64.max - UInt64(next(10)), empty: [:], none: [], inner: inner(),
            lists: (0..<next(4)).map { _ in (0..<next(3)).map { _ in inner() } },
            named: Dictionary(
                (0..<next(6)).map { ("k\($0 * 7 % 5)", [next(2) == 0, $0 > 1]) },
                uniquingKeysWith: { $1 }))
    }

    @Test("as Foundation writes it, byte for byte, and read back the same")
    func asFoundation() throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        for seed in 1...500 {
            let value = Self.drawn(UInt64(seed))
            let written = try JSONOutput.line(value)
            #expect(written == String(decoding: try encoder.encode(value), as: UTF8.self))
            #expect(
                try JSONDecoder().decode(Value.self, from: Data(written.utf8)) == value)
        }
    }

    @Test("a single text, number or nothing is a document too")
    func singles() throws {
        #expect(try JSONOutput.line("a") == "\"a\"")
        #expect(try JSONOutput.line(7) == "7")
        #expect(try JSONOutput.line([String]()) == "[]")
        #expect(try JSONOutput.line(String?.none) == "null")
    }

    @Test(
        "two values side by side are one object; what both name is written once, as the second says"
    )
    func beside() throws {
        struct First: Encodable { var b = 1, x = "first" }
        struct Second: Encodable { var a = 2, x = "second" }
        #expect(
            try JSONOutput.line(Beside(First(), Second())) == #"{"a":2,"b":1,"x":"second"}"#)
    }

    @Test("containers that are filled later stand where they belong")
    func nested() throws {
        struct Late: Encodable {
            enum Key: CodingKey { case z, a, list }
            func encode(to encoder: any Encoder) throws {
                var object = encoder.container(keyedBy: Key.self)
                var inside = object.nestedContainer(keyedBy: Key.self, forKey: .z)
                var list = object.nestedUnkeyedContainer(forKey: .list)
                try object.encode(1, forKey: .a)
                try inside.encode("late", forKey: .a)
                try list.encode(1)
                var element = list.nestedContainer(keyedBy: Key.self)
                try list.encode(3)
                try element.encode(2, forKey: .a)
                var deep = list.nestedUnkeyedContainer()
                try deep.encode(true)
            }
        }
        #expect(
            try JSONOutput.line(Late()) == #"{"a":1,"list":[1,{"a":2},3,[true]],"z":{"a":"late"}}"#)
    }

    @Test("a number that is not finite is refused, since JSON has none")
    func notFinite() {
        #expect(throws: EncodingError.self) { try JSONOutput.line([1.0, .infinity]) }
        #expect(throws: EncodingError.self) { try JSONOutput.line(["a": Double.nan]) }
    }
}
