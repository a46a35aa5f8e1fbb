import Answers
import CourseModel
import Partnership

/// What a course costs beside its price: for an hour of study, after funding, and elsewhere.
struct CostFacts {
    let frame: PageFrame
    let catalogue: OpenCatalogue

    private var language: AnswerLanguage { frame.language }
    private var wording: CostWording { CostWording(language: language) }

    /// The facts that are known, of the cheapest offering that can still be taken up.
    ///
    /// - Throws: `IndexError`.
    func list(_ record: CourseRecord) throws -> [CourseFacts.Fact] {
        guard
            let cost = OfferingCost.cheapest(
                of: record, on: frame.call.today, funding: catalogue.funding)
        else { return [] }
        var facts: [CourseFacts.Fact] = []
        if let hour = wording.perHour(cost) {
            facts.append(
                CourseFacts.Fact(
                    label: language(nl: "Per studie-uur", en: "Per hour of study"), value: hour))
        }
        if let net = wording.net(cost) {
            facts.append(
                CourseFacts.Fact(
                    label: language(nl: "Met een regeling", en: "With a scheme"), value: net))
        }
        if let cheaper = try cheaper(record, cost) { facts.append(cheaper) }
        return facts
    }

    private func cheaper(
        _ record: CourseRecord, _ cost: OfferingCost
    ) throws -> CourseFacts.Fact? {
        let index = catalogue.index
        guard let course = try index.number(of: record.course.id),
            let offering = try index.number(of: cost.offering, ofCourse: course),
            let found = try Equivalents(in: index, today: frame.call.today)
                .cheapest(of: course, from: offering, below: cost.cents)
        else { return nil }
        let other = try index.stored(course: found.course)
        return CourseFacts.Fact(
            label: language(nl: "Goedkoper en vergelijkbaar", en: "Cheaper and alike"),
            value: wording.equivalent(
                found, title: language(nl: other.title, en: other.englishTitle), insteadOf: cost),
            href: frame.path(.course(other.id.value)))
    }
}
