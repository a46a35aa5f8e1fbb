import HTTPTypes
import TestSupport
import Testing

@testable import Service

@Suite("Whatever stands in an address, the service answers or says what is wrong with it")
struct HostileRequestTests {
    private static let pieces = [
        "boom", "Houten", "15km", "30min", "2027-02-01", "-1", "99999999999999999999", "1e309",
        "NaN",
        "%00", "%", "%zz", "%ff%fe", "%ed%a0%80", "%2e%2e%2f", "..%2f..%2fetc%2fpasswd",
        "%22%3E%3Cscript%3E",
        "%27%20OR%201%3D1--", "*", "%22", "%22a%20b", "OR", "-", "title:", "a*",
        "%F0%9F%91%A9%E2%80%8D",
        "e%CC%81", "%0d%0aSet-Cookie:x=1", "52.03,5.17", "91,181",
        "%7B%22type%22%3A%22Polygon%22%7D",
        "true", "json", "nl", "%5B%5D", "a%26b=c", "+", "%2B31", "P1Y", "1,1,1,1", ";", "'",
    ]

    /// A value of a few pieces.
    private static func value(_ random: inout SeededGenerator) -> String {
        (0..<Int.random(in: 0...3, using: &random)).map { _ in
            pieces.randomElement(using: &random) ?? ""
        }.joined(separator: Bool.random(using: &random) ? "" : "%20")
    }

    @Test(
        "drawn parameters of every operation make no fault of the service’s own",
        arguments: serviceParts.flatMap { $0.operations }.filter { $0.method == .get }.map(\.id))
    func parameters(id: String) async throws {
        let service = try SampleService.usual()
        let operation = try #require(
            serviceParts.flatMap { $0.operations }.first { $0.id == id })
        var random = SeededGenerator(seed: StableHash.of(id))
        for _ in 0..<(operation.effort == .heavy ? 2 : 12) {
            let path = operation.path.text.split(separator: "/").map { part in
                part.hasPrefix("{") ? Self.value(&random) : String(part)
            }.joined(separator: "/")
            let names = operation.parameters.map(\.name) + ["x", ""]
            let query = (0..<Int.random(in: 0...4, using: &random)).map { _ in
                "\(names.randomElement(using: &random) ?? "")=\(Self.value(&random))"
            }.joined(separator: "&")
            let answer = try await service.ask(.get, "/\(path)?\(query)")
            #expect(answer.status < 500, "/\(path)?\(query): \(answer.text.prefix(300))")
            for field in answer.headers {
                #expect(!field.value.contains("\n") && field.name.canonicalName != "set-cookie")
            }
        }
    }
}
