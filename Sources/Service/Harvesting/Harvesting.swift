/// What other systems take the whole catalogue from: OAI-PMH, feeds, sitemaps.
enum Harvesting: ServicePart {
    static let title = "Harvesting"
    static let operations: [Operation] =
        OAIRepository.operations + FeedEndpoints.operations + SitemapEndpoints.operations
}
