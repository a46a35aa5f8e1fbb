// swift-tools-version: 6.2
import PackageDescription

// Reads from top to bottom like the data flows: each target leans only on those above it.
let package = Package(
    name: "leerwijzer",
    products: [
        .executable(name: "leerwijzer", targets: ["leerwijzer"])
    ],
    traits: [
        .trait(
            name: "PostgreSQL",
            description: "Keep the catalogue in PostgreSQL, for many machines; needs libpq."),
        // The tests on PostgreSQL are given a server; they, too, need the trait.
        .default(
            enabledTraits: Context.environment["LEERWIJZER_POSTGRES"] == nil ? [] : ["PostgreSQL"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
        .package(url: "https://github.com/LebJe/TOMLKit", from: "0.6.0"),
        // Without its traits it needs no Foundation beyond FoundationEssentials.
        .package(
            url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.1", traits: []),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
        .package(
            url: "https://github.com/apple/swift-configuration", from: "1.4.0", traits: []),
        .package(url: "https://github.com/apple/swift-metrics", from: "2.13.0"),
        .package(url: "https://github.com/hummingbird-project/swift-mustache", from: "2.1.1"),
        .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
        .package(url: "https://github.com/apple/swift-nio-extras", from: "1.35.2"),
        .package(url: "https://github.com/apple/swift-http-types", from: "1.8.0", traits: []),
    ],
    targets: [
        // What is a course, an offering, a provider, a level, a price, a diagnostic?
        .target(name: "CourseModel"),
        // Which words are in this text? Folding, splitting, stems, compounds.
        .systemLibrary(name: "CStemmer", providers: [.apt(["libstemmer-dev"])]),
        .target(name: "Text", dependencies: ["CStemmer"]),

        // What does this TOML or JSON file that a person wrote say, and where is it wrong?
        .target(
            name: "Settings",
            dependencies: ["CourseModel", "Text", .product(name: "TOMLKit", package: "TOMLKit")]),

        // What stands next in this XML, and how is it written?
        .systemLibrary(
            name: "CLibXML2", pkgConfig: "libxml-2.0", providers: [.apt(["libxml2-dev"])]),
        .target(name: "XMLStream", dependencies: ["CLibXML2"]),

        // Gzip, of what is published, served, fetched and kept.
        .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),

        // What Linux and the processor offer and Swift does not show, and what has to be done within a
        // signal.
        .target(name: "CLinux"),

        // Where is this, what is around it, how long does it take to get there?
        .target(name: "Places", dependencies: ["CourseModel", "Text"]),

        // Which occupations and skills does this text mean, and how near are two of them?
        .target(name: "Skills", dependencies: ["CLinux", "CZlib", "CourseModel", "Text"]),

        // What does this feed say, and how do we say it in that format?
        .target(name: "Feeds", dependencies: ["CZlib", "CourseModel", "Settings", "XMLStream"]),

        // Is what feeds say good, what is missing, and what does each fault mean?
        .target(name: "Quality", dependencies: ["CourseModel", "Feeds"]),

        // What did we know, when, from whom? What every engine promises.
        .target(name: "Storage", dependencies: ["CourseModel"]),
        // The catalogue's tables, in what SQL engines have in common.
        .target(name: "SQLStorage", dependencies: ["CourseModel", "Storage"]),
        // The embedded engine: SQLite through GRDB.
        .target(
            name: "SQLiteStorage",
            dependencies: [
                "CourseModel", "SQLStorage", "Storage",
                .product(name: "GRDB", package: "GRDB.swift"),
                .product(name: "GRDBSQLite", package: "GRDB.swift"),
            ]),

        // The engine for many machines: PostgreSQL through libpq, when the trait asks for it.
        .systemLibrary(name: "CLibPQ", pkgConfig: "libpq", providers: [.apt(["libpq-dev"])]),
        .target(
            name: "PostgreSQLStorage",
            dependencies: [
                "CourseModel", "SQLStorage", "Storage",
                .target(name: "CLibPQ", condition: .when(traits: ["PostgreSQL"])),
            ]),

        // Which offerings fit this query, and which first?
        .target(name: "SearchIndex", dependencies: ["CLinux", "CourseModel", "Places", "Text"]),

        // What fits this learner, why, and what would with a little more?
        .target(
            name: "Matching",
            dependencies: ["CourseModel", "Places", "SearchIndex", "Settings", "Skills", "Text"]),

        // Feed → places, skills → storage → index, collecting issues on the way.
        .target(
            name: "Ingest",
            dependencies: [
                "CLinux", "CZlib", "CourseModel", "Feeds", "Places", "Quality", "SQLStorage",
                "SQLiteStorage", "SearchIndex", "Settings", "Skills", "Storage", "Text",
                .target(name: "PostgreSQLStorage", condition: .when(traits: ["PostgreSQL"])),
            ]),

        // What does this address say now? libcurl behind limits, loaded when something is fetched.
        .systemLibrary(name: "CCurl", providers: [.apt(["libcurl4-openssl-dev"])]),
        .target(name: "HTTPClient", dependencies: ["CCurl", "CZlib"]),

        // How long does it take over real roads? A client of OSRM's table interface.
        .target(name: "OSRMRouter", dependencies: ["CourseModel", "HTTPClient", "Places"]),

        // How is an answer said: rows, reasons, JSON, CSV, GeoJSON, calendars, in Dutch and English?
        .target(
            name: "Answers",
            dependencies: [
                "CourseModel", "Feeds", "Matching", "Places", "Quality", "SearchIndex", "Skills",
                "Storage",
            ]),

        // Whose is it, is it good, what is missing? Fetching, changes, alerts, reports.
        .target(
            name: "Partnership",
            dependencies: [
                "Answers", "CourseModel", "Feeds", "HTTPClient", "Ingest", "Matching", "Places",
                "Quality", "SearchIndex", "Settings", "Skills", "Storage", "XMLStream",
            ]),

        // What does the catalogue say over HTTP? API, pages, harvesting.
        .target(
            name: "Service",
            dependencies: [
                "Answers", "CZlib", "CourseModel", "Feeds", "Ingest", "Matching", "Partnership",
                "Places", "Quality", "SQLiteStorage", "SearchIndex", "Settings", "Skills",
                "Storage", "XMLStream",
                .product(name: "Configuration", package: "swift-configuration"),
                .product(name: "HTTPTypes", package: "swift-http-types"),
                .product(name: "Hummingbird", package: "hummingbird"),
                .product(name: "HummingbirdCore", package: "hummingbird"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "CoreMetrics", package: "swift-metrics"),
                .product(name: "Mustache", package: "swift-mustache"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOHTTPTypes", package: "swift-nio-extras"),
                .product(name: "NIOPosix", package: "swift-nio"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
            ],
            exclude: ["Deployment"],
            // Templates, styles and drawings become part of the program.
            resources: [.embedInCode("Pages/Resources")]),

        // The command line, and the only wiring.
        .executableTarget(
            name: "leerwijzer",
            dependencies: [
                "Answers", "CourseModel", "Feeds", "HTTPClient", "Ingest", "Matching", "OSRMRouter",
                "Partnership", "Places", "Quality", "SQLStorage", "SearchIndex", "Service",
                "Settings", "Skills", "Storage",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
                .product(name: "Logging", package: "swift-log"),
            ]),

        // Builders, seeded generators and real files for the tests.
        .target(
            name: "TestSupport", dependencies: ["CourseModel"], path: "Tests/TestSupport",
            exclude: ["server.py"]),
        .testTarget(
            name: "PartnershipTests",
            dependencies: [
                "Answers", "HTTPClient", "Ingest", "Matching", "Partnership", "Places",
                "SearchIndex", "Skills", "Storage", "TestSupport",
            ]),
        .testTarget(name: "AnswersTests", dependencies: ["Answers"]),
        .testTarget(name: "HTTPClientTests", dependencies: ["HTTPClient", "TestSupport"]),
        .testTarget(
            name: "OSRMRouterTests", dependencies: ["CourseModel", "OSRMRouter", "Places"],
            exclude: ["server.py"]),
        .testTarget(name: "CourseModelTests", dependencies: ["CourseModel", "TestSupport"]),
        // A process that ingests until a test kills it.
        .executableTarget(
            name: "StoreVictim", dependencies: ["Storage", "SQLiteStorage", "CourseModel"],
            path: "Tests/StoreVictim"),
        .testTarget(
            name: "StorageTests",
            dependencies: [
                "Storage", "SQLStorage", "SQLiteStorage", "StoreVictim", "CourseModel",
                "TestSupport",
                .target(name: "PostgreSQLStorage", condition: .when(traits: ["PostgreSQL"])),
            ]),
        .testTarget(name: "SkillsTests", dependencies: ["Skills", "TestSupport"]),
        .testTarget(
            name: "MatchingTests",
            dependencies: [
                "Matching", "Places", "SearchIndex", "Settings", "Skills", "TestSupport",
            ]),
        .testTarget(
            name: "SearchIndexTests",
            dependencies: ["Places", "SearchIndex", "TestSupport", "Text"]),
        .testTarget(name: "TextTests", dependencies: ["Text"]),
        .testTarget(name: "SettingsTests", dependencies: ["Settings"]),
        .testTarget(name: "PlacesTests", dependencies: ["Places", "TestSupport"]),
        .testTarget(
            name: "XMLStreamTests", dependencies: ["XMLStream", "CLibXML2", "TestSupport"]),
        .testTarget(
            name: "FeedsTests", dependencies: ["Feeds", "TestSupport"],
            exclude: [
                "CSV/Fixtures", "EDUDEX/Fixtures", "EducationsCom/Fixtures", "HODEX/Fixtures",
                "LHEO/Fixtures", "LOQ/Fixtures", "OOAPI/Fixtures", "OpenQCat/Fixtures",
                "SchemaOrg/Fixtures",
                "Written/Fixtures", "XCRICAP/Fixtures",
            ]),

        .testTarget(name: "QualityTests", dependencies: ["Quality", "TestSupport"]),

        // Each prints time, bytes, memory and a checksum of its answer.
        .executableTarget(
            name: "FeedsBenchmark", dependencies: ["Feeds"], path: "Tests/Benchmarks/Feeds"),
        // What libxml2's own writer makes of the same document.
        .target(
            name: "XMLTextWriterPeer", dependencies: ["CLibXML2"],
            path: "Tests/Benchmarks/XMLTextWriterPeer"),
        .executableTarget(
            name: "PublishBenchmark",
            dependencies: ["CourseModel", "Feeds", "XMLTextWriterPeer"],
            path: "Tests/Benchmarks/Publish"),
        .executableTarget(
            name: "CoverageBenchmark",
            dependencies: ["CourseModel", "Partnership", "Places", "SearchIndex"],
            path: "Tests/Benchmarks/Coverage", exclude: ["peer.sh"]),
        // How well the words of courses tell their skills.
        .executableTarget(
            name: "SkillEvaluation", dependencies: ["CourseModel", "Feeds", "Skills"],
            path: "Tests/Evaluation/Skills", exclude: ["calibration.py"]),
        // How well courses that several feeds share are found.
        .executableTarget(
            name: "DuplicateEvaluation",
            dependencies: ["CourseModel", "Feeds", "Ingest", "TestSupport"],
            path: "Tests/Evaluation/Duplicates"),
        .testTarget(
            name: "IngestTests",
            dependencies: [
                "DuplicateEvaluation", "Ingest", "SearchIndex", "Storage", "TestSupport",
            ]),
        .testTarget(
            name: "ServiceTests",
            dependencies: [
                "Ingest", "Partnership", "Service", "TestSupport",
                .product(name: "HTTPTypes", package: "swift-http-types"),
                .product(name: "Hummingbird", package: "hummingbird"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
            ], exclude: ["API", "Pages/Browser"]),
        // What whoever writes a feed, a request or a settings file may try.
        .testTarget(
            name: "HostileInputTests",
            dependencies: [
                "Answers", "CourseModel", "Feeds", "Ingest", "Matching", "Partnership", "Places",
                "SearchIndex", "Settings", "Skills", "TestSupport", "Text", "XMLStream",
            ]),
        // What the server itself can answer, beside which searches are set.
        .executableTarget(
            name: "ConstantService",
            dependencies: [
                .product(name: "Hummingbird", package: "hummingbird"),
                .product(name: "NIOCore", package: "swift-nio"),
            ], path: "Tests/Benchmarks/Service/Constant"),
        .testTarget(
            name: "CommandLineTests", dependencies: ["leerwijzer", "TestSupport"],
            exclude: ["batch.sh"]),
        .executableTarget(
            name: "StoreBenchmark", dependencies: ["CourseModel", "Storage", "SQLiteStorage"],
            path: "Tests/Benchmarks/Store"),
        .executableTarget(
            name: "TravelBenchmark", dependencies: ["Places", "TestSupport"],
            path: "Tests/Benchmarks/Travel"),
        .executableTarget(
            name: "MatchBenchmark",
            dependencies: ["CourseModel", "Matching", "SearchIndex", "Skills"],
            path: "Tests/Benchmarks/Match"),
        .executableTarget(
            name: "SearchBenchmark", dependencies: ["CourseModel", "Feeds", "SearchIndex"],
            path: "Tests/Benchmarks/Search"),
    ],
    swiftLanguageModes: [.v6]
)

// Readers under a fuzzer, which takes the compiler's instruments; .ci/fuzz builds it.
if Context.environment["LEERWIJZER_FUZZ"] != nil {
    package.targets.append(
        .executableTarget(
            name: "FuzzReaders",
            dependencies: [
                "CourseModel", "Feeds", "Ingest", "Matching", "Partnership", "Places",
                "SearchIndex", "Settings", "XMLStream",
            ], path: "Tests/Fuzz", exclude: ["Seeds"]))
}

// .ci/sanitize tries what holds C's memory or maps files, or what shares state between threads, and
// needs nothing else built.
if let instrument = Context.environment["LEERWIJZER_SANITIZE"] {
    var tried: Set =
        instrument == "thread"
        ? ["TextTests", "SearchIndexTests", "HTTPClientTests", "IngestTests", "ServiceTests"]
        : ["TextTests", "XMLStreamTests", "SearchIndexTests", "StorageTests"]
    // Each target leans on those above it only.
    for target in package.targets.reversed() where tried.contains(target.name) {
        for dependency in target.dependencies {
            switch dependency {
            case .targetItem(let name, _), .byNameItem(let name, _): tried.insert(name)
            default: break
            }
        }
    }
    package.targets.removeAll { !tried.contains($0.name) }
    package.products = []
}

// The checks build with warnings as errors; whoever merely uses the package, perhaps with a newer
// compiler that warns of more, does not.
if Context.environment["LEERWIJZER_STRICT"] != nil {
    for target in package.targets where target.type != .system {
        target.swiftSettings = (target.swiftSettings ?? []) + [.treatAllWarnings(as: .error)]
    }
}
