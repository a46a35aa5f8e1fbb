import Answers
import CourseModel
import Glibc
import HTTPClient
import Ingest
import Places
import Storage

/// Runs alerts: asks, tells what is new, and remembers what was told.
///
/// What a way of delivery did not take is not remembered as told, so the next run tells it, as it is
/// then: what is full or gone by that time is left out. One that was taken is remembered at once, so
/// that only a crash in that moment tells it twice; then its id is the same.
public struct AlertRun {
    private let catalogue: Catalogue
    private let desk: AlertDesk
    private let folder: AlertFolder
    private let now: Moment
    private let clock: () -> Int64
    private let waiting: HTTPClient.Waiting

    /// A run over a catalogue's alerts.
    ///
    /// - Parameters:
    ///   - travel: Where travel times come from.
    ///   - now: The moment of the run, which messages are dated by.
    ///   - clock: Seconds since 1970, by which receivers of webhooks judge whether a message is new.
    public init(
        _ catalogue: Catalogue, travel: TravelTimes, now: Moment,
        clock: @escaping () -> Int64 = { Int64(time(nil)) },
        waiting: HTTPClient.Waiting = .init()
    ) {
        self.catalogue = catalogue
        self.now = now
        self.clock = clock
        self.waiting = waiting
        desk = AlertDesk(catalogue: catalogue, travel: travel)
        folder = AlertFolder(catalogue.workspace)
    }

    /// What alerts would tell now; nothing is sent and nothing remembered.
    ///
    /// - Parameter names: The alerts; none for all.
    /// - Throws: ``AlertError``.
    public func check(_ names: [String] = []) throws -> [AlertOutcome] {
        try wanted(names).map { name in
            var outcome = AlertOutcome(name: name)
            do {
                let alert = try folder.alert(name)
                let state = try folder.state(of: name)
                let findings = try desk.findings(of: alert)
                for channel in alert.channels {
                    outcome.news[channel] = news(
                        findings, state[channel], channel, alert
                    ).map(\.row.offering)
                }
                outcome.findings = findings
            } catch {
                outcome.failure = error
            }
            return outcome
        }
    }

    /// Tells what is new.
    ///
    /// - Parameter names: The alerts; none for all.
    /// - Throws: ``AlertError``; `SyncFailure` and `IngestError` when it cannot be remembered what was
    ///   told: then nothing more is sent.
    public func run(_ names: [String] = []) throws -> [AlertOutcome] {
        let names = try wanted(names)
        guard let lock = try folder.lock() else {
            throw AlertError.busy(folder: catalogue.workspace.folder)
        }
        return try withExtendedLifetime(lock) {
            try folder.forget(except: try folder.names())
            return try names.map(run)
        }
    }

    private func wanted(_ names: [String]) throws(AlertError) -> [String] {
        let known = try folder.names()
        for name in names where !known.contains(name) {
            throw .unknown(name, known: known)
        }
        return names.isEmpty ? known : names
    }

    private func run(_ name: String) throws -> AlertOutcome {
        var outcome = AlertOutcome(name: name)
        let alert: Alert
        var state: AlertState
        let findings: AlertFindings
        do {
            alert = try folder.alert(name)
            state = try folder.state(of: name)
            findings = try desk.findings(of: alert)
        } catch {
            outcome.failure = error
            return outcome
        }
        outcome.findings = findings
        let before = try state.text()
        state.keep(only: alert.channels)
        var remembered = before
        for channel in alert.channels {
            let step = deliver(findings, of: alert, by: channel, &state)
            outcome.steps.append((channel, step))
            let text = try state.text()
            guard text != remembered else { continue }
            try folder.save(state, of: name)
            remembered = text
        }
        return outcome
    }

    /// What a way has not told yet.
    private func news(
        _ findings: AlertFindings, _ state: AlertState.Channel?, _ channel: Alert.Channel,
        _ alert: Alert
    ) -> [AlertFinding] {
        guard let state else {
            return alert.tellsExisting || channel == .atom ? findings.found : []
        }
        return findings.found.filter { state.told[$0.row.offering.value] == nil }
    }

    private func deliver(
        _ findings: AlertFindings, of alert: Alert, by channel: Alert.Channel,
        _ state: inout AlertState
    ) -> AlertOutcome.Step {
        let found = findings.found.map(\.row.offering)
        let news = news(findings, state[channel], channel, alert)
        let isFirst = state[channel] == nil
        if isFirst, channel == .webhook, let webhook = alert.webhook {
            // Told now and not with the first news; it begins when it can be signed.
            do { _ = try signature(for: webhook) } catch {
                return .failed(waiting: news.count, error)
            }
        }
        var known = state[channel] ?? .init(began: now.secondsSince1970)
        known.seen(found, on: catalogue.today)
        defer { state[channel] = known }
        if isFirst, news.isEmpty, channel != .atom {
            known.tell(found, at: now, on: catalogue.today)
            return .began(found: found.count)
        }
        do throws(DeliveryFailure) {
            var told = known
            told.tell(news.map(\.row.offering), at: now, on: catalogue.today)
            if channel == .atom {
                try write(findings, of: alert, told)
            } else if !news.isEmpty {
                try send(AlertMessage(alert, telling: news, of: findings, in: workspace), channel)
            }
            told.failure = nil
            told.failingSince = nil
            known = told
        } catch {
            known.failure = error.description
            known.failingSince = known.failingSince ?? now.secondsSince1970
            return .failed(waiting: news.count, error)
        }
        guard !news.isEmpty else { return .nothingNew }
        known.lastTold = now.secondsSince1970
        known.generation = findings.generation
        return .told(news.count)
    }

    private var workspace: Workspace { catalogue.workspace }

    // MARK: The ways

    private func write(
        _ findings: AlertFindings, of alert: Alert, _ told: AlertState.Channel
    ) throws(DeliveryFailure) {
        guard let path = alert.atomFile else { return }
        let message = AlertMessage(alert, telling: findings.found, of: findings, in: workspace)
        let text: String
        do {
            text = try AlertAtom(message: message, times: told.told.mapValues(\.at)).text()
        } catch {
            throw .cannotWrite(path: path, reason: error.description)
        }
        guard AtomicFile.read(path) != text else { return }
        let isPersonal = if case .profile = alert.question { true } else { false }
        try keep(text, in: path, mode: isPersonal ? 0o600 : 0o644)
    }

    private func send(
        _ message: AlertMessage, _ channel: Alert.Channel
    ) throws(DeliveryFailure) {
        if channel == .mail, let mail = message.alert.mail {
            try send(message, by: mail)
        } else if let webhook = message.alert.webhook {
            try post(message, to: webhook)
        }
    }

    private func send(_ message: AlertMessage, by mail: Alert.Mail) throws(DeliveryFailure) {
        let settings = workspace.configuration.alerts
        guard let from = settings.from else {
            preconditionFailure("an alert with mail and no sender is not read")
        }
        let id = message.id(by: .mail)
        let text = MailMessage(
            from: from, to: mail.to, subject: message.subject, date: now, id: id,
            language: message.language.rawValue, text: message.text(from: from))
        guard let folder = mail.folder else {
            return try Sendmail(command: settings.sendmail, seconds: settings.sendmailSeconds)
                .send(text)
        }
        try keep(
            String(decoding: text.bytes(lineEnd: "\r\n"), as: UTF8.self),
            in: "\(folder)/\(message.alert.name)-\(id.prefix(12)).eml", mode: 0o600)
    }

    private func keep(
        _ text: String, in path: String, mode: mode_t
    ) throws(DeliveryFailure) {
        do {
            if let slash = path.lastIndex(of: "/"), slash > path.startIndex {
                try Folder.make(String(path[..<slash]))
            }
            try AtomicFile.write(text, to: path, mode: mode)
        } catch let error as SyncFailure {
            if case .cannotWrite(let path, let number) = error {
                throw .cannotWrite(path: path, reason: String(cString: strerror(number)))
            }
            throw .cannotWrite(path: path, reason: error.description)
        } catch {
            throw .cannotWrite(path: path, reason: "\(error)")
        }
    }

    private func signature(
        for webhook: Alert.Webhook
    ) throws(DeliveryFailure) -> WebhookSignature {
        let secret: String
        do { secret = try webhook.secret.resolved(in: workspace.folder) } catch {
            guard case .noSecret(let reference) = error else { throw .badSecret }
            throw .noSecret(reference: reference)
        }
        guard let signature = WebhookSignature(secret: secret) else { throw .badSecret }
        return signature
    }

    private func post(
        _ message: AlertMessage, to webhook: Alert.Webhook
    ) throws(DeliveryFailure) {
        let signature = try signature(for: webhook)
        do {
            let address = try WebAddress(webhook.url)
            let seconds = clock()
            let body = Array(
                try JSONOutput.line(message.json(at: Moment(secondsSince1970: seconds).iso)).utf8)
            var headers = signature.headers(
                id: "msg_" + message.id(by: .webhook), seconds: seconds, body: body)
            headers["Content-Type"] = "application/json"
            var limits = HTTPLimits()
            limits.seconds = 30
            limits.totalSeconds = 90
            limits.bytes = 1 << 20
            limits.attempts = 3
            limits.longestPause = 30
            limits.allowsPrivateAddresses = webhook.allowsPrivateAddresses
            _ = try HTTPClient(limits: limits, waiting: waiting).fetch(
                HTTPRequest(address, headers: headers, body: body), into: "/dev/null")
        } catch let failure as HTTPFailure {
            let host = (try? WebAddress(webhook.url))?.host ?? "an address that is none"
            throw .webhook(host: host, failure)
        } catch {
            // The rows of an answer always encode.
            preconditionFailure("\(error)")
        }
    }
}
