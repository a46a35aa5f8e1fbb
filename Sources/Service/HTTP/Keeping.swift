import CourseModel
import HTTPTypes
import Hummingbird

/// What an answer says of how long it may be kept, and whether the client still has it
/// (RFC 9110, 8.8 and 13; RFC 9111).
struct Keeping {
    private let caching: Operation.Caching
    private let tag: String?
    /// Seconds since 1970.
    private let modified: Int64?

    /// - Parameter variant: What tells answers at the same operation apart: the address, the
    ///   language, the form.
    init(
        _ operation: Operation, _ opened: OpenCatalogue?, today: CalendarDate,
        service: RunningService, variant: String
    ) {
        let hash = String(StableHash.of(variant), radix: 36)
        switch (operation.method == .get ? operation.caching : .never, opened) {
        case (.byGeneration, let opened?):
            caching = .byGeneration
            // Answers change with the generation and with the day, which tells what is past. The
            // address is in it, so that a tag is known only where this answer was given before, what
            // tells the generation from others of its number, as after a back-up was put back, and
            // what stands in settings and data.
            let mark =
                String(opened.mark, radix: 36) + "-" + String(opened.data.hash, radix: 36)
            tag =
                "W/\"\(opened.generation)-\(mark)-\(today.daysSince1970)-\(service.mark)-\(hash)\""
            // The program may be younger than its catalogue, and answer otherwise than the last.
            modified = max(
                opened.committed, opened.data.modified, Int64(today.daysSince1970) * 86_400,
                service.started)
        case (.byProgram, _):
            caching = .byProgram
            tag = "W/\"\(service.mark)-\(hash)\""
            modified = service.started
        case (.never, _), (.byGeneration, nil):
            caching = .never
            tag = nil
            modified = nil
        }
    }

    /// Whether the client holds this very answer.
    ///
    /// `If-Modified-Since` counts only without `If-None-Match`. `If-None-Match: *` is no sign of a
    /// kept answer and asks nothing of a read.
    func isKnown(to request: Request) -> Bool {
        guard let tag, request.method == .get || request.method == .head else { return false }
        let tags = request.headers[values: .ifNoneMatch]
        if !tags.isEmpty {
            return tags.joined(separator: ",").split(separator: ",").contains {
                Self.opaque($0.trimming()) == Self.opaque(tag[...])
            }
        }
        guard let modified, let since = request.headers[.ifModifiedSince].flatMap(HTTPDate.seconds)
        else { return false }
        return modified <= since
    }

    /// Weak comparison: without the mark of weakness, and without what compressing proxies add.
    private static func opaque(_ tag: Substring) -> Substring {
        tag.hasPrefix("W/") ? tag.dropFirst(2) : tag
    }

    /// Says it in the headers, unless the operation said its own.
    func describe(_ response: inout Response) {
        if response.headers[.cacheControl] == nil {
            switch caching {
            case .byGeneration: response.headers[.cacheControl] = "public, max-age=60"
            case .byProgram: response.headers[.cacheControl] = "public, max-age=3600"
            case .never: response.headers[.cacheControl] = "no-store"
            }
        }
        if let tag { response.headers[.eTag] = tag }
        if let modified {
            response.headers[.lastModified] = HTTPDate.text(secondsSince1970: modified)
        }
    }
}
