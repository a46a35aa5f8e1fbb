import Answers
import CourseModel
import Matching

/// What someone filled in about themself: the fields of a profile by their names, as a form sends
/// them.
///
/// It lives as long as the request.
struct LearnerForm {
    private let fields: FormFields

    /// Reads the body of a form.
    ///
    /// - Throws: A ``Problem`` when it is no form, or holds more than one has fields for.
    init(body: [UInt8]) throws(Problem) { fields = try FormFields(body: body) }

    /// A form that nobody filled in.
    init() { fields = FormFields() }

    /// The first value of a field.
    subscript(name: String) -> String? { fields[name] }

    /// All values of a field.
    func all(_ name: String) -> [String] { fields.all(name) }

    /// Whether nothing was filled in that asks for an answer.
    var isEmpty: Bool { fields.values.keys.allSatisfy { $0.hasSuffix(".by") } }

    private static let texts = [
        "audience", "occupation.wanted", "occupation.current", "level.has", "time.start-before",
        "time.deadline",
    ]
    private static let lists = ["skills.wants", "skills.has"]
    private static let choices = ["money.funding", "preferences.modes", "preferences.must"]
    private static let places = ["home", "work", "future-work"]

    /// The answers as a profile takes them.
    var draft: ProfileDraft {
        var draft = ProfileDraft()
        for name in Self.texts { draft[name] = self[name].map { .text($0) } }
        for name in Self.lists {
            let items = (self[name] ?? "").split { $0 == "," || $0 == "\n" || $0 == ";" }
                .map { String($0.trimming()) }.filter { !$0.isEmpty }
            if !items.isEmpty { draft[name] = .list(items) }
        }
        for name in Self.choices where !all(name).isEmpty { draft[name] = .list(all(name)) }
        for place in Self.places {
            guard let text = self[place + ".place"] else { continue }
            draft[place + ".place"] = .text(text)
            // The way to travel and the reach are asked once, for home.
            if let reach = self["home.within"] { draft[place + ".within"] = .text(reach) }
            if let way = self["home.by"] { draft[place + ".by"] = .text(way) }
        }
        if let hours = self["time.hours-per-week"] {
            let plain = hours.replacing(",", with: ".")
            draft["time.hours-per-week"] =
                Double(plain)?.isFinite == true ? .number(plain) : .text(hours)
        }
        if let budget = self["money.budget"] {
            draft["money.budget"] = .euros(budget)
        }
        let free = all("time.free").flatMap { slot in
            slot.hasSuffix(" daytime")
                ? [
                    slot.replacing("daytime", with: "morning"),
                    slot.replacing("daytime", with: "afternoon"),
                ] : [slot]
        }
        if !free.isEmpty { draft["time.free"] = .list(free) }
        return draft
    }
}
