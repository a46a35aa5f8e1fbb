import Answers
import Ingest
import SearchIndex

extension LearnerDesk {
    /// The desk of a catalogue, for the filters of a command.
    init(
        _ workspace: WorkspaceOptions, _ catalogue: Catalogue, _ index: IndexReader,
        filters: FilterOptions
    ) throws {
        try self.init(
            index: index, gazetteer: try catalogue.gazetteer(), skills: try catalogue.skills(),
            funding: try workspace.funding(), weights: try workspace.weights(),
            travel: catalogue.travelTimes,
            filters: try filters.filters(words: []), today: workspace.day,
            named: workspace.lang, usual: workspace.language)
    }

    /// The desk of a workspace for many learners, with the whole index checked beforehand.
    init(forMany workspace: WorkspaceOptions, filters: FilterOptions) throws {
        let catalogue = try workspace.open()
        try self.init(workspace, catalogue, try catalogue.checkedIndex(), filters: filters)
    }
}
