import CourseModel
import Feeds
import TestSupport

/// A drawn catalogue in a format that is only written.
enum Written {
    static let context = FeedContext(
        title: "Drawn & written", generated: "2026-11-24T06:00:00Z", language: .dutch)

    static func bytes(
        _ format: any CatalogueFormat.Type, _ drawn: DrawnCatalogue,
        context: FeedContext = context
    ) throws -> [UInt8] {
        try bytes(format, providers: drawn.providers, records: drawn.records, context: context)
    }

    static func bytes(
        _ format: any CatalogueFormat.Type, providers: [Provider], records: [CourseRecord],
        context: FeedContext = context, removals: [FeedRemoval] = []
    ) throws -> [UInt8] {
        guard let type = format.writer else { return [] }
        var writer = try type.init(to: .memory, context: context)
        for provider in providers {
            try writer.write(provider)
            for record in records where record.course.provider == provider.id {
                try writer.write(record)
            }
        }
        for removal in removals { try writer.remove(removal) }
        let written = try writer.finish()
        return written.bytes ?? []
    }

    static func text(
        _ format: any CatalogueFormat.Type, _ drawn: DrawnCatalogue,
        context: FeedContext = context
    ) throws -> String {
        String(decoding: try bytes(format, drawn, context: context), as: UTF8.self)
    }
}
