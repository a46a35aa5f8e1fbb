import Answers
import CourseModel
import Feeds
import Hummingbird
import Storage

/// Courses side by side.
struct ComparePage {
    /// How many columns can still be read.
    private static let most = 5

    private let frame: PageFrame
    private let language: AnswerLanguage

    init(_ frame: PageFrame) {
        self.frame = frame
        language = frame.language
    }

    /// The page; without ids it says how to choose.
    func response() throws -> Response {
        let call = frame.call
        var ids: [String] = []
        for id in call.parameters.all("id") where !ids.contains(id) { ids.append(id) }
        let asked = ids.count
        ids = Array(ids.prefix(Self.most))
        let catalogue = try call.catalogue
        let found = try catalogue.store.snapshot { snapshot -> [Column] in
            let shown = try catalogue.shown(in: snapshot)
            return try ids.compactMap { id in
                try shown.record(ID(id), in: snapshot).map { stored in
                    Column(
                        record: stored.record,
                        provider: try shown.provider(
                            stored.record.course.provider, in: snapshot)?.provider)
                }
            }
        }
        var fields: Fields = [
            "hasCourses": !found.isEmpty, "courses": found.map { header($0, among: found) },
            "rows": try rows(found, catalogue),
        ]
        if found.count < asked { fields["missing"] = missing(found.count, of: asked) }
        return try frame.respond(
            "compare", title: language(nl: "Vergelijk", en: "Compare"),
            description: language(nl: "Cursussen naast elkaar.", en: "Courses side by side."),
            isPrivate: true, fields)
    }

    private struct Column {
        var record: CourseRecord
        var provider: Provider?
        var course: Course { record.course }
    }

    private func missing(_ shown: Int, of asked: Int) -> String {
        asked > Self.most
            ? language(
                nl:
                    "Je ziet \(shown) van de \(asked). Meer dan \(Self.most) naast elkaar is niet te lezen.",
                en:
                    "You see \(shown) of \(asked). More than \(Self.most) side by side cannot be read."
            )
            : language(
                nl: "Je ziet \(shown) van de \(asked). De rest staat niet meer in de catalogus.",
                en: "You see \(shown) of \(asked). The rest is no longer in the catalogue.")
    }

    private func header(_ column: Column, among all: [Column]) -> Fields {
        let course = column.course
        var fields: Fields = [
            "kind": frame.wording.kind(course.kind),
            "title": course.title.text(in: language.preferences) ?? course.nativeID,
            "href": frame.path(.course(course.id.value)),
            "provider": column.provider?.name.text(in: language.preferences) ?? "",
        ]
        if all.count > 1 {
            let rest = all.filter { $0.course.id != course.id }
                .map { "id=" + percentEncoded($0.course.id.value) }
            fields["removeURL"] = frame.path(.compare) + "?" + rest.joined(separator: "&")
        }
        return fields
    }

    private func rows(_ columns: [Column], _ catalogue: OpenCatalogue) throws -> [Fields] {
        let facts = CourseFacts(language: language)
        let costs = CostFacts(frame: frame, catalogue: catalogue)
        let lists = try columns.map { column -> [CourseFacts.Fact] in
            let ahead = column.record.offerings
                .filter { !$0.isPast(on: frame.call.today, of: column.course) }
            return try moments(ahead) + facts.list(column.course, ahead)
                + costs.list(column.record)
        }
        var labels: [String] = []
        for fact in lists.joined() where !labels.contains(fact.label) { labels.append(fact.label) }
        return labels.map { label in
            let cells = lists.map { list in list.first { $0.label == label } }
            let values = Set(cells.map { $0?.value ?? "" })
            return [
                "label": label, "same": values.count == 1 && columns.count > 1,
                "cells": cells.map { $0?.fields ?? ["value": "–"] },
            ]
        }
    }

    private func moments(_ offerings: [Offering]) -> [CourseFacts.Fact] {
        let first = offerings.compactMap(\.timing.start.date).min()
        var places: [String] = []
        for offering in offerings {
            let place = frame.wording.place(of: offering)
            if !places.contains(place) { places.append(place) }
        }
        return [
            CourseFacts.Fact(
                label: language(nl: "Eerste start", en: "First start"),
                value: first.map(frame.wording.date)
                    ?? (offerings.contains { $0.timing.start.isContinuous }
                        ? language(nl: "elk moment", en: "any time") : "–")),
            CourseFacts.Fact(
                label: language(nl: "Momenten", en: "Occasions"), value: "\(offerings.count)"),
            CourseFacts.Fact(
                label: language(nl: "Waar", en: "Where"),
                value: places.isEmpty ? "–" : places.sorted().joined(separator: ", ")),
        ]
    }
}
