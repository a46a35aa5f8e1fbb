import CourseModel
import Matching
import Testing

@Suite("A draft is written as a profile that reads back")
struct ProfileDraftTests {
    @Test("answers stand in their tables, in the order of the documentation")
    func order() throws {
        var draft = ProfileDraft()
        draft["home.place"] = .text("Thuis")
        draft["audience"] = .text("worker")
        draft["skills.wants"] = .list(["snoeien", "vellen"])
        draft["time.hours-per-week"] = .number("4.5")
        draft["audience"] = .text("student")
        draft["occupation.wanted"] = .text("boomverzorger")
        draft["occupation.wanted"] = nil
        #expect(
            draft.toml == """
                audience = "student"

                [skills]
                wants = ["snoeien", "vellen"]

                [home]
                place = "Thuis"

                [time]
                hours-per-week = 4.5

                """)
        let profile = try draft.profile(file: "p", today: today)
        #expect(profile.audience == .student)
        #expect(profile.skillsWanted == ["snoeien", "vellen"])
        #expect(profile.hoursPerWeek == 4.5)
    }

    @Test(
        "any text survives being written",
        arguments: [
            "\"quoted\"", "back\\slash", "new\nline", "tab\t", "\u{1}\u{7F}", "é ’ 👩‍🌾", "]", "#",
            "'''",
        ])
    func escapes(text: String) throws {
        var draft = ProfileDraft()
        draft["name"] = .text(text)
        draft["skills.has"] = .list([text, text])
        let profile = try draft.profile(file: "p", today: today)
        #expect(profile.name == text)
        #expect(profile.skillsHad == [text, text])
    }

    @Test("an account tells what words were taken for, and what else they may be")
    func account() throws {
        let profile = try resolved(
            learner {
                $0.wantedOccupation = "boomverzorger"
                $0.skillsHad = ["qqqq"]
                $0.free = [WeekSlots(.tuesday, .evening)]
                $0.home?.within = .metres(8000)
            })
        let account = ProfileAccount(profile, skills: drawnSkills, in: .english)
        func item(_ field: String) -> ProfileAccount.Item? {
            account.items.first { $0.field == field }
        }
        #expect(item("occupation.wanted")?.understood == "tree surgeon")
        #expect(item("occupation.wanted")?.id == "maker")
        #expect(item("occupation.wanted")?.alternatives == [])
        #expect(item("skills.has")?.said == "qqqq")
        #expect(item("skills.has")?.understood == nil)
        #expect(item("time.free")?.understood == "Tuesday evening")
        #expect(item("home.place")?.understood == "Houten (51.7000,5.0000)")
        #expect(item("home.within")?.understood?.hasPrefix("8 km as the crow flies") == true)
        #expect(account.gap == ["pruning", "felling", "climbing"])
        #expect(account.optionalGapCount == 1)
    }

    @Test("all places that cannot be found are told together")
    func places() {
        let profile = learner {
            $0.home?.place = "Bergen"
            $0.work = ProfilePlace(place: "Houtem")
        }
        let faults = ResolvedProfile.faults(inPlacesOf: profile) { text in
            text == "Bergen"
                ? .ambiguous(["Bergen (NH)", "Bergen (L)"]) : .unknown(suggestions: ["Houten"])
        }
        #expect(faults.map(\.role) == [.work, .home])
    }
}
