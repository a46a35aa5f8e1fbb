/// The API, version 1: everything that the command line answers, in its words.
enum API: ServicePart {
    static let title = "API"
    static let operations: [Operation] =
        SearchAPI.operations + LookupAPI.operations + RegionAPI.operations
        + LearnerAPI.operations + CostAPI.operations + PreparationAPI.operations
        + JointAPI.operations
        + ReportAPI.operations
}
