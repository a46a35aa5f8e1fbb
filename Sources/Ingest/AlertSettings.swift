import CourseModel
import Settings

/// How alerts leave this catalogue: `[alerts]` in `catalog.toml`.
public struct AlertSettings: Hashable, Sendable {
    /// Whom mail comes from, and who reads the answers to it; `nil` when none is sent.
    public var from: MailAddress?
    /// The program that takes mail, with its first arguments; it is called as sendmail is.
    public var sendmail = ["/usr/sbin/sendmail"]
    /// Seconds that the program may take for one message.
    public var sendmailSeconds = 60

    /// No sender, and the system's sendmail.
    public init() {}

    /// Reads `[alerts]`.
    init(_ table: SettingsTable) {
        from = table.parsed("from", expected: "an address such as Leerwijzer <post@example.org>") {
            MailAddress($0)
        }
        if table.has("sendmail") {
            sendmail = table.strings("sendmail")
            if sendmail.first?.isEmpty ?? true {
                table.fault("sendmail", "names no program; give its path, or leave it out")
                sendmail = AlertSettings().sendmail
            }
        }
        if let seconds = FetchSettings.duration("sendmail-time-out", in: table) {
            sendmailSeconds = seconds
        }
    }
}
