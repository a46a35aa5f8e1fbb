import CourseModel
import Glibc
import Matching
import SearchIndex
import Skills
import Synchronization

/// What it takes to match in the drawn catalogue.
struct Desk: Sendable {
    let offerings: IndexOfferings
    let matcher: Matcher<IndexOfferings>
    let learners: [ResolvedProfile]
    let today = epoch

    init(_ folder: String, index: String, profiles: Int) throws {
        let skills = try drawnSkills()
        // Only the same skill closes a gap, as in the peers.
        var weights = MatchWeights()
        weights.nearSkill = 1000
        offerings = IndexOfferings(try IndexReader(folder: index))
        matcher = Matcher(source: offerings, skills: skills, weights: weights)
        learners = try readLearners(folder, most: profiles, skills: skills, weights: weights)
    }

    func rank(_ learner: Int) -> (total: Int, best: [Matcher<IndexOfferings>.Ranked]) {
        matcher.rank(learners[learner], today: today, limit: 10)
    }
}

func measure(_ folder: String, index: String, profiles: Int, counts: String?) throws {
    let desk = try Desk(folder, index: index, profiles: profiles)
    let count = desk.learners.count
    var totals = [Int](repeating: 0, count: count)
    var checksum: UInt64 = 0xcbf2_9ce4_8422_2325
    // The first round maps the index and works out which skills are alike.
    for learner in 0..<count {
        let (total, best) = desk.rank(learner)
        totals[learner] = total
        for one in best {
            checksum = (checksum ^ UInt64(one.offering &* 31 &+ one.score)) &* 0x100_0000_01b3
        }
    }
    var least = [Double](repeating: .infinity, count: count)
    var best = (one: 0.0, processor: Double.infinity, two: 0.0)
    for _ in 0..<3 {
        let (start, worked) = (seconds(), seconds(CLOCK_PROCESS_CPUTIME_ID))
        for learner in 0..<count {
            let before = seconds()
            _ = desk.rank(learner)
            least[learner] = min(least[learner], seconds() - before)
        }
        best.one = max(best.one, Double(count) / (seconds() - start))
        best.processor = min(best.processor, seconds(CLOCK_PROCESS_CPUTIME_ID) - worked)
        best.two = max(best.two, Double(count) / twoThreads(desk))
    }
    let start = seconds()
    let sample = min(count, 1000)
    var reasons = 0
    for learner in 0..<sample {
        let matches = desk.matcher.match(
            desk.learners[learner], today: desk.today, limit: 10, oncePerCourse: false)
        reasons += matches.results.reduce(0) { $0 + $1.reasons.count }
    }
    let explained = Double(sample) / (seconds() - start)
    let sorted = least.sorted()
    func micros(_ share: Int) -> Double { (sorted[count * share / 100] * 1e7).rounded() / 10 }
    var usage = rusage()
    getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
    try desk.offerings.check()
    print(
        "MATCH ours offerings=\(desk.offerings.offeringCount) profiles=\(count)",
        "profiles_per_s=\(Int(best.one)) per_processor_s=\(Int(Double(count) / best.processor))",
        "thr2=\(Int(best.two)) explained_per_s=\(Int(explained)) reasons=\(reasons)",
        "p50_us=\(micros(50)) p99_us=\(micros(99)) matches=\(totals.reduce(0, +))",
        "checksum=\(String(checksum, radix: 16)) peak_mb=\(usage.ru_maxrss / 1024)")
    if let counts { try compare(totals, counts) }
}

/// How long two threads take for all learners, in seconds.
private func twoThreads(_ desk: Desk) -> Double {
    let start = seconds()
    final class Work: Sendable {
        let desk: Desk
        let next = Atomic<Int>(0)
        init(_ desk: Desk) { self.desk = desk }
        func run() {
            while true {
                let learner = next.wrappingAdd(1, ordering: .relaxed).oldValue
                guard learner < desk.learners.count else { return }
                _ = desk.rank(learner)
            }
        }
    }
    let work = Work(desk)
    var thread = pthread_t()
    pthread_create(
        &thread, nil,
        { argument in
            guard let argument else { return nil }
            Unmanaged<Work>.fromOpaque(argument).takeUnretainedValue().run()
            return nil
        }, Unmanaged.passUnretained(work).toOpaque())
    work.run()
    pthread_join(thread, nil)
    return seconds() - start
}

/// Sets the numbers of offerings that fit against those of a peer.
private func compare(_ totals: [Int], _ file: String) throws {
    var same = 0
    var differences: [String] = []
    var learner = 0
    try forEachLine(file) { line in
        guard learner < totals.count else { return }
        let count = strtol(line, nil, 10)
        if count == totals[learner] {
            same += 1
        } else if differences.count < 5 {
            differences.append("profile \(learner): ours \(totals[learner]), theirs \(count)")
        }
        learner += 1
    }
    print("COUNTS same=\(same) of=\(learner)", differences.joined(separator: "; "))
}

/// Weighs every single offering that keeps the limits, and sets the best ten against ours.
func check(_ folder: String, index: String, profiles: Int) throws {
    let desk = try Desk(folder, index: index, profiles: profiles)
    let source = desk.offerings
    var points: [Coordinates] = []
    var facts: [(price: Int32, start: Int32)] = []
    var courses: [Int32] = []
    for course in 0..<source.courseCount {
        for offering in source.offerings(ofCourse: course) {
            var point: Coordinates?
            source.forEachVenue(ofOffering: offering) { point = point ?? $0 }
            let known = source.facts(ofOffering: offering)
            guard let point, case .day(let day) = known.start, let price = known.priceInCents
            else { fatalError("offering \(offering) is not as it was drawn") }
            points.append(point)
            facts.append((price, day))
            courses.append(Int32(course))
        }
    }
    var wrong = 0
    var ties = 0
    for (number, learner) in desk.learners.enumerated() {
        let profile = learner.profile
        guard let place = learner.places.first, case .metres(let metres)? = place.within,
            let low = profile.levelHad?.eqf, let high = profile.levelWanted?.eqf,
            let from = profile.startAfter?.daysSince1970,
            let to = profile.startBefore?.daysSince1970,
            let budget = profile.budget.map({ Int($0.amount.scaled / 100) })
        else { continue }
        let wanted = Set(profile.skillsWanted.compactMap { source.number(ofSkill: ID($0)) })
        var all: [(offering: Int, score: Double, id: String)] = []
        for offering in points.indices {
            guard Int(facts[offering].price) <= budget,
                (from...to).contains(facts[offering].start),
                let level = source.facts(ofCourse: Int(courses[offering])).level,
                (low...high).contains(level),
                place.coordinates.distance(to: points[offering]) <= Double(metres)
            else { continue }
            var isTaught = false
            source.forEachSkill(ofCourse: Int(courses[offering])) { skill, _ in
                if wanted.contains(skill) { isTaught = true }
            }
            guard isTaught else { continue }
            guard
                case .fits(let match) = desk.matcher.fit(
                    learner, offering: offering, today: desk.today)
            else { fatalError("offering \(offering) keeps all limits and does not fit") }
            all.append((offering, match.score, source.id(ofOffering: offering).value))
        }
        all.sort { $0.score != $1.score ? $0.score > $1.score : $0.id < $1.id }
        let (total, best) = desk.rank(number)
        if total != all.count || best.map(\.offering) != all.prefix(10).map(\.offering) {
            wrong += 1
            print(
                "profile \(number): \(best.map(\.offering)) of \(total),",
                "weighed \(all.prefix(10).map(\.offering)) of \(all.count)")
        }
        ties += zip(all.prefix(10), all.prefix(11).dropFirst()).count { $0.score == $1.score }
    }
    print("CHECK profiles=\(desk.learners.count) wrong=\(wrong) ties_among_the_best=\(ties)")
    exit(wrong == 0 ? 0 : 1)
}

/// One answer, as a program gives it that has just been started.
func answerOnce(_ what: String, _ folder: String, index: String) throws {
    if what == "search" {
        let reader = try IndexReader(folder: index)
        var query = Query(label(7), today: epoch)
        query.limit = 10
        let results = try reader.search(query)
        for hit in results.hits {
            print(try reader.stored(offering: hit.offering).id.value, hit.score)
        }
        print(results.total)
        return
    }
    let desk = try Desk(folder, index: index, profiles: 1)
    let matches = desk.matcher.match(
        desk.learners[0], today: desk.today, limit: 10, oncePerCourse: false)
    for match in matches.results {
        print(
            desk.offerings.id(ofOffering: match.offering).value, match.score,
            match.reasons.map { $0.text(in: .english) }.joined(separator: "; "))
    }
    print(matches.total)
}
