import CourseModel
import Matching
import SearchIndex
import Skills

/// The answer for an employer's team: modules that together cover it, who takes which, and what
/// stays open.
public struct TeamAnswer: Sendable {
    /// The modules.
    public let cover: TeamCover
    /// The words, rows and language that the answer is given with.
    public let context: AnswerContext

    /// The names of members by their places in the profile.
    public func names(_ members: [Int]) -> [String] {
        members.map { context.resolved.members[$0].name }
    }

    /// Why a skill stays open.
    public func why(_ open: TeamCover.Open) -> String {
        let language = context.language
        guard let why = open.why else {
            return language(
                nl: "geen enkele cursus hier leert dit; een vraag waar de regio niet in voorziet",
                en: "no course here teaches it; a demand that the region does not meet")
        }
        return language(nl: "wordt geleerd, maar ", en: "is taught, but ")
            + ObstacleWording(language: language).text(why)
    }

    /// What machines can rely on for `match --cover`.
    public struct JSON: Encodable {
        /// Who takes a module and what for, beside its match.
        struct Module: Encodable {
            var members: [String]
            var skills: [String]
            var cost: Nullable<String>
        }

        struct Open: Encodable {
            var skill: String
            var members: [String]
            var why: String
        }

        var modules: [Beside<MatchAnswer.MatchJSON, Module>]
        var open: [Open]
        /// Whether no set covers as much with fewer modules, or with as many for less.
        var proven: Bool
        var leftOut: Int
        /// Of the modules with a price, in euro.
        var cost: String
    }

    /// The answer in the form of the JSON contract.
    ///
    /// - Throws: ``IndexError`` when the index is damaged.
    public func json() throws -> JSON {
        JSON(
            modules: try cover.modules.map { module in
                Beside(
                    try context.json(module.match),
                    JSON.Module(
                        members: names(module.members), skills: module.skills.map(context.id),
                        cost: Nullable(module.cents.map(FundingJSON.amount))))
            },
            open: cover.open.map {
                JSON.Open(
                    skill: context.id($0.skill), members: names($0.members), why: why($0))
            }, proven: cover.isProven, leftOut: cover.leftOut,
            cost: FundingJSON.amount(cover.cents))
    }
}
