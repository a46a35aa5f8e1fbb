import Answers
import ArgumentParser
import CourseModel
import Glibc
import Matching
import Settings

struct BatchCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "batch",
        abstract: "Match many profiles: NDJSON in, NDJSON out, in input order.",
        discussion: """
            Each line is a profile as a JSON object, with the fields of a profile file. Each answer \
            is one line: that of match --format json, with the number of its line, the profile’s name \
            and the codes of the regions where the learner lives or else works. A line that is no profile is answered {"line":n,"error":…} and does not stop the \
            rest. Blank lines are passed over. Memory does not grow with the input, and the same \
            input gives the same bytes.

            leerwijzer batch profiles.ndjson > matches.ndjson
            leerwijzer batch profiles.ndjson --resume-after 5000 >> matches.ndjson
            parallel --pipepart -a profiles.ndjson leerwijzer batch > matches.ndjson
            profiles.rdd.pipe("leerwijzer batch")              (Apache Spark)

            To resume, give the number in the last whole line of the output. Under --pipepart and \
            pipe, lines are numbered within each part; give profiles a name to tell them apart.

            Exit status: 0 done; 65 when at least one line was no profile.
            """)

    @Argument(
        help: ArgumentHelp("The profiles, one a line; - is standard input.", valueName: "file"))
    var file = "-"
    @Option(help: ArgumentHelp("How many results a profile, 1-1000.", valueName: "number"))
    var limit = 10
    @Option(help: ArgumentHelp("Pass over this many lines of the input.", valueName: "lines"))
    var resumeAfter = 0
    @OptionGroup var grouping: Grouping
    @OptionGroup(title: "Filters") var filters: FilterOptions
    @OptionGroup var workspace: WorkspaceOptions

    func validate() throws {
        guard (1...1000).contains(limit) else { throw ValidationError("--limit takes 1 to 1000") }
        guard resumeAfter >= 0 else { throw ValidationError("--resume-after takes 0 or more") }
    }

    func run() throws {
        let lines = try LineReader(file)
        let desk = try LearnerDesk(forMany: workspace, filters: filters)
        let answers = BatchAnswers(
            desk: desk, limit: limit, oncePerCourse: grouping.isPerCourse(in: .ndjson))
        let bar = ProgressBar()
        let language = workspace.language
        var faulty = 0
        var done = 0
        var position = 0
        let size = lines.size
        try OrderedPipeline<LineReader.Line, BatchAnswers.Answer>(
            next: {
                let line = try lines.nextFilled(after: resumeAfter)
                position = lines.bytesRead
                return line
            }, work: answers.answer,
            deliver: { answer in
                try Console.print(answer.text)
                done += 1
                if answer.isFault { faulty += 1 }
                // On a screen that shows the answers, they tell how far it is.
                guard Terminal.output.width == nil else { return }
                bar.show(
                    language(nl: "\(done) profielen", en: "\(done) profiles"),
                    done: size == nil ? done : position, of: size ?? 0, unit: "")
            }
        ).run()
        bar.clear()
        if faulty > 0 {
            throw Failure(
                .data,
                language(
                    nl: faulty == 1
                        ? "1 van \(done) regels was geen profiel; zie bij “error”"
                        : "\(faulty) van \(done) regels waren geen profielen; zie bij “error”",
                    en: faulty == 1
                        ? "1 of \(done) lines was no profile; see its “error”"
                        : "\(faulty) of \(done) lines were no profiles; see their “error”"))
        }
    }
}
