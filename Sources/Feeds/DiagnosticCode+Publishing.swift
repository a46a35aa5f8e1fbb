import CourseModel

/// What a writer of any format tells of what it could not write.
extension DiagnosticCode {
    /// A course cannot be written in a format, and was left out of it.
    public static let courseLeftOut: DiagnosticCode = "course-left-out"
    /// An offering cannot be written in a format, and was left out of it.
    public static let offeringLeftOut: DiagnosticCode = "offering-left-out"
    /// A sitemap holds addresses of several hosts.
    public static let sitemapOfSeveralHosts: DiagnosticCode = "sitemap-of-several-hosts"
    /// A course takes more bytes than its file was to have.
    public static let fileLargerThanAsked: DiagnosticCode = "file-larger-than-asked"
    /// Files of a feed name each other at an address that nobody gave.
    public static let addressOfFeedUnknown: DiagnosticCode = "address-of-feed-unknown"
}
