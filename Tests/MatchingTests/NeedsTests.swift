import CourseModel
import Matching
import Places
import Testing

/// Knows one time for all ways, or that none leads there.
struct SameWay: Router {
    let time: Double?

    func covers(_ mode: TravelMode) -> Bool { true }

    func minutes(
        from: Coordinates, to: [Coordinates], by mode: TravelMode
    ) throws(RouterError) -> [Double?] {
        to.map { _ in time }
    }
}

/// A learner whose ways a router tells.
func routed(_ time: Double?, _ profile: Profile) throws -> ResolvedProfile {
    try ResolvedProfile(
        profile, skills: drawnSkills, travel: TravelTimes(router: SameWay(time: time))
    ) { _ in .found(label: "Houten", DrawnCatalogue.home) }
}

@Suite("Needs: accessibility, childcare, and the way between free time and the rest of the day")
struct NeedsTests {
    private func texts(
        _ drawing: String, _ language: ReasonLanguage, _ change: (inout Profile) -> Void
    ) throws -> [String: [String]] {
        let (results, catalogue) = try matches(drawing, change)
        return Dictionary(
            uniqueKeysWithValues: results.results.map {
                (catalogue.rows[$0.offering].id, $0.reasons.map { $0.text(in: language) })
            })
    }

    private let places = """
        level  | a | 3      | 10 | 100 | 3 | wheelchair
        stairs | a | 3      | 10 | 100 | 3 | stairs
        silent | a | 3      | 10 | 100 | 3 |
        home   | a | online | 10 | 100 | 3 |
        """

    @Test("a course that says nothing about a need stays, is told as unknown, and ranks between")
    func unknown() throws {
        let wish: (inout Profile) -> Void = {
            $0.skillsWanted = ["snoeien"]
            $0.accessibility = [.wheelchair]
        }
        #expect(try ranking(places, wish) == ["home", "level", "silent", "stairs"])
        let dutch = try texts(places, .dutch, wish)
        #expect(dutch["level"]?.contains("rolstoeltoegankelijk") == true)
        #expect(
            dutch["silent"]?.contains("niet vermeld: rolstoeltoegankelijk; vraag het na") == true)
        #expect(dutch["stairs"]?.contains("helaas: niet rolstoeltoegankelijk") == true)
        let english = try texts(places, .english, wish)
        #expect(
            english["silent"]?.contains("not stated: accessible to wheelchairs; do ask") == true)
    }

    @Test("as a must, what does not provide it is out, and what does not say is a near miss")
    func must() throws {
        let (results, catalogue) = try matches(places) {
            $0.skillsWanted = ["snoeien"]
            $0.accessibility = [.wheelchair]
            $0.musts = [.accessibility]
        }
        #expect(
            results.results.map { catalogue.rows[$0.offering].id }.sorted() == ["home", "level"])
        #expect(
            results.nearMisses.map {
                catalogue.rows[$0.match.offering].id + ": " + $0.by.text(in: .dutch)
            } == ["silent: niet vermeld"])
    }

    @Test("whether each need is met stands beside the match, unknown as unknown")
    func met() throws {
        let (results, catalogue) = try matches(places) {
            $0.skillsWanted = ["snoeien"]
            $0.accessibility = [.wheelchair, .plainLanguage]
        }
        let needs = results.results.reduce(into: [String: [Bool?]]()) {
            $0[catalogue.rows[$1.offering].id] = $1.needs.map(\.isMet)
        }
        #expect(needs["level"] == [true, nil])
        #expect(needs["stairs"] == [false, nil])
        // Whoever learns at home needs no lift there, but still plain words.
        #expect(needs["home"] == [true, nil])
    }

    /// Ten kilometres by bike are 48 minutes.
    private let lessons = """
        early   | a | 10     | 10 | 100 | 3 | mon0900-1200
        late    | a | 10     | 10 | 100 | 3 | mon0945-1330
        untold  | a | 10     | 10 | 100 | 3 |
        online  | a | online | 10 | 100 | 3 | mon0900-1200
        """

    @Test("childcare holds the lesson and the way from home and back")
    func childcare() throws {
        let (results, catalogue) = try matches(lessons) {
            $0.skillsWanted = ["snoeien"]
            $0.childcare = [WeeklyHours(.monday, from: 510, to: 840)].compactMap { $0 }
            $0.musts = [.childcare]
        }
        #expect(results.results.map { catalogue.rows[$0.offering].id } == ["online"])
        let misses = results.nearMisses.reduce(into: [String: String]()) {
            $0[catalogue.rows[$1.match.offering].id] = $1.by.text(in: .english)
        }
        #expect(misses["early"] == "19 minutes too short for the way")
        #expect(misses["late"] == "19 minutes too short for the way")
        #expect(misses["untold"] == "not stated")
    }

    @Test("the way is the router's where there is one; where none leads nothing is promised")
    func routedChildcare() throws {
        let catalogue = DrawnCatalogue(lessons)
        func fits(_ time: Double?) throws -> [String] {
            let profile = learner {
                $0.skillsWanted = ["snoeien"]
                $0.childcare = [WeeklyHours(.monday, from: 510, to: 840)].compactMap { $0 }
                $0.musts = [.childcare]
            }
            return Matcher(source: catalogue, skills: drawnSkills)
                .match(try routed(time, profile), today: today)
                .results.map { catalogue.rows[$0.offering].id }.sorted()
        }
        #expect(try fits(5) == ["early", "late", "online"])
        #expect(try fits(nil) == ["online"])
    }

    @Test("one minute is told as one, and what is not known as what it may be")
    func wording() throws {
        let catalogue = DrawnCatalogue(lessons)
        let profile = learner {
            $0.skillsWanted = ["snoeien"]
            $0.childcare = [WeeklyHours(.monday, from: 510, to: 840)].compactMap { $0 }
        }
        let texts = Matcher(source: catalogue, skills: drawnSkills)
            .match(try routed(31, profile), today: today)
            .results.reduce(into: [String: [String]]()) {
                $0[catalogue.rows[$1.offering].id] = $1.reasons.map { $0.text(in: .dutch) }
            }
        #expect(
            texts["early"]?.contains(
                "met de reis erbij 1 minuut te lang voor de opvang van je kinderen") == true)
        #expect(
            texts["untold"]?.contains(
                "niet te zeggen of het binnen de opvang van je kinderen past: "
                    + "lestijden of de weg ernaartoe niet bekend") == true)
    }

    @Test("without a home the way is not known, so only what is learnt at home fits childcare")
    func childcareWithoutHome() throws {
        let (results, catalogue) = try matches(lessons) {
            $0.home = nil
            $0.skillsWanted = ["snoeien"]
            $0.childcare = [WeeklyHours(.monday, from: 510, to: 840)].compactMap { $0 }
            $0.musts = [.childcare]
        }
        #expect(results.results.map { catalogue.rows[$0.offering].id } == ["online"])
        #expect(results.nearMisses.allSatisfy { $0.by == .notStated })
        #expect(throws: (any Error).self) {
            try Profile.read(
                "[needs]\nchildcare = [\"maandag\"]\n[preferences]\nmust = [\"childcare\"]\n",
                file: "p.toml", today: today)
        }
    }

    @Test("who comes from work needs the time from there, who comes from home the time from home")
    func commute() throws {
        func fits(
            _ free: [String], _ change: @escaping (inout Profile) -> Void = { _ in }
        ) throws
            -> [String]
        {
            try ranking(
                """
                near-work | a | 10 | 10 | 100 | 3 | tue1830-2100
                near-home | a | 0  | 10 | 100 | 3 | tue1830-2100
                late      | a | 0  | 10 | 100 | 3 | tue1900-2100
                """
            ) {
                $0.skillsWanted = ["snoeien"]
                $0.work = ProfilePlace(place: "Werk", mode: .bike)
                for text in free {
                    if text == "evening" { $0.free = WeekSlots(.tuesday, .evening) }
                    if text == "day" { $0.free = WeekSlots(.tuesday) }
                }
                $0.musts = [.commute]
                change(&$0)
            }.sorted()
        }
        // At work until 18:00, 48 minutes from home.
        #expect(try fits(["evening"]) == ["late", "near-work"])
        // Free all day: at home before.
        #expect(try fits(["day"]) == ["late", "near-home", "near-work"])
        #expect(
            try fits([]) {
                $0.freeHours = [WeeklyHours(.tuesday, from: 1080, to: 1250)].compactMap { $0 }
            } == [])
        #expect(
            try fits([]) {
                $0.freeHours = [WeeklyHours(.tuesday, from: 1080, to: 1310)].compactMap { $0 }
            } == ["late", "near-work"])
    }

    @Test("hours of free time are kept to the minute, whatever part of the day they lie in")
    func hours() throws {
        #expect(
            try ranking(
                """
                inside  | a | 1 | 10 | 100 | 3 | fri0930-1200
                outside | a | 1 | 10 | 100 | 3 | fri0800-1000
                """
            ) {
                $0.skillsWanted = ["snoeien"]
                $0.freeHours = [WeeklyHours(.friday, from: 540, to: 900)].compactMap { $0 }
                $0.musts = [.time]
            } == ["inside"])
    }

    @Test("an hour of free time does not promise a lesson somewhere in that part of the day")
    func touched() throws {
        func fits(_ begins: Int, _ ends: Int) throws -> [String] {
            try ranking("lesson | a | 1 | 10 | 100 | 3 | tuesday-evening") {
                $0.skillsWanted = ["snoeien"]
                $0.freeHours = [WeeklyHours(.tuesday, from: begins, to: ends)].compactMap { $0 }
                $0.musts = [.time]
            }
        }
        #expect(try fits(1140, 1200) == [])
        #expect(try fits(1080, 1440) == ["lesson"])
    }

    @Test("needs are read from the profile, with the word that was meant")
    func reading() throws {
        let profile = try Profile.read(
            """
            [home]
            place = "Thuis"
            [time]
            free = ["dinsdag 18:30-22:00", "doordeweeks 8.30 - 12.00", "zaterdag"]
            [needs]
            accessibility = ["wheelchair", "plain-language"]
            childcare = ["maandag", "dinsdag 8u30-14u30"]
            [preferences]
            must = ["accessibility", "childcare", "commute"]
            """, file: "p.toml", today: today)
        #expect(profile.free == WeekSlots(.saturday))
        #expect(profile.freeHours.count == 6)
        #expect(profile.accessibility == [.wheelchair, .plainLanguage])
        #expect(profile.childcare.map(\.begins) == [0, 510])
        #expect(profile.musts == [.accessibility, .childcare, .commute])
        do {
            _ = try Profile.read(
                "[needs]\naccessibility = [\"rolstoel\"]\nchildcare = [\"mondag\", \"monday 9-8\"]\n",
                file: "p.toml", today: today)
            Issue.record("faults were not found")
        } catch {
            let messages = error.faults.map(\.message)
            #expect(messages.contains { $0.hasSuffix("did you mean “wheelchair”?") })
            #expect(messages.contains { $0.contains("“mondag” is not a part of the week") })
            #expect(messages.contains { $0.contains("“monday 9-8” is not a part of the week") })
        }
        #expect(throws: (any Error).self) {
            try Profile.read(
                "[preferences]\nmust = [\"accessibility\"]\n", file: "p.toml", today: today)
        }
    }
}
