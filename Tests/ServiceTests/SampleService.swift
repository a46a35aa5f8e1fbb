import CourseModel
import Foundation
import HTTPTypes
import Hummingbird
import Ingest
import Logging
import NIOCore
import NIOPosix
import TestSupport
import Testing

@testable import Service

/// The service over the sample catalogue, asked without a network.
struct SampleService: Sendable {
    /// The day that the sample feeds were made for.
    static let today = CalendarDate(iso: "2026-11-24")

    private static let sample = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent()
        .appendingPathComponent("catalog")

    /// A folder with the sample catalogue, read in once for all tests.
    static let folder: Result<Scratch, any Error> = Result {
        let scratch = try Scratch()
        for name in ["places", "skills", "catalog.toml", "funding.toml", "feeds", "profiles"] {
            try FileManager.default.copyItem(
                at: sample.appendingPathComponent(name),
                to: URL(fileURLWithPath: scratch.path(name)))
        }
        _ = try SampleService.catalogue(in: scratch).index()
        return scratch
    }

    /// A copy of that folder, for programs of their own: SQLite's locks are those of a process, and
    /// whoever else opens the file in this one lets them go.
    static func copy() throws -> Scratch {
        let scratch = try Scratch()
        try FileManager.default.copyItem(
            atPath: try folder.get().folder, toPath: scratch.path("catalog"))
        return scratch
    }

    /// The service over a copy of the sample catalogue with what its partners say besides their feeds:
    /// corrections and modules that they offer together.
    ///
    /// - Returns: The service, and the folder that it needs for as long as it is asked.
    static func withPartnersWork() throws -> (service: SampleService, folder: Scratch) {
        let scratch = try copy()
        for name in ["curation", "joint"] {
            try FileManager.default.copyItem(
                at: sample.appendingPathComponent(name),
                to: URL(fileURLWithPath: scratch.path("catalog/" + name)))
        }
        let catalogue = try catalogue(at: scratch.path("catalog"))
        _ = try catalogue.ingestAll()
        let live = try LiveCatalogue(folder: scratch.path("catalog"), store: try catalogue.store())
        return (try SampleService(catalogue: live), scratch)
    }

    static func catalogue(in scratch: Scratch) throws -> Catalogue {
        try catalogue(at: scratch.folder)
    }

    private static func catalogue(at folder: String) throws -> Catalogue {
        let day = try #require(today)
        return Catalogue(
            try Workspace(folder: folder), today: day,
            now: .init(secondsSince1970: Int64(day.daysSince1970) * 86_400))
    }

    /// The service with the usual settings, opened once.
    static let opened = Result { try SampleService() }

    /// The service with the usual settings.
    static func usual() throws -> SampleService { try opened.get() }

    let service: RunningService
    private let responder: ServiceResponder
    private let folder: Scratch

    /// - Parameter catalogue: The catalogue to serve; the sample's unless given.
    init(
        catalogue: LiveCatalogue? = nil, _ change: (inout ServiceSettings) -> Void = { _ in }
    ) throws {
        folder = try Self.folder.get()
        var settings = ServiceSettings()
        settings.baseURL = "https://courses.example"
        settings.limits.requestsPerSecond = 0
        change(&settings)
        service = RunningService(
            catalogue: try catalogue
                ?? LiveCatalogue(
                    folder: folder.folder, store: try Self.catalogue(in: folder).store()),
            settings: settings, threads: .singleton, today: Self.today)
        responder = ServiceResponder(
            service, operations: serviceParts.flatMap { $0.operations })
    }

    /// An answer, with its body read.
    struct Answer {
        var status: Int
        var headers: HTTPFields
        var bytes: [UInt8]

        var text: String { String(decoding: bytes, as: UTF8.self) }

        func json() throws -> [String: Any] {
            try JSONSerialization.jsonObject(with: Data(bytes)) as? [String: Any] ?? [:]
        }
    }

    func ask(
        _ method: HTTPRequest.Method = .get, _ path: String, headers: HTTPFields = [:],
        body: String = ""
    ) async throws -> Answer {
        var logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
        logger[metadataKey: "hb.request.id"] = "test"
        let request = Request(
            head: HTTPRequest(
                method: method, scheme: "http", authority: "test", path: path,
                headerFields: headers),
            body: RequestBody(buffer: ByteBuffer(string: body)))
        let response = try await responder.respond(
            to: request, context: ServiceRequestContext(logger: logger))
        let collector = Collector()
        try await response.body.write(collector)
        return Answer(
            status: response.status.code, headers: response.headers, bytes: collector.bytes)
    }

    private final class Collector: ResponseBodyWriter, @unchecked Sendable {
        // Written by one task, and read when that is done.
        private(set) var bytes: [UInt8] = []

        func write(_ buffer: ByteBuffer) async throws {
            bytes.append(contentsOf: buffer.readableBytesView)
        }

        func finish(_ trailingHeaders: HTTPFields?) async throws {}
    }
}
