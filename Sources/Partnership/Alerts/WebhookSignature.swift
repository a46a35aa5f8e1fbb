import FoundationEssentials

/// How a receiver knows that a message came from here, and when.
///
/// Standard Webhooks, <https://www.standardwebhooks.com>, with its symmetric signature: HMAC-SHA256
/// over id, time and body, so that neither can be changed and an old message cannot be sent again:
/// receivers refuse what is more than five minutes old.
struct WebhookSignature {
    /// The receiver's and our secret.
    private let key: [UInt8]

    /// The header that holds the message's id: the same for each attempt at one message.
    static let idHeader = "webhook-id"
    /// The header that holds the moment of sending, in seconds since 1970.
    static let timeHeader = "webhook-timestamp"
    /// The header that holds the signature.
    static let signatureHeader = "webhook-signature"

    /// The bytes that a secret may have.
    private static let lengths = 24...64

    /// A signature with a secret as it is written: `whsec_` and 24 to 64 bytes as base64.
    ///
    /// - Returns: `nil` when the text is no such secret.
    init?(secret text: String) {
        let prefix = "whsec_"
        guard text.hasPrefix(prefix),
            let key = Data(base64Encoded: String(text.dropFirst(prefix.count))),
            Self.lengths.contains(key.count)
        else { return nil }
        self.key = Array(key)
    }

    /// The headers to send with a body.
    func headers(id: String, seconds: Int64, body: [UInt8]) -> [String: String] {
        let signed = Array("\(id).\(seconds).".utf8) + body
        let code = Data(SHA256.authenticate(signed, key: key)).base64EncodedString()
        return [
            Self.idHeader: id, Self.timeHeader: "\(seconds)", Self.signatureHeader: "v1,\(code)",
        ]
    }
}
