// swift-tools-version: 6.1
import PackageDescription

// Reads from top to bottom like the data flows: each target leans only on those above it.
let package = Package(
    name: "leerwijzer",
    targets: [
        // What is a course, an offering, a provider, a level, a price, a diagnostic?
        .target(name: "CourseModel"),

        // Which words are in this text? Folding, splitting, stems, compounds.
        .systemLibrary(name: "CStemmer", providers: [.apt(["libstemmer-dev"])]),
        .target(name: "Text", dependencies: ["CStemmer"]),

        // Which occupations and skills does this text mean, and how near are two of them?
        .target(name: "Skills", dependencies: ["CourseModel"]),

        // Builders, seeded generators and real files for the tests.
        .target(name: "TestSupport", path: "Tests/TestSupport"),
        .testTarget(name: "CourseModelTests", dependencies: ["CourseModel", "TestSupport"]),
        .testTarget(name: "SkillsTests", dependencies: ["Skills", "TestSupport"]),
        .testTarget(name: "TextTests", dependencies: ["Text"]),
    ],
    swiftLanguageModes: [.v6]
)
