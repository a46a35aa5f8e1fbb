import CourseModel
import Matching
import Testing

@Suite("Hard limits exclude, and near misses say what would bring an offering in")
struct LimitTests {
    private func nearMisses(
        _ drawing: String, _ change: (inout Profile) -> Void
    ) throws -> [String] {
        let (results, catalogue) = try matches(drawing, change)
        #expect(results.total == 0)
        return results.nearMisses.map {
            "\(catalogue.rows[$0.match.offering].id): \($0.blockedBy.rawValue): "
                + "\($0.by.text(in: .dutch)) / \($0.by.text(in: .english))"
        }
    }

    @Test("beyond reach: by how many kilometres or minutes")
    func travel() throws {
        let drawing = """
            near    | a | 24.2   | 10 | 100 | 3
            far     | a | 60     | 10 | 100 | 3
            nowhere | a | -      | 10 | 100 | 3
            """
        #expect(
            try nearMisses(drawing) {
                $0.skillsWanted = ["snoeien"]
                $0.home?.within = .metres(20_000)
                $0.musts = [.travel]
            } == [
                "nowhere: travel: niet vermeld / not stated",
                "near: travel: 4,2 km verder / 4.2 km farther",
            ])
        #expect(
            try nearMisses("near | a | 5 | 10 | 100 | 3") {
                $0.skillsWanted = ["snoeien"]
                $0.home?.within = .minutes(20)
                $0.musts = [.travel]
            } == ["near: travel: 6 minuten langer reizen / 6 minutes more travel"])
    }

    @Test("only what closes a gap that counts is told as a near miss")
    func worthTelling() throws {
        // Skill b2 is like b, and not the same: it comes near, for which nobody travels further.
        let drawing = "near | b2 | 24 | 10 | 100 | 3\nsame | b | 24 | 10 | 100 | 3"
        #expect(
            try nearMisses(drawing) {
                $0.skillsWanted = ["vellen"]
                $0.home?.within = .metres(20_000)
                $0.musts = [.travel]
            } == ["same: travel: 4 km verder / 4 km farther"])
    }

    @Test("within reach of any one place is within reach, and online always is")
    func anyPlace() throws {
        #expect(
            try ranking(
                """
                far    | a | 40     | 10 | 100 | 3
                home   | a | 3      | 10 | 100 | 3
                later  | a | 22     | 10 | 100 | 3
                online | a | online | 10 | 100 | 3
                """
            ) {
                $0.skillsWanted = ["snoeien"]
                $0.home?.within = .metres(5000)
                $0.futureWork = ProfilePlace(place: "Later", within: .metres(5000))
                $0.musts = [.travel]
            }.sorted() == ["home", "later", "online"])
    }

    @Test(
        "an event teaches those who still choose, and who asks for events",
        arguments: [
            (Audience.jobSeeker, false, false), (.worker, false, false), (.pupil, false, true),
            (.student, false, true), (.worker, true, true),
        ])
    func events(audience: Audience, asks: Bool, isOffered: Bool) throws {
        #expect(
            try ranking("open day | a | 3 | 10 | 0 | 3 | event\ncourse | a | 3 | 10 | 0 | 3") {
                $0.skillsWanted = ["snoeien"]
                $0.audience = audience
                if asks { $0.kinds = [.event, .course] }
            }.contains("open day") == isOffered)
    }

    @Test("each other limit excludes and says by how much")
    func others() throws {
        #expect(
            try nearMisses(
                """
                dear    | a | 1 | 10 | 600  | 3
                dearest | a | 1 | 10 | 1600 | 3
                unsaid  | a | 1 | 10 | -    | 3
                """
            ) {
                $0.skillsWanted = ["snoeien"]
                $0.budget = euro(500)
                $0.musts = [.budget]
            } == [
                "dear: budget: € 100 meer / €100 more",
                "unsaid: budget: niet vermeld / not stated",
            ])
        #expect(
            try nearMisses(
                """
                low  | a | 1 | 10 | 100 | 2
                high | a | 1 | 10 | 100 | 5
                top  | a | 1 | 10 | 100 | 6
                """
            ) {
                $0.skillsWanted = ["snoeien"]
                $0.levelHad = .three
                $0.levelWanted = .four
                $0.musts = [.level]
            } == [
                "low: level: 1 niveau lager / 1 level lower",
                "high: level: 1 niveau hoger / 1 level higher",
            ])
        #expect(
            try nearMisses(
                """
                late  | a | 1 | 121 | 100 | 3
                later | a | 1 | 400 | 100 | 3
                """
            ) {
                $0.skillsWanted = ["snoeien"]
                $0.startBefore = today.adding(days: 100)
                $0.musts = [.start]
            } == ["late: start: begint 3 weken later / starts 3 weeks later"])
        #expect(
            try nearMisses(
                """
                busy    | a | 1 | 10 | 100 | 3 | friday
                heavy   | a | 1 | 10 | 100 | 3 | tuesday-evening 8h
                long    | a | 1 | 10 | 100 | 3 | evening ends+95
                both    | a | 1 | 10 | 100 | 3 | friday 8h
                """
            ) {
                $0.skillsWanted = ["snoeien"]
                $0.free = [WeekSlots(.tuesday, .evening)]
                $0.hoursPerWeek = 6
                $0.deadline = today.adding(days: 90)
                $0.musts = [.time]
            } == [
                "long: time: eindigt 5 dagen later / ends 5 days later",
                "heavy: time: 2 uur per week meer / 2 hours a week more",
                "busy: time: op vrijdag / on Friday",
            ])
        #expect(
            try nearMisses("other | a | 1 | 10 | 100 | 3 | en") {
                $0.skillsWanted = ["snoeien"]
                $0.languages = [.dutch]
                $0.musts = [.language]
            } == ["other: language: in het Engels / in English"])
        #expect(
            try nearMisses("screen | a | online | 10 | 100 | 3") {
                $0.skillsWanted = ["snoeien"]
                $0.modes = [.classroom]
                $0.musts = [.mode]
            } == ["screen: mode: online / online"])
        #expect(
            try nearMisses("stage | a | 1 | 10 | 100 | 3 | internship") {
                $0.skillsWanted = ["snoeien"]
                $0.kinds = [.course]
                $0.musts = [.kind]
            } == ["stage: kind: stage / internship"])
    }

    @Test("what breaks two limits is no near miss, nor what has an occasion that fits")
    func two() throws {
        let (results, catalogue) = try matches(
            """
            both      | a | 30 | 10 | 900 | 3
            other#fit | a | 3  | 10 | 100 | 3
            other#far | a | 24 | 10 | 100 | 3
            """
        ) {
            $0.skillsWanted = ["snoeien"]
            $0.home?.within = .metres(20_000)
            $0.budget = euro(500)
            $0.musts = [.travel, .budget]
        }
        #expect(results.results.map { catalogue.rows[$0.offering].id } == ["other#fit"])
        #expect(results.nearMisses.isEmpty)
    }

    @Test("a wish that is no must excludes nothing")
    func soft() throws {
        #expect(
            try ranking(
                """
                far | a | 90 | 10 | 9000 | 7 | en friday 30h ends+900
                """
            ) {
                $0.skillsWanted = ["snoeien"]
                $0.home?.within = .metres(2000)
                $0.budget = euro(10)
                $0.levelHad = .one
                $0.languages = [.dutch]
                $0.free = [WeekSlots(.monday)]
                $0.hoursPerWeek = 2
                $0.deadline = today
            } == ["far"])
    }

    @Test("a team pays for each of its members")
    func team() throws {
        #expect(
            try nearMisses("course | a | 1 | 10 | 200 | 3") {
                $0.skillsWanted = ["snoeien"]
                $0.teamSize = 6
                $0.budget = euro(1000)
                $0.musts = [.budget]
            } == ["course: budget: € 200 meer / €200 more"])
    }
}
