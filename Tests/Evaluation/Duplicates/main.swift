import CourseModel
import Feeds
import Glibc
import Ingest

// How many of the courses that two feeds share are found, and how many that are found are not shared?
//
//   DuplicateEvaluation [--list] [--seed N] [--doubt D] FEED…
//
// Each feed is read, part of it is changed as another party that passes it on would (titles, texts,
// addresses, ids, prices, offerings), together with courses that are easily taken for its own, written in
// another format and read back. Prints for each feed and format what was found, missed and wrongly found;
// with --list each mistake. Exit status 1 when precision is below 0.98 or recall below 0.90 over all.

var feeds: [String] = []
var lists = false
var seed: UInt64 = 1
var doubt = DuplicateSettings.usual.mostDoubt
var arguments = CommandLine.arguments.dropFirst()
while let argument = arguments.popFirst() {
    switch argument {
    case "--list": lists = true
    case "--seed": seed = arguments.popFirst().flatMap { UInt64($0) } ?? 1
    case "--doubt": doubt = arguments.popFirst().flatMap { Double($0) } ?? doubt
    default: feeds.append(argument)
    }
}
guard !feeds.isEmpty else { fatalError("usage: DuplicateEvaluation [--list] [--seed N] FEED…") }

var (found, wrong, missed, shown) = (0, 0, 0, 0)
print("feed\tformat\tcourses\tshared\tfound\twrong\tmissed\tshown\tprecision\trecall")
func share(_ part: Int, _ whole: Int) -> String {
    let thousandths = whole == 0 ? 1000 : part * 1000 / whole
    let digits = String(thousandths % 1000 + 1000).dropFirst()
    return "\(thousandths / 1000).\(digits)"
}
for feed in feeds {
    for format in ["csv", "xcri-cap", "loq", "schema.org"] {
        let set = try LabelledSet(feed: feed, as: format, seed: seed)
        let outcome = DuplicateFinder(mostDoubt: doubt).find(set.sketches)
        var own = (found: 0, wrong: 0)
        func title(_ id: ID<Course>) -> String { set.titles[id] ?? "" }
        var hit: Set<ID<Course>> = []
        for pair in outcome.merged {
            guard let copy = pair.courses.first(where: { set.truth[$0] != nil }),
                let other = pair.courses.first(where: { $0 != copy })
            else { continue }
            if set.truth[copy] == .some(.some(other)) {
                own.found += 1
                hit.insert(copy)
            } else {
                own.wrong += 1
                if lists {
                    print(
                        "  wrong: \(title(copy)) = \(title(other)) [\(copy) \(other)]",
                        pair.doubt, pair.evidence.map(\.rawValue).joined(separator: " "))
                }
            }
        }
        let shared = set.truth.filter { $0.value != nil }
        let possible = Set(outcome.possible.flatMap(\.courses))
        var seen = 0
        for (copy, original) in shared.sorted(by: { $0.key < $1.key }) where !hit.contains(copy) {
            if possible.contains(copy) { seen += 1 }
            if lists, let original {
                let best = outcome.possible.first { $0.courses.contains(copy) }
                print(
                    "  missed: \(title(copy)) = \(title(original)) [\(copy)]",
                    best.map {
                        "shown, \($0.doubt) "
                            + $0.evidence.map(\.rawValue).joined(separator: " ")
                    } ?? "")
            }
        }
        let lost = shared.count - own.found
        print(
            [
                feed.split(separator: "/").last.map(String.init) ?? feed, format,
                "\(set.sketches.count)", "\(shared.count)", "\(own.found)", "\(own.wrong)",
                "\(lost)", "\(seen)", share(own.found, own.found + own.wrong),
                share(own.found, shared.count),
            ].joined(separator: "\t"))
        found += own.found
        wrong += own.wrong
        missed += lost
        shown += seen
    }
}
print(
    "all\t\t\t\(found + missed)\t\(found)\t\(wrong)\t\(missed)\t\(shown)",
    "\(share(found, found + wrong))\t\(share(found, found + missed))", separator: "\t")
exit(found * 100 >= 98 * (found + wrong) && found * 10 >= 9 * (found + missed) ? 0 : 1)
