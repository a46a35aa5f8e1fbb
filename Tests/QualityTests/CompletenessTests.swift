import CourseModel
import Quality
import Testing

@Suite("Completeness is measured by weights that add up")
struct CompletenessTests {
    @Test("the weights are a hundred points")
    func weights() {
        #expect(CompletenessField.allCases.reduce(0) { $0 + $1.weight } == 100)
        #expect(CompletenessField.allCases.allSatisfy { $0.weight > 0 })
    }

    @Test("a course that says everything has a hundred points")
    func full() {
        let course = CourseCompleteness(Example().record)
        #expect(course.score == 100)
        #expect(course.lacking.isEmpty)
    }

    @Test("a course that says nothing but its title has none")
    func empty() throws {
        let example = Example()
        let bare = try #require(
            Course(
                id: example.course.id, nativeID: "SNOEI", provider: example.course.provider,
                kind: .course, title: "Snoeien", provenance: example.course.provenance))
        let record = try #require(CourseRecord(course: bare, offerings: []))
        #expect(CourseCompleteness(record).score == 0)
        #expect(CourseCompleteness(record).lacking.map(\.field).first == .description)
    }

    @Test("what is added brings what was promised", arguments: CompletenessField.allCases)
    func gains(_ field: CompletenessField) throws {
        let example = Example.with { example in
            switch field {
            case .description: example.course.summary = LocalizedText()
            case .price: example.offering.price = nil
            case .start: example.offering.timing = .unstated
            case .place: example.offering.places = []
            case .level: example.course.level = nil
            case .skills: example.course.skills = []
            case .duration: example.course.studyLoad = StudyLoad()
            case .mode: example.course.modes = []
            case .subjects: example.course.subjects = []
            case .url: example.course.url = nil
            case .language: example.course.languages = []
            case .audience: example.course.audiences = []
            }
        }
        let course = CourseCompleteness(example.record)
        #expect(course.lacking.map(\.field) == [field])
        #expect(course.score == 100 - Double(field.weight))
        var feed = FeedCompleteness()
        feed.add(course)
        feed.add(CourseCompleteness(Example().record))
        let gain = try #require(feed.gains.first)
        #expect(feed.gains.count == 1)
        #expect(gain.field == field && gain.courses == 1)
        #expect(try #require(feed.score) + gain.points == 100)
    }

    @Test("the courses that say least are kept, the lowest first, and no more than ten")
    func lowest() {
        var feed = FeedCompleteness()
        for number in 0..<40 {
            let example = Example.with {
                // 37 and 40 have no common factor, so that every length comes once.
                let length = number * 37 % 40 * 5
                $0.course.summary = LocalizedText(String(repeating: "a", count: length))
            }
            feed.add(CourseCompleteness(example.record))
        }
        #expect(feed.courses == 40)
        #expect(feed.lowest.count == FeedCompleteness.lowestCount)
        #expect(feed.lowest.map(\.score) == feed.lowest.map(\.score).sorted())
        #expect(feed.lowest.first?.score == 85)
        #expect(feed.lowest.last?.score == 85 + 15 * 45 / 200.0)
    }

    @Test("a feed without courses has no score")
    func none() {
        #expect(FeedCompleteness().score == nil)
        #expect(FeedCompleteness().gains.isEmpty)
    }
}
