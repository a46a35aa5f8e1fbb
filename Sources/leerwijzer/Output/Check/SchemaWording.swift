import Answers
import Feeds

/// How it is said which official schema a feed was held against.
struct SchemaWording {
    let language: AnswerLanguage

    func text(_ report: SchemaReport?) -> String {
        guard let report else {
            return language(
                nl: "niet getoetst; noem het officiële schema met --schema",
                en: "not checked; name the official schema with --schema")
        }
        var parts: [String] = []
        if !report.schemas.isEmpty {
            parts.append(
                language(nl: "getoetst aan ", en: "held against ")
                    + report.schemas.sorted().joined(separator: ", "))
        }
        if !report.rootsWithout.isEmpty {
            let roots = report.rootsWithout.sorted().map { "<\($0)>" }.joined(separator: ", ")
            parts.append(
                language(nl: "geen schema gevonden voor \(roots)", en: "none found for \(roots)"))
        }
        if !report.isComplete {
            parts.append(language(nl: "niet tot het einde", en: "not to the end"))
        }
        return parts.isEmpty
            ? language(nl: "alleen voor XML", en: "only for XML") : parts.joined(separator: "; ")
    }
}
