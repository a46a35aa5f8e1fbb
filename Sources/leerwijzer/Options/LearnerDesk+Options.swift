import Answers

extension LearnerDesk {
    /// The desk of a workspace, for the filters of a command.
    init(_ workspace: WorkspaceOptions, filters: FilterOptions) throws {
        let catalogue = try workspace.open()
        try self.init(
            index: try catalogue.index(), gazetteer: try catalogue.gazetteer(),
            skills: try catalogue.skills(), funding: try workspace.funding(),
            filters: try filters.filters(words: []), today: workspace.day,
            named: workspace.lang, usual: workspace.language)
    }
}
