import CourseModel
import Glibc
import XMLStream

/// The formats that can be read and written.
public enum Feeds {
    /// Every format that is read, in the order in which a document is offered to them.
    public static let knownFormats: [any FeedFormat.Type] = [
        XCRICAP.self,
        HODEX.self,
        EDUDEX.self,
        EducationsCom.self,
        LHEO.self,
        LOQ.self,
        OpenQCat.self,
        SchemaOrg.self,
        OOAPI.self,
        CSV.self,
    ]

    /// The formats that are only written.
    public static let writtenFormats: [any CatalogueFormat.Type] = [
        Atom.self,
        Sitemap.self,
        GeoJSON.self,
        ICalendar.self,
    ]

    /// Every format that is read or written.
    public static let allFormats: [any CatalogueFormat.Type] = knownFormats + writtenFormats

    /// The format of that name, to read.
    ///
    /// - Throws: ``FeedError/noSuchFormat(_:known:)``.
    public static func format(named name: String) throws(FeedError) -> any FeedFormat.Type {
        if let format = knownFormats.first(where: { $0.name == name }) { return format }
        throw .noSuchFormat(name, known: knownFormats.map { $0.name })
    }
}

extension Feeds {
    /// Whether a document has to be read again only when its bytes have changed.
    ///
    /// - Parameter format: The name of the format; `nil` to recognise it. What cannot be recognised
    ///   has to be read.
    public static func isSelfContained(_ input: FeedInput, format: String?) -> Bool {
        if let format { return (try? self.format(named: format))?.isSelfContained ?? false }
        // What is wrong with a document is told when it is read.
        guard case .file = input.content, let opening = try? FeedOpening(of: input) else {
            return false
        }
        return knownFormats.first { $0.recognises(opening) }?.isSelfContained ?? false
    }
}

/// Reads a feed in the format that is named, or in the one that it is recognised as.
///
/// - Parameters:
///   - format: The name of the format; `nil` to recognise it.
///   - receive: Called for each item in the order of the feed; what it throws ends the reading.
/// - Throws: ``FeedError``, or what `receive` throws.
public func readFeed(
    _ input: FeedInput, format: String? = nil, _ receive: (FeedItem) throws -> Void
) throws -> FeedSummary {
    let unpacked = try input.unpacked()
    defer { unpacked.close() }
    let input = unpacked.input
    if let format {
        let reader = try Feeds.format(named: format)
        let summary = try reader.read(input, receive)
        // A root element that is slightly wrong must not keep a feed out; one in which nothing of
        // the format is found is another format, not an empty feed.
        if summary.offered.isZero, let opening = try? FeedOpening(of: input),
            !reader.recognises(opening)
        {
            throw FeedError.wrongFormat(
                name: input.name, expected: reader.title, found: opening.found)
        }
        return summary
    }
    var opening = try FeedOpening(of: input)
    for root in opening.roots.map(Optional.some) + (opening.roots.isEmpty ? [nil] : []) {
        opening.root = root
        for format in Feeds.knownFormats where format.recognises(opening) {
            return try format.read(input.rewound(), receive)
        }
    }
    opening.root = opening.roots.first
    throw FeedError.unknownFormat(name: input.name, found: opening.found)
}

extension FeedOpening {
    /// The beginning of a document.
    public init(of input: FeedInput) throws(FeedError) {
        let input = try input.unpackedOpening(1 << 20)
        let bytes = try input.firstBytes(4_096)
        self.init(root: nil, bytes: bytes, name: input.name.withoutGzipEnding)
        guard Self.looksLikeXML(bytes), !looksLikeTable else { return }
        var reader = try input.xmlReader(records: [])
        do {
            // A feed may stand behind something else (the output of a script before the root);
            // the XML reader goes on there, and so does this, within bounds.
            while let event = try reader.next(), reader.bytesRead < 1 << 20 {
                guard event == .startElement, reader.depth == 1 else { continue }
                var attributes: [String: String] = [:]
                for attribute in reader.attributes {
                    attributes[attribute.localName] = attribute.value
                }
                roots.append(
                    XMLRoot(
                        localName: reader.localName, namespace: reader.namespace,
                        attributes: attributes))
                if roots.count == 1, Feeds.knownFormats.contains(where: recognised(by:)) { break }
                if roots.count == 4 { break }
            }
        } catch {
            // What the format makes of the rest is for its reader to say.
            if roots.isEmpty { throw FeedError(error) }
        }
        root = roots.first
    }

    /// Whether it is a table by its name or, without anything that may be a tag, by its first line.
    private var looksLikeTable: Bool {
        let lower = name.lowercased()
        if lower.hasSuffix(".csv") || lower.hasSuffix(".tsv") || CSV.hasOwnHeader(bytes) {
            return true
        }
        guard !bytes.contains(0x3C), !bytes.contains(0) else { return false }
        let line = bytes.prefix { $0 != 10 && $0 != 13 }
        return line.contains { [0x2C, 0x3B, 9].contains($0) }
    }

    private func recognised(by format: any FeedFormat.Type) -> Bool {
        var opening = self
        opening.root = roots.last
        return format.recognises(opening)
    }

    /// What the document looks like, for a message.
    var found: String {
        guard let root else { return "it is no XML" }
        let namespace = root.namespace.isEmpty ? "no namespace" : "namespace “\(root.namespace)”"
        return "its root element is <\(root.localName)> in \(namespace)"
    }

    /// JSON begins with a bracket or brace and CSV with a word; everything else, an empty document
    /// included, is the XML reader's to judge, which knows encodings and text before the root.
    private static func looksLikeXML(_ bytes: [UInt8]) -> Bool {
        var visible = bytes.drop { $0 <= 32 || $0 == 0xEF || $0 == 0xBB || $0 == 0xBF }
        visible = visible.prefix(1)
        return visible.first.map { $0 != 0x7B && $0 != 0x5B } ?? true
    }
}

extension FeedInput {
    /// Up to `count` bytes from the start of the document, which is left at its start.
    func firstBytes(_ count: Int) throws(FeedError) -> [UInt8] {
        switch content {
        case .bytes(let bytes): return Array(bytes.prefix(count))
        case .file(let path):
            let descriptor = open(path, O_RDONLY | O_CLOEXEC)
            guard descriptor >= 0 else { throw FeedError(.io(path: path, errno: errno)) }
            defer { close(descriptor) }
            return try Self.bytes(descriptor, count, path)
        case .descriptor(let descriptor):
            let bytes = try Self.bytes(descriptor, count, name)
            lseek(descriptor, 0, SEEK_SET)
            return bytes
        }
    }

    /// The document at its start again.
    func rewound() -> FeedInput {
        if case .descriptor(let descriptor) = content { lseek(descriptor, 0, SEEK_SET) }
        return self
    }

    private static func bytes(
        _ descriptor: Int32, _ count: Int, _ name: String
    ) throws(FeedError) -> [UInt8] {
        var failure: Int32 = 0
        let bytes = [UInt8](unsafeUninitializedCapacity: count) { buffer, used in
            let got = read(descriptor, buffer.baseAddress, count)
            if got < 0 { failure = errno }
            used = max(0, got)
        }
        if failure == EISDIR { throw .isDirectory(path: name) }
        guard failure == 0 else { throw FeedError(.io(path: name, errno: failure)) }
        return bytes
    }
}

/// The input with a pipe's content in a temporary file.
///
/// Recognising a format means reading the beginning twice. The file has no name and vanishes with its descriptor.
func rewindable(_ input: FeedInput) throws -> FeedInput {
    guard case .descriptor(let source) = input.content else { return input }
    var input = input
    if lseek(source, 0, SEEK_CUR) >= 0 {
        input.content = .descriptor(dup(source))
        return input
    }
    let copy = try namelessFile()
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    while true {
        let got = read(source, &buffer, buffer.count)
        if got == 0 { break }
        if got < 0 && errno == EINTR { continue }
        var written = 0
        while got > 0, written < got {
            let count = buffer[written..<got].withUnsafeBytes {
                write(copy, $0.baseAddress, $0.count)
            }
            guard count > 0 else { break }
            written += count
        }
        guard got > 0, written == got else {
            let error = FeedError.unreadable(
                name: input.name,
                reason: "it cannot be kept in a temporary file: "
                    + String(cString: strerror(errno)))
            close(copy)
            throw error
        }
    }
    lseek(copy, 0, SEEK_SET)
    input.content = .descriptor(copy)
    return input
}
