import CourseModel
import Ingest
import Testing

@Suite("catalog.toml")
struct CatalogConfigurationTests {
    @Test("partners and their sources are read, with what holds when nothing is said")
    func sound() throws {
        let configuration = try CatalogConfiguration(
            toml: """
                region = "Houten"
                [name]
                nl = "Proef"
                en = "Trial"
                [[partner]]
                id = "school"
                name = "School"
                roles = ["provider", "publisher"]
                [[partner.source]]
                id = "school-feed"
                feed = "feeds/school.xml"
                """, file: "catalog.toml")
        #expect(configuration.name.text(in: [.english]) == "Trial")
        #expect(configuration.maximumLoss == 0.10)
        #expect(configuration.country == "NL")
        #expect(configuration.currency == .euro)
        #expect(configuration.sources.map(\.location) == ["feeds/school.xml"])
        #expect(configuration.partner(of: ID("school-feed"))?.roles == [.provider, .publisher])
    }

    @Test("every fault is told at once, with line, field and remedy")
    func faulty() {
        #expect {
            try CatalogConfiguration(
                toml: """
                    languages = ["nl", "Dutch!"]
                    regio = "Houten"
                    [limits]
                    max-loss = 10
                    [[partner]]
                    id = "School One"
                    name = "School"
                    roles = ["provder"]
                    [[partner]]
                    id = "two"
                    name = "Two"
                    [[partner.source]]
                    id = "a"
                    """, file: "catalog.toml")
        } throws: { error in
            let text = "\(error)"
            return [
                "catalog.toml:1: languages: “Dutch!”", "catalog.toml:2: regio: ", "“region”?",
                "catalog.toml:4: limits.max-loss: 10.0 is outside",
                "catalog.toml:6: partner[0].id: “School One”",
                "catalog.toml:8: partner[0].roles: “provder”", "“provider”?",
                "catalog.toml:12: partner[1].source[0].feed: is missing",
            ].allSatisfy { text.contains($0) }
        }
    }
}
