import Foundation

/// Python's validator of JSON schemas, held against what is written.
enum JSONSchema {
    /// Whether python with its package `jsonschema` is there.
    static let isAvailable: Bool = {
        (try? run("import jsonschema", [])) == ""
    }()

    /// The complaints about a page of courses and their offerings; empty when they are valid.
    static func complaints(_ bytes: [UInt8], schema: String) throws -> String {
        let file = FileManager.default.temporaryDirectory
            .appendingPathComponent("leerwijzer-\(UUID().uuidString).json")
        try Data(bytes).write(to: file)
        defer { try? FileManager.default.removeItem(at: file) }
        return try run(script, [schema, file.path])
    }

    private static let script = """
        import json, sys, warnings
        warnings.simplefilter("ignore")
        import jsonschema
        spec = json.load(open(sys.argv[1]))
        page = json.load(open(sys.argv[2]))
        def check(name, value):
            schema = {"$ref": "#/components/schemas/" + name, "components": spec["components"]}
            validator = jsonschema.Draft7Validator(
                schema, format_checker=jsonschema.FormatChecker())
            for error in list(validator.iter_errors(value))[:3]:
                print(name, list(error.path), error.message[:200], file=sys.stderr)
        check("Pagination", page)
        for course in page["items"]:
            check("Course", course)
            if isinstance(course["organization"], dict):
                check("Organization", course["organization"])
            for offering in course.get("offerings", []):
                check("CourseOffering", offering)
        for organization in page.get("ext", {}).get("organizations", []):
            check("Organization", organization)
        """

    private static func run(_ script: String, _ arguments: [String]) throws -> String {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = ["python3", "-c", script] + arguments
        let errors = Pipe()
        process.standardError = errors
        process.standardOutput = FileHandle.nullDevice
        try process.run()
        let text = errors.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        let said = String(decoding: text.prefix(3_000), as: UTF8.self)
        return process.terminationStatus == 0 ? said : "python failed: " + said
    }
}
