import CourseModel
import Matching
import Testing

@Suite("Offerings are ranked by what the learner needs")
struct RankingTests {
    @Test("who closes more gaps stands first, and what closes none is not offered")
    func gaps() throws {
        #expect(
            try ranking(
                """
                one   | a     | 1 | 10 | 100 | 3
                three | a b c | 1 | 10 | 100 | 3
                none  | e     | 1 | 10 | 100 | 3
                two   | a b   | 1 | 10 | 100 | 3
                """
            ) { $0.wantedOccupation = "boomverzorger" } == ["three", "two", "one"])
    }

    @Test("what the occupation cannot do without counts over what it may ask for")
    func importance() throws {
        #expect(
            try ranking(
                """
                optional  | d | 1 | 10 | 100 | 3
                essential | c | 1 | 10 | 100 | 3
                """
            ) { $0.wantedOccupation = "boomverzorger" } == ["essential", "optional"])
    }

    @Test("what the learner asks for by name counts over what the occupation needs")
    func wanted() throws {
        #expect(
            try ranking(
                """
                needed | a | 1 | 10 | 100 | 3
                asked  | e | 1 | 10 | 100 | 3
                """
            ) {
                $0.wantedOccupation = "boomverzorger"
                $0.skillsWanted = ["boekhouden"]
            } == ["asked", "needed"])
    }

    @Test("a skill that is had leaves no gap")
    func had() throws {
        #expect(
            try ranking(
                """
                had     | a | 1 | 10 | 100 | 3
                lacking | b | 1 | 10 | 100 | 3
                """
            ) {
                $0.wantedOccupation = "boomverzorger"
                $0.skillsHad = ["snoeien"]
            } == ["lacking"])
    }

    @Test("a near skill closes a gap in part, a sure tag more than a doubtful one")
    func near() throws {
        #expect(
            try ranking(
                """
                doubt | b  | 1 | 10 | 100 | 3 | x0.4
                near  | b2 | 1 | 10 | 100 | 3
                same  | b  | 1 | 10 | 100 | 3
                """
            ) { $0.skillsWanted = ["vellen"] } == ["same", "near", "doubt"])
    }

    @Test("of equals the nearer, the cheaper, the one within the start window stands first")
    func soft() throws {
        #expect(
            try ranking(
                """
                far  | a | 9 | 10 | 100 | 3
                near | a | 2 | 10 | 100 | 3
                """
            ) { $0.skillsWanted = ["snoeien"] } == ["near", "far"])
        #expect(
            try ranking(
                """
                dear  | a | 2 | 10 | 900 | 3
                cheap | a | 2 | 10 | 100 | 3
                """
            ) { $0.skillsWanted = ["snoeien"] } == ["cheap", "dear"])
        #expect(
            try ranking(
                """
                late | a | 2 | 90 | 100 | 3
                soon | a | 2 | 10 | 100 | 3
                """
            ) {
                $0.skillsWanted = ["snoeien"]
                $0.startBefore = today.adding(days: 30)
            } == ["soon", "late"])
    }

    @Test("the future workplace counts over home")
    func futureWork() throws {
        #expect(
            try ranking(
                """
                home   | a | 1  | 10 | 100 | 3
                future | a | 21 | 10 | 100 | 3
                """
            ) {
                $0.skillsWanted = ["snoeien"]
                $0.futureWork = ProfilePlace(place: "Later", mode: .bike)
            } == ["future", "home"])
    }

    @Test("one step up stands before the own level, a leap after both")
    func level() throws {
        #expect(
            try ranking(
                """
                leap | a | 1 | 10 | 100 | 6
                own  | a | 1 | 10 | 100 | 3
                step | a | 1 | 10 | 100 | 4
                """
            ) {
                $0.skillsWanted = ["snoeien"]
                $0.levelHad = .three
                $0.levelWanted = .six
            } == ["step", "own", "leap"])
    }

    @Test("past, full and cancelled offerings are never offered")
    func unavailable() throws {
        #expect(
            try ranking(
                """
                c1#past      | a | 1 | 10 | 100 | 3 | past
                c1#full      | a | 1 | 10 | 100 | 3 | full
                c1#cancelled | a | 1 | 10 | 100 | 3 | cancelled
                c1#open      | a | 1 | 10 | 100 | 3
                """
            ) { $0.skillsWanted = ["snoeien"] } == ["c1#open"])
    }

    @Test("equals stand by their ids, whatever order they are in")
    func ties() throws {
        #expect(
            try ranking(
                """
                b | a | 1 | 10 | 100 | 3
                c | a | 1 | 10 | 100 | 3
                a | a | 1 | 10 | 100 | 3
                """
            ) { $0.skillsWanted = ["snoeien"] } == ["a", "b", "c"])
    }

    @Test("a course is told once, with how many of its other offerings fit")
    func oncePerCourse() throws {
        let (results, catalogue) = try matches(
            """
            many#late  | a | 1 | 90 | 100 | 3
            many#soon  | a | 1 | 10 | 100 | 3
            many#full  | a | 1 | 10 | 100 | 3 | full
            other      | a | 9 | 10 | 100 | 3
            """
        ) {
            $0.skillsWanted = ["snoeien"]
            $0.startBefore = today.adding(days: 30)
        }
        #expect(
            results.results.map { catalogue.rows[$0.offering].id } == ["many#soon", "other"])
        #expect(results.results.map(\.otherOccasions) == [1, 0])
        #expect(results.total == 3)
        #expect(results.totalCourses == 2)
        #expect(
            results.results[0].reasons.last?.text(in: .dutch)
                == "ook op een ander moment of een andere plaats")
    }

    @Test("without a gap everything that fits is offered")
    func noGap() throws {
        #expect(
            try ranking(
                """
                far  | a | 9 | 10 | 100 | 3
                near | e | 1 | 10 | 100 | 3
                """
            ) { _ in } == ["near", "far"])
    }

    @Test("a short profile is not punished: naming fewer wishes never lowers what closes them all")
    func shortProfile() throws {
        let drawing = "both | a b | 1 | 10 | 100 | 3"
        let one = try matches(drawing) { $0.skillsWanted = ["snoeien"] }
        let two = try matches(drawing) { $0.skillsWanted = ["snoeien", "vellen"] }
        #expect(one.results.results.map(\.parts.skills) == [1000])
        #expect(two.results.results.map(\.parts.skills) == [1000])
    }

    @Test("places that are not found, or may be several, are errors that say what to write")
    func places() {
        func message(_ place: String) -> String? {
            #expect(throws: ProfilePlaceError.self) {
                try resolved(learner { $0.home = ProfilePlace(place: place) })
            }?.description
        }
        #expect(
            message("Bergen")
                == "home.place: “Bergen” may be several places; write “Bergen (NH)” "
                + "or “Bergen (L)”, or a postcode")
        #expect(
            message("Houtem")
                == "home.place: “Houtem” is not a place that is known; did you mean “Houten”?")
        #expect(
            message("Utrecht (provincie)")
                == "home.place: “Utrecht (provincie)” is a region (provincie Utrecht); write a "
                + "town or a postcode in it")
    }
}
