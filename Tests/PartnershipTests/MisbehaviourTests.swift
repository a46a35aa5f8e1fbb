import Foundation
import HTTPClient
import Storage
import TestSupport
import Testing

@testable import Partnership

/// A way in which a server answers the second time, and what must come of it.
struct Misbehaviour: Sendable, CustomTestStringConvertible {
    enum Verdict: Sendable {
        /// The run failed.
        case failed
        /// The run waits for a person.
        case held
        /// The run went well after all.
        case published
        /// The run found nothing new.
        case unchanged
    }

    let way: String
    let verdict: Verdict
    /// What the message must say.
    let words: [String]
    var more = "allow-private = true"
    /// Seconds for a document.
    var patience = 30

    var testDescription: String { way }

    static let all: [Misbehaviour] = [
        .init(
            way: "slow", verdict: .failed, words: ["bytes", "tried 3 times", "next sync"],
            patience: 2),
        .init(
            way: "silent", verdict: .failed, words: ["0 bytes", "tried 3 times", "next sync"],
            patience: 2),
        .init(way: "hangs-up", verdict: .failed, words: ["cut off"]),
        .init(way: "resets", verdict: .failed, words: ["cut off"]),
        .init(way: "truncated", verdict: .failed, words: ["cut off", "tried 3 times"]),
        .init(way: "truncated-chunks", verdict: .failed, words: ["cut off"]),
        .init(way: "length-too-short", verdict: .failed, words: ["end tag of <catalog>"]),
        .init(way: "no-length-cut", verdict: .failed, words: ["end tag of <catalog>"]),
        .init(way: "length-absurd", verdict: .failed, words: ["larger than", "max-megabytes"]),
        .init(
            way: "endless", verdict: .failed, words: ["larger than", "max-megabytes"],
            more: "allow-private = true\nmax-megabytes = 3"),
        .init(way: "redirect-loop", verdict: .failed, words: ["redirects in a circle"]),
        .init(way: "redirects-many", verdict: .failed, words: ["redirects more than 5 times"]),
        .init(way: "redirect-to-file", verdict: .failed, words: ["file:///etc/passwd", "not"]),
        .init(way: "redirect-nowhere", verdict: .failed, words: ["answered 302"]),
        .init(way: "web-page", verdict: .failed, words: ["web page", "Inloggen"]),
        .init(way: "picture", verdict: .failed, words: ["not XML", "PNG"]),
        .init(way: "gzip-bomb", verdict: .failed, words: ["times as large"]),
        .init(way: "gzip-truncated", verdict: .failed, words: ["not packed as it says", "stop"]),
        .init(way: "gzip-untrue", verdict: .failed, words: ["not packed as it says"]),
        .init(way: "brotli", verdict: .failed, words: ["packed as “br”"]),
        .init(way: "304-with-body", verdict: .unchanged, words: []),
        .init(way: "empty", verdict: .failed, words: ["the answer is empty"]),
        .init(way: "no-courses", verdict: .held, words: ["the feed is empty"]),
        .init(way: "half", verdict: .held, words: ["10 of 20 courses"]),
        .init(way: "other-ids", verdict: .held, words: ["renumbered"]),
        .init(way: "broken-xml", verdict: .failed, words: ["end tag"]),
        .init(way: "headers-endless", verdict: .failed, words: ["does not speak HTTP"]),
        .init(way: "not-http", verdict: .failed, words: ["does not speak HTTP"]),
        .init(way: "status-garbage", verdict: .failed, words: ["does not speak HTTP"]),
        .init(way: "busy-then-good", verdict: .published, words: []),
        .init(way: "wait-an-hour", verdict: .failed, words: ["503", "wait 3600 s"]),
        .init(way: "too-many", verdict: .failed, words: ["429", "less often"]),
        .init(way: "401", verdict: .failed, words: ["401", "credentials"]),
        .init(way: "404", verdict: .failed, words: ["404", "where the feed is"]),
        .init(way: "500", verdict: .failed, words: ["500", "tried 3 times"]),
    ]
}

@Suite("Whatever a server does, the last good state stays and the message says what to do")
struct MisbehaviourTests {
    private static let server = Result { try LocalServer(isSecure: true) }

    @Test(
        "a server that once was good and then", .timeLimit(.minutes(15)),
        arguments: Misbehaviour.all
    )
    func misbehaves(_ misbehaviour: Misbehaviour) throws {
        let server = try Self.server.get()
        let workspace = try SyncWorkspace()
        let address = server.address("\(misbehaviour.way)/\(UUID().uuidString)/feed.xml")
        try workspace.configure(address, more: misbehaviour.more)
        _ = try workspace.sync()
        let before = try workspace.titles()
        #expect(before.count == 20)
        let outcome = try workspace.sync(after: 60, patience: misbehaviour.patience)[0]
        if misbehaviour.verdict != .published { #expect(try workspace.titles() == before) }
        let run = try #require(try workspace.runs().first)
        let message = run.feedDiagnostics.map(\.message).joined() + (run.hold?.description ?? "")
        for words in misbehaviour.words { #expect(message.contains(words)) }
        switch misbehaviour.verdict {
        case .failed:
            #expect(run.verdict == .failed && outcome.failure != nil)
            // Whoever reads the message knows which source's address it is about.
            #expect(run.source.value == "school" && message.contains(address))
        case .held: #expect(run.verdict == .held)
        case .published: #expect(run.verdict == .published)
        case .unchanged: #expect(run.verdict == .unchanged)
        }
        // A later good answer is taken over as if nothing had happened.
        #expect(run.number > (try workspace.runs().last?.number ?? run.number))
    }

    @Test("a certificate fault, a private address and an unasked 304 never give a first state")
    func never() throws {
        let server = try Self.server.get()
        for (address, more, words) in [
            (server.secureAddress("good/x"), "allow-private = true", "certificate"),
            (server.address("good/x", host: "localhost"), "", "not on the public internet"),
            (server.address("always/304-unasked/x"), "allow-private = true", "nothing was known"),
        ] {
            let workspace = try SyncWorkspace()
            try workspace.configure(address, more: more)
            #expect(try workspace.sync()[0].failure != nil)
            let run = try #require(try workspace.runs().first)
            #expect(run.verdict == .failed)
            #expect(run.feedDiagnostics.first?.message.contains(words) == true)
        }
    }
}
