import CourseModel
import Feeds
import Glibc
import Skills

// How well do the words of a course tell its skills?
//
//   SkillEvaluation SKILLS FEED…       SKILLS: a folder with skills.tsv and occupations.tsv
//
// Of every course that declares skills of the catalogue, what it declares is hidden (also where a format
// without a place for skills names them among the search words), and what its texts give is set against
// it: precision and recall at 5, and for each step of confidence how many tags there are and what share is
// declared. No provider declares all that a course teaches, so that a tag which is not declared may still
// be right: precision and the shares are lower bounds. Every FEED is a file of any known format.

let arguments = CommandLine.arguments
guard arguments.count > 2 else { fatalError("usage: SkillEvaluation SKILLS FEED…") }
let catalogue = try SkillsCatalogue.load(folder: arguments[1])
let tagger = SkillTagger(catalogue)
let today = CalendarDate(year: 2026, month: 11, day: 24)!

/// The skills that a course declares, or names to the letter among its search words.
@MainActor func declared(_ course: Course) -> Set<Int> {
    var skills = Set(tagger.skills(of: course).declared.map(\.skill))
    for wording in course.keywords.wordings {
        if let best = catalogue.resolveSkill(wording.text, limit: 1).best,
            [.label, .alternativeLabel].contains(best.basis)
        {
            skills.insert(best.number)
        }
    }
    return skills
}

var courses = 0
var taught = 0
var found = 0
var told = 0
var precision = 0.0
var recall = 0.0
var steps = [(tags: Int, said: Double, right: Int)](repeating: (0, 0, 0), count: 10)
for (number, path) in arguments.dropFirst(2).enumerated() {
    let input = FeedInput(path: path, source: ID("feed\(number)"), today: today)
    _ = try readFeed(input) { item in
        guard case .record(let read) = item else { return }
        var course = read.record.course
        let truth = declared(course)
        guard !truth.isEmpty else { return }
        course.skills = []
        course.keywords = LocalizedText()
        let tags = tagger.skills(of: course, limit: 20).inferred
        for tag in tags {
            let step = min(9, Int(tag.confidence * 10))
            steps[step].tags += 1
            steps[step].said += tag.confidence
            if truth.contains(tag.skill) { steps[step].right += 1 }
        }
        let first = tags.prefix(5)
        let hits = first.count { truth.contains($0.skill) }
        courses += 1
        taught += truth.count
        found += hits
        told += first.count
        precision += first.isEmpty ? 0 : Double(hits) / Double(first.count)
        recall += Double(hits) / Double(min(5, truth.count))
    }
}
func rounded(_ value: Double) -> Double { (value * 1000).rounded() / 1000 }
guard courses > 0 else { fatalError("no course of these feeds declares a skill of the catalogue") }
print(
    "courses that declare skills: \(courses), with \(taught) skills; \(told) tags among first fives"
)
print(
    "P@5 \(rounded(precision / Double(courses))) (of all tags \(rounded(Double(found) / Double(max(1, told)))))",
    "R@5 \(rounded(recall / Double(courses))) (of all skills \(rounded(Double(found) / Double(taught))))"
)
print("confidence   tags  said  declared")
var error = 0.0
let all = steps.reduce(0) { $0 + $1.tags }
for (number, step) in steps.enumerated() where step.tags > 0 {
    let said = step.said / Double(step.tags)
    let right = Double(step.right) / Double(step.tags)
    error += abs(said - right) * Double(step.tags) / Double(all)
    print("0.\(number)…\t\(step.tags)\t\(rounded(said))\t\(rounded(right))")
}
print("expected calibration error \(rounded(error)), against what is declared")
