import CourseModel
import Foundation
import OSRMRouter
import Places
import Testing

/// A server of this machine that speaks the table interface; see `server.py`.
private final class TableServer {
    private let process = Process()
    private let input = Pipe()
    let port: Int

    init() throws {
        let script = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
            .appendingPathComponent("server.py")
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = ["python3", script.path]
        let output = Pipe()
        process.standardInput = input
        process.standardOutput = output
        try process.run()
        let line = String(decoding: output.fileHandleForReading.availableData, as: UTF8.self)
        port = try #require(Int(line.trimmingCharacters(in: .whitespacesAndNewlines)))
    }

    deinit { try? input.fileHandleForWriting.close() }

    func router(_ way: String, coordinates: Int = 100) -> OSRMRouter {
        OSRMRouter(
            servers: [
                .car: .init(address: "http://127.0.0.1:\(port)/\(way)/", profile: "driving")
            ], seconds: 1, coordinates: coordinates)
    }
}

@Suite("Times come from a router that speaks OSRM's table interface")
struct OSRMRouterTests {
    private let home = Coordinates(latitude: 52, longitude: 5)!

    private func places(_ count: Int) -> [Coordinates] {
        (1...count).map { Coordinates(latitude: 52 + Double($0) / 100, longitude: -0.5)! }
    }

    @Test("a row of times is asked for in as many requests as the server allows")
    func times() throws {
        let server = try TableServer()
        let minutes = try server.router("good").minutes(from: home, to: places(3), by: .car)
        #expect(minutes == [1, 2, 3])
        let many = try server.router("limit", coordinates: 5)
            .minutes(from: home, to: places(14), by: .car)
        #expect(many == (1...14).map { Double($0) })
        #expect(try server.router("good").minutes(from: home, to: [], by: .car).isEmpty)
        #expect(
            try server.router("null").minutes(from: home, to: places(2), by: .car) == [nil, nil])
    }

    @Test("when time is up, the times that came are kept")
    func deadline() throws {
        let server = try TableServer()
        let minutes = try server.router("later", coordinates: 3)
            .minutes(from: home, to: places(6), by: .car)
        #expect(minutes == [1, 2])
    }

    @Test(
        "what goes wrong is said without telling where anyone lives",
        arguments: [
            ("slow", "takes too long"), ("status", "answers with status 500"),
            ("html", "answers with something that is no JSON"),
            ("fewer", "answers with another number of times than it was asked for"),
            ("norows", "answers with another number of times than it was asked for"),
            ("negative", "answers with a time that is none"),
            ("code", "answers with the code “TooBig”"), ("limit", "answers with status 400"),
        ])
    func faults(way: String, reason: String) throws {
        let server = try TableServer()
        let error = #expect(throws: RouterError.self) {
            try server.router(way).minutes(from: home, to: places(7), by: .car)
        }
        #expect(
            error?.description
                == "the router at http://127.0.0.1:\(server.port)/\(way)/ \(reason)")
    }

    @Test("a router that is away, and a way to travel that it does not know, are named")
    func away() throws {
        let router = OSRMRouter(
            servers: [.car: .init(address: "http://127.0.0.1:1", profile: "driving")], seconds: 1)
        let error = #expect(throws: RouterError.self) {
            try router.minutes(from: home, to: places(1), by: .car)
        }
        #expect(error?.description == "the router at http://127.0.0.1:1 cannot be reached")
        #expect(!router.covers(.bike))
        #expect(throws: RouterError.self) {
            try router.minutes(from: home, to: places(1), by: .bike)
        }
    }

    @Test("times are the router's where it has them, and estimates after it has failed")
    func fallBack() throws {
        let server = try TableServer()
        let good = TravelTimes(router: server.router("good"))
        let place = places(1)[0]
        #expect(!good.time(from: home, to: place, by: .car).isRouted)
        good.lookUp(from: home, to: [place], by: .car)
        let routed = good.time(from: home, to: place, by: .car)
        #expect(routed.minutes == 1)
        #expect(routed.isRouted)
        #expect(!good.time(from: home, to: place, by: .bike).isRouted)

        let broken = TravelTimes(router: server.router("status"))
        broken.lookUp(from: home, to: [place], by: .car)
        #expect(broken.failure?.description.hasSuffix("answers with status 500") == true)
        let time = broken.time(from: home, to: place, by: .car)
        #expect(time.minutes == travelEstimate(from: home, to: place, by: .car))
        #expect(!time.isRouted)
    }
}
