/// What a server answered.
public struct HTTPAnswer: Hashable, Sendable {
    /// The status: 200–299, or 304 when the asker's version is still the latest.
    public var status: Int
    /// Where the answer came from, after all redirects.
    public var address: WebAddress
    /// Where the document has moved for good, when every redirect said so.
    public var permanentAddress: WebAddress?
    /// `Content-Type`, as it was sent.
    public var contentType: String?
    /// To ask with next time.
    public var validators: HTTPRequest.Validators
    /// The bytes of the document, unpacked.
    public var bytes: Int
    /// The bytes that came over the line.
    public var transferred: Int
    /// How often was asked, 1 or more.
    public var attempts: Int

    /// Whether the asker's version is still the latest.
    public var isNotModified: Bool { status == 304 }
}
