import Testing

@testable import Ingest

@Suite("where the store is, is told by an address without a password")
struct StoreAddressTests {
    @Test(
        "the file, or a server by either of its schemes",
        arguments: [
            ("file", StoreAddress.file), ("postgres://db/c", .server("postgres://db/c")),
            ("postgresql://me@one,two:5433/c", .server("postgresql://me@one,two:5433/c")),
            (
                "postgres:///c?host=/var/run/postgresql&passfile=/etc/pass",
                .server("postgres:///c?host=/var/run/postgresql&passfile=/etc/pass")
            ),
        ])
    func understood(text: String, address: StoreAddress) throws {
        #expect(try StoreAddress(text) == address)
    }

    @Test(
        "anything else is told what it could be",
        arguments: ["", "catalog.sqlite", "/srv/catalog.sqlite", "mysql://db/c", "host=db", "File"])
    func unknown(text: String) {
        #expect(throws: StoreAddressFault.unknown) { try StoreAddress(text) }
    }

    @Test(
        "a password is refused wherever it stands, and not repeated",
        arguments: [
            "postgres://me:s3cret@db/c", "postgres://me:s3cret@db", "postgres://:s3cret@one,two/c",
            "postgres://me@db/c?password=s3cret", "postgres://db/c?sslmode=require&password=s3cret",
            "postgres://db/c?sslpassword=s3cret", "postgres://db/c?pass%77ord=s3cret",
            "postgresql://me:s3cret@db?x=y",
        ])
    func password(text: String) {
        #expect(throws: StoreAddressFault.holdsPassword) { try StoreAddress(text) }
        #expect(!StoreAddressFault.holdsPassword.description.contains("s3cret"))
    }

    @Test("messages name a server without its settings")
    func described() throws {
        #expect(
            try StoreAddress("postgres://me@db/c?passfile=/home/me/pass").description
                == "postgres://me@db/c")
    }

    @Test("what is made of one store is not taken for what is made of another")
    func apart() throws {
        let folders = try ["file", "postgres://db/one", "postgres://db/two"].map {
            try StoreAddress($0).madeFolder
        }
        #expect(folders[0] == "")
        #expect(Set(folders).count == 3)
        #expect(
            folders.dropFirst().allSatisfy { $0.wholeMatch(of: /\/postgresql-[0-9a-f]{12}/) != nil }
        )
    }

    @Test("the settings say where it is, and a fault names the line")
    func configured() throws {
        #expect(
            try CatalogConfiguration(toml: "store = \"postgres://db/c\"", file: "catalog.toml")
                .store == .server("postgres://db/c"))
        do {
            _ = try CatalogConfiguration(
                toml: "name = \"x\"\nstore = \"postgres://me:s3cret@db/c\"", file: "catalog.toml")
            Issue.record("a password was taken")
        } catch {
            #expect(error.description.contains("catalog.toml:2"))
            #expect(error.description.contains("PGPASSFILE"))
            #expect(!error.description.contains("s3cret"))
        }
    }
}
