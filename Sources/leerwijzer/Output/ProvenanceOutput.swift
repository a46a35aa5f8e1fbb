import Answers

/// Who says what the fields of a course say, as a table.
struct ProvenanceOutput {
    let language: AnswerLanguage

    /// How much of a long text stands in the table; the whole stands in the JSON.
    private static let mostText = 60

    /// A table for the course, then one for each offering, then one for the provider.
    func lines(_ origins: [FieldOrigin], width: Int?) -> [String] {
        var groups: [(name: String?, origins: [FieldOrigin])] = []
        for origin in origins {
            let name =
                origin.offering.value
                ?? (origin.field.hasPrefix("provider.")
                    ? language(nl: "aanbieder", en: "provider") : nil)
            if groups.last?.name == name, !groups.isEmpty {
                groups[groups.count - 1].origins.append(origin)
            } else {
                groups.append((name, [origin]))
            }
        }
        return groups.flatMap { name, origins in
            (name.map { ["", Terminal.output.bold($0)] } ?? []) + table(of: origins, width: width)
        }
    }

    private func table(of origins: [FieldOrigin], width: Int?) -> [String] {
        var table = TextTable([
            .init(heading: language(nl: "veld", en: "field"), canShrink: true),
            .init(heading: language(nl: "zegt", en: "says"), canShrink: true),
            .init(heading: language(nl: "berust op", en: "rests on")),
            .init(heading: language(nl: "van wie", en: "by whom"), canShrink: true),
            .init(heading: language(nl: "sinds", en: "since")),
            .init(heading: "run", isNumeric: true),
            .init(heading: language(nl: "hoe", en: "how"), canShrink: true),
        ])
        for origin in origins {
            table.append([
                origin.field, Self.short(origin.value), origin.kind.wording(language),
                who(origin), origin.since.value.map { String($0.prefix(10)) } ?? "–",
                origin.run.value.map { "\($0)" } ?? "–", how(origin),
            ])
        }
        return table.lines(width: width, heading: Terminal.output.dim)
    }

    private func who(_ origin: FieldOrigin) -> String {
        if let correction = origin.correction.value {
            return correction.author.value.map { "\($0) (\(correction.partner))" }
                ?? correction.partner
        }
        if origin.kind == .inferred || origin.kind == .derived && origin.format.isEmpty {
            return language(nl: "dit programma", en: "this program")
        }
        return origin.source
    }

    private func how(_ origin: FieldOrigin) -> String {
        var parts = origin.transformations
        if !origin.format.isEmpty { parts.insert(origin.format, at: 0) }
        if let confidence = origin.confidence.value {
            parts.append("\(Int((confidence * 100).rounded()))%")
        }
        if let correction = origin.correction.value {
            let feed = correction.feedSays.joined(separator: ", ")
            parts.append(
                feed.isEmpty
                    ? language(nl: "de feed zegt niets", en: "the feed says nothing")
                    : language(nl: "de feed: ", en: "the feed: ") + Self.short(feed))
            parts.append(correction.reason)
        }
        return parts.joined(separator: "; ")
    }

    private static func short(_ text: String) -> String {
        let line = text.split(whereSeparator: \.isNewline).joined(separator: " ")
        return line.count <= mostText ? line : line.prefix(mostText - 1) + "…"
    }
}
