import HTTPClient

/// Why alerts are not run at all.
public enum AlertError: Error, Hashable, Sendable, CustomStringConvertible {
    /// Another process is at it.
    case busy(folder: String)
    /// There is no alert of that name.
    case unknown(String, known: [String])
    /// The folder cannot be looked through.
    case unreadable(path: String, reason: String)
    /// What an alert finds is more than anyone reads.
    case tooBroad(found: Int, limit: Int)

    /// What is wrong and what to do.
    public var description: String {
        switch self {
        case .busy(let folder):
            "another process is running the alerts of \(folder); nothing was sent. Try again when "
                + "it has finished"
        case .unknown(let name, let known):
            "there is no alert “\(name)”"
                + (known.isEmpty
                    ? "; there are none in alerts/" : "; known: \(known.joined(separator: ", "))")
        case .unreadable(let path, let reason): "cannot read \(path): \(reason)"
        case .tooBroad(let found, let limit):
            "finds \(found) offerings, and an alert may find \(limit); narrow its search"
        }
    }
}

/// Why a message was not delivered; it is tried again with the next run.
public enum DeliveryFailure: Error, Sendable, CustomStringConvertible {
    /// The secret that the alert refers to is not there.
    case noSecret(reference: String)
    /// The secret is not of the form that it has to have.
    case badSecret
    /// The program cannot be started.
    case noProgram(String, reason: String)
    /// The program did not take the message.
    case refused(String, status: Int32, said: String)
    /// The program did not end.
    case tooSlow(String, seconds: Int)
    /// The receiver did not take the message.
    case webhook(host: String, HTTPFailure)
    /// A file cannot be written.
    case cannotWrite(path: String, reason: String)

    /// What happened and what to do; the path of a webhook, which may be a secret, is not told.
    public var description: String {
        switch self {
        case .noSecret(let reference):
            "the secret “\(reference)” is not there; set the variable, or make the file, that the "
                + "alert names"
        case .badSecret:
            "the secret is not “whsec_” followed by 24 to 64 bytes as base64; make one with: "
                + "echo whsec_$(openssl rand -base64 32)"
        case .noProgram(let program, let reason):
            "\(program) cannot be started: \(reason). Install a program that takes mail as "
                + "sendmail does, or name one: sendmail = [\"…\"] under [alerts] in catalog.toml"
        case .refused(let program, let status, let said):
            "\(program) did not take the message (status \(status))"
                + (said.isEmpty ? "" : ": \(said)")
        case .tooSlow(let program, let seconds):
            "\(program) was still at it after \(seconds) s and was stopped"
        case .webhook(let host, let failure):
            if case .privateAddress = failure.kind {
                "the webhook at \(host): \(failure.what); if that is meant, write "
                    + "allow-private = true under [webhook]"
            } else {
                "the webhook at \(host): \(failure.what)"
            }
        case .cannotWrite(let path, let reason): "cannot write \(path): \(reason)"
        }
    }
}
