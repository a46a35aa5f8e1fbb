import Answers
import ArgumentParser
import CourseModel
import Glibc
import Skills

struct EvaluateCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "evaluate",
        abstract: "Rank the concepts of a corpus for the queries of a judged set.",
        discussion: """
            The set is a folder with queries.tsv (qid, text); the corpus a file with the columns \
            id, concept, label and perhaps description, plain or compressed with gzip. The run has \
            a line for each result, as TREC tools read it: qid Q0 id rank score tag. Judgements are \
            not read; score the run against them with a tool of your own.

            What is known of the concepts besides comes from a classification: ESCO’s official CSV \
            files or tables of the same content, in the folder of --skills, or else in the folder \
            data/skills beside that of the set. Without one, labels and descriptions of the corpus \
            are all there is.

            leerwijzer evaluate --set occupation-nl --corpus occupations-nl.tsv.gz --run run.txt
            """)

    @Option(help: ArgumentHelp("The folder of the set.", valueName: "folder")) var set: String
    @Option(help: ArgumentHelp("The file with the concepts.", valueName: "file")) var corpus: String
    @Option(
        name: .customLong("run"),
        help: ArgumentHelp("The file to write; - is standard output.", valueName: "file"))
    var output: String
    @Option(
        help: ArgumentHelp("The folder of a classification to learn from.", valueName: "folder"))
    var skills: String?
    @Option(
        help: ArgumentHelp(
            "Language of the queries: nl, en (default: that of the corpus).", valueName: "code"))
    var lang: AnswerLanguage?

    func run() throws {
        let classification = try knowledge.map { try Classification.read(folder: $0) }
        let ranking = try EvaluationRun(
            corpus: corpus, classification: classification,
            language: lang.map { $0 == .nl ? .dutch : .english })
        // Written when it is whole: a set that cannot be read leaves no run, which would be scored as
        // one that found nothing.
        var lines = ""
        try ranking.rank(set: set) { lines += $0.text + "\n" }
        let descriptor =
            output == "-"
            ? dup(STDOUT_FILENO) : open(output, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
        guard descriptor >= 0 else {
            throw Failure(
                .cannotCreate, "cannot write \(output): \(String(cString: strerror(errno)))")
        }
        defer { close(descriptor) }
        try Console.write(lines, to: descriptor)
    }

    /// Where a classification is, if anywhere.
    private var knowledge: String? {
        if let skills { return skills }
        let beside = set + "/../../data/skills"
        return access(beside, F_OK) == 0 ? beside : nil
    }
}
