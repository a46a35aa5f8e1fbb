import Ingest
import Matching

extension FundingRules {
    /// The schemes of a workspace; none when it has no `funding.toml`.
    package static func read(_ workspace: Workspace) throws -> FundingRules {
        guard let text = try workspace.text(of: "funding.toml") else { return .none }
        return try read(toml: text, file: workspace.folder + "/funding.toml")
    }
}

extension MatchWeights {
    /// The weights of a workspace; the usual ones when it has no `weights.toml`.
    package static func read(_ workspace: Workspace) throws -> MatchWeights {
        guard let text = try workspace.text(of: "weights.toml") else { return MatchWeights() }
        return try read(toml: text, file: workspace.folder + "/weights.toml")
    }
}
