import Answers
import CourseModel
import Quality

/// Says what codes mean.
struct Explanations {
    let language: AnswerLanguage

    /// Explains a code, or lists all of them for `all`.
    func print(_ name: String) throws {
        if name == "all" { return try printAll() }
        guard let known = DiagnosticCatalogue.explanation(of: DiagnosticCode(name)) else {
            let near = DiagnosticCatalogue.suggestions(for: name).prefix(5).map(\.name)
            throw Failure(
                .usage,
                language(nl: "er is geen code “\(name)”", en: "there is no code “\(name)”")
                    + (near.isEmpty
                        ? language(
                            nl: "; alle codes: leerwijzer check --explain all",
                            en: "; all codes: leerwijzer check --explain all")
                        : language(nl: "; bedoelde u: ", en: "; did you mean: ")
                            + near.joined(separator: ", ")))
        }
        try Console.print(Terminal.output.bold(known.code.name))
        try Console.print(language(known.title))
        try Console.print("")
        for line in language(known.reason).wrapped(to: Terminal.output.width ?? 100) {
            try Console.print(line)
        }
        try Console.print("")
        try Console.print(language(nl: "  niet  ", en: "  not  ") + known.wrong)
        try Console.print(language(nl: "  maar  ", en: "  but  ") + known.right)
    }

    private func printAll() throws {
        var table = TextTable([
            .init(heading: "code"),
            .init(heading: language(nl: "fout", en: "fault"), canShrink: true),
        ])
        for known in DiagnosticCatalogue.all.sorted(by: { $0.code < $1.code }) {
            table.append([known.code.name, language(known.title)])
        }
        for line in table.lines(width: Terminal.output.width) { try Console.print(line) }
    }
}
