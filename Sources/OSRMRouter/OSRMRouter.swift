import CourseModel
import Glibc
import HTTPClient
import Places

/// A router that speaks the HTTP interface of OSRM, version 5, service `table`
/// (`/table/v1/{profile}/{lon},{lat};…`).
///
/// One server of OSRM knows one way to travel, so each has its own address. Times are for driving
/// (or cycling, walking) as the server's profile says, without looking for a place to park.
public struct OSRMRouter: Router {
    /// A server for one way to travel.
    public struct Server: Hashable, Sendable {
        /// Its address, without `/table`: `http://localhost:5000`.
        public var address: String
        /// The name of its profile, which is part of what is asked: `driving`.
        public var profile: String

        /// A server.
        public init(address: String, profile: String) {
            self.address = address
            self.profile = profile
        }
    }

    private let servers: [TravelMode: Server]
    private let seconds: Double
    private let coordinates: Int

    /// A router.
    ///
    /// - Parameters:
    ///   - seconds: How long all requests for the times from one point may take together.
    ///   - coordinates: How many points may be in one request, 2 or more; OSRM allows 100 by default.
    public init(servers: [TravelMode: Server], seconds: Double = 5, coordinates: Int = 100) {
        self.servers = servers
        self.seconds = seconds
        self.coordinates = max(coordinates, 2)
    }

    /// Whether there is a server for this way to travel.
    public func covers(_ mode: TravelMode) -> Bool { servers[mode] != nil }

    /// Minutes from a point to each of some others, in as many requests as the server's limit asks for;
    /// when time is up, those of the requests that were answered.
    public func minutes(
        from: Coordinates, to: [Coordinates], by mode: TravelMode
    ) throws(RouterError) -> [Double?] {
        guard let server = servers[mode] else {
            throw RouterError("no router is set up for \(mode.rawValue)")
        }
        let deadline = ContinuousClock.now.advanced(by: .seconds(seconds))
        var minutes: [Double?] = []
        while minutes.count < to.count {
            let left = ContinuousClock.now.duration(to: deadline) / Duration.seconds(1)
            guard left > 0 || minutes.isEmpty else { break }
            let last = min(minutes.count + coordinates - 1, to.count)
            do throws(RouterError) {
                let times = try row(
                    server, from, to[minutes.count..<last], client(seconds: left))
                minutes += times
            } catch {
                // Curl counts whole milliseconds, and may be done a little before the time is up.
                let isLate = ContinuousClock.now.advanced(by: .milliseconds(20)) >= deadline
                guard isLate, !minutes.isEmpty else { throw error }
                break
            }
        }
        return minutes
    }

    /// A client that asks once.
    ///
    /// - Parameter seconds: How long that may take.
    private func client(seconds: Double) -> HTTPClient {
        // The shortest time that can be waited: none is no limit.
        let seconds = max(seconds, 0.01)
        var limits = HTTPLimits()
        limits.connectSeconds = seconds
        limits.seconds = seconds
        limits.totalSeconds = seconds
        limits.attempts = 1
        limits.redirects = 0
        limits.bytes = 8 << 20
        // The partnership's own server, named in its own settings.
        limits.allowsPrivateAddresses = true
        return HTTPClient(limits: limits)
    }

    /// One request.
    private func row(
        _ server: Server, _ from: Coordinates, _ to: ArraySlice<Coordinates>, _ client: HTTPClient
    ) throws(RouterError) -> [Double?] {
        let points = ([from] + to).map {
            "\(Self.degrees($0.longitude)),\(Self.degrees($0.latitude))"
        }
        let destinations = (1...to.count).map(String.init)
        var base = server.address
        while base.hasSuffix("/") { base.removeLast() }
        let text =
            "\(base)/table/v1/\(server.profile)/\(points.joined(separator: ";"))"
            + "?annotations=duration&sources=0&destinations=\(destinations.joined(separator: ";"))"
        let bytes = try fetch(text, server, client)
        func wrong(_ what: String) -> RouterError {
            RouterError("the router at \(server.address) answers \(what)")
        }
        let answer: JSONValue
        do { answer = try JSONValue(file: "answer", bytes: bytes) } catch {
            throw wrong("with something that is no JSON")
        }
        guard answer["code"]?.string == "Ok" else {
            throw wrong("with the code “\(answer["code"]?.string ?? "none")”")
        }
        guard let rows = answer["durations"]?.array, rows.count == 1, let row = rows[0].array,
            row.count == to.count
        else { throw wrong("with another number of times than it was asked for") }
        var minutes: [Double?] = []
        for value in row {
            switch value {
            case .null: minutes.append(nil)
            case .number(let seconds) where seconds >= 0: minutes.append(seconds / 60)
            default: throw wrong("with a time that is none")
            }
        }
        return minutes
    }

    private func fetch(
        _ text: String, _ server: Server, _ client: HTTPClient
    ) throws(RouterError) -> [UInt8] {
        // What comes goes by a file that has no name by the time that it is read.
        var name = Array("/tmp/leerwijzer-router-XXXXXX".utf8CString)
        let descriptor = mkstemp(&name)
        guard descriptor >= 0 else {
            throw RouterError("cannot make a file in /tmp: \(String(cString: strerror(errno)))")
        }
        let path = name.withUnsafeBufferPointer { String(cString: $0.baseAddress!) }
        defer {
            close(descriptor)
            unlink(path)
        }
        do throws(HTTPFailure) {
            _ = try client.fetch(HTTPRequest(try WebAddress(text)), into: path)
        } catch {
            // The failure names the whole address, in which places stand.
            throw RouterError("the router at \(server.address) \(Self.reason(error.kind))")
        }
        guard let file = fopen(path, "r") else {
            throw RouterError("cannot read the router's answer")
        }
        defer { fclose(file) }
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 65_536)
        while case let count = fread(&chunk, 1, chunk.count, file), count > 0 {
            bytes += chunk[..<count]
        }
        return bytes
    }

    private static func reason(_ kind: HTTPFailure.Kind) -> String {
        switch kind {
        case .timedOut, .tooSlow: "takes too long"
        case .status(let status, _): "answers with status \(status)"
        case .nameUnknown, .unreachable, .cutOff: "cannot be reached"
        case .tooLarge, .expands: "answers with too much"
        case .certificate: "has a certificate that is not in order"
        case .badAddress(let reason): "has an address that cannot be asked: \(reason)"
        default: "does not answer as it should"
        }
    }

    /// Five decimals, about a metre: more would tell more than is needed.
    private static func degrees(_ value: Double) -> String {
        let scaled = Int((abs(value) * 100_000).rounded())
        let fraction = String(scaled % 100_000)
        return (value < 0 ? "-" : "") + "\(scaled / 100_000)."
            + String(repeating: "0", count: 5 - fraction.count) + fraction
    }
}
