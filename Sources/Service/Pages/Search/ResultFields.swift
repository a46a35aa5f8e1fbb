import Answers
import CourseModel
import SearchIndex

extension PageFrame {
    /// A result, as the templates take it.
    func fields(_ row: ResultRow, number: Int) -> Fields {
        var fields: Fields = [
            "number": number, "href": path(.course(row.course.value)), "title": row.title,
            "id": row.course.value, "provider": row.provider, "kind": wording.kind(row.kind),
            "place": row.place, "price": price(row), "startText": wording.start(row.start),
            "shortStart": shortStart(row.start),
            "titleParts": Self.parts(row.markedTitle ?? MarkedText(unmarked: row.title)),
        ]
        if let snippet = row.snippet {
            fields["snippet"] = Self.parts(snippet)
            fields["hasSnippet"] = true
        }
        if let day = row.start.date {
            let words = wording.date(day).split(separator: " ")
            fields["day"] = String(words[0])
            fields["month"] = String(words[1])
            fields["year"] = String(words[2])
            fields["iso"] = day.iso
        }
        if row.alternatives > 0 {
            fields["alternatives"] = language(
                nl: row.alternatives == 1
                    ? "ook op 1 ander moment" : "ook op \(row.alternatives) andere momenten",
                en: row.alternatives == 1
                    ? "also 1 other time" : "also \(row.alternatives) other times")
        }
        if row.level.eqf != nil || row.statedLevel != nil {
            fields["level"] = wording.level(row.level, stated: row.statedLevel)
        }
        if !row.modes.isEmpty {
            fields["mode"] = row.modes.map(wording.mode).joined(separator: ", ")
        }
        // A place is its own middle: within half a kilometre there is nothing to tell.
        if let kilometres = row.distanceInKilometres, kilometres >= 0.5 {
            // An estimate says so: ~17 min.
            let minutes =
                row.travelMinutes.map { " · \(row.travelIsRouted ? "" : "~")\($0) min" } ?? ""
            fields["distance"] = wording.distance(kilometres) + minutes
        }
        if let status = wording.status(row.status) { fields["status"] = status }
        return fields
    }

    /// The pieces of a text, some of them marked.
    private static func parts(_ text: MarkedText) -> [Fields] {
        text.segments.map { ["text": $0.text, "marked": $0.isMarked] }
    }

    private func price(_ row: ResultRow) -> String {
        row.price == nil
            ? language(nl: "prijs onbekend", en: "price not known")
            : wording.price(row.price, includesVAT: row.includesVAT)
    }
}

extension PageFrame {
    /// A start without a day, as short as fits beside days.
    func shortStart(_ start: Start) -> String {
        switch start {
        case .rolling: language(nl: "elk moment", en: "any time")
        case .onRequest: language(nl: "in overleg", en: "to be agreed")
        case .on, .unstated: language(nl: "datum onbekend", en: "date unknown")
        }
    }
}
