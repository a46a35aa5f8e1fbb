import CourseModel
import Glibc
import Matching
import SearchIndex
import Skills

// How many learners a second are matched, exactly, and is every answer that of weighing every offering?
//
//   MatchBenchmark build DIR INDEX                      DIR/truth.jsonl → INDEX
//   MatchBenchmark match DIR INDEX PROFILES [COUNTS]    DIR/profiles.tsv; three rounds, one and two threads
//   MatchBenchmark check DIR INDEX PROFILES             the best ten against all offerings weighed
//   MatchBenchmark once match|search DIR INDEX          one answer, from the start of the process
//
// truth.jsonl has a line an offering: id, course, lat, lon, level, price, start (days since 2000),
// skills; those of a course stand together. profiles.tsv: latitude, longitude, km, budget, lowest and
// highest level, first and last day of start, skills. A match keeps all four limits and teaches a skill;
// it is scored by all parts. COUNTS is what a peer wrote: a line a profile that begins with how many
// offerings fit; ours are set against them. match.c and match_pg.py of the shared benchmarks are such
// peers, on the same folder; their rate is set beside ours in the same run.

let arguments = CommandLine.arguments
guard arguments.count >= 4 else { fatalError("usage: see the head of main.swift") }
switch arguments[1] {
case "build": try buildIndex(from: arguments[2], to: arguments[3])
case "match":
    try measure(
        arguments[2], index: arguments[3],
        profiles: arguments.count > 4 ? Int(arguments[4]) ?? 10_000 : 10_000,
        counts: arguments.count > 5 ? arguments[5] : nil)
case "check":
    try check(
        arguments[2], index: arguments[3],
        profiles: arguments.count > 4 ? Int(arguments[4]) ?? 100 : 100)
case "once" where arguments.count > 4:
    try answerOnce(arguments[2], arguments[3], index: arguments[4])
default: fatalError("usage: see the head of main.swift")
}
