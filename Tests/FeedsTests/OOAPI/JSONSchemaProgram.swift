import Foundation

/// Python's validator of JSON schemas, held against what is written.
enum JSONSchemaProgram {
    /// Whether python with its package `jsonschema` is there.
    static let isAvailable = python != nil
    private static let python = Python.having("jsonschema")

    /// The complaints about a page of courses and their offerings; empty when they are valid.
    static func complaints(_ bytes: [UInt8], schema: String) throws -> String {
        let file = FileManager.default.temporaryDirectory
            .appendingPathComponent("leerwijzer-\(UUID().uuidString).json")
        try Data(bytes).write(to: file)
        defer { try? FileManager.default.removeItem(at: file) }
        return try complaints(files: [file.path], schema: schema)
    }

    /// The complaints about pages in files, which are all checked by one process.
    static func complaints(files: [String], schema: String) throws -> String {
        try Python.run(python ?? "python3", script, [schema] + files)
    }

    private static let script = """
        import json, sys, warnings
        warnings.simplefilter("ignore")
        import jsonschema
        spec = json.load(open(sys.argv[1]))
        def check(name, value):
            schema = {"$ref": "#/components/schemas/" + name, "components": spec["components"]}
            validator = jsonschema.Draft7Validator(
                schema, format_checker=jsonschema.FormatChecker())
            for error in list(validator.iter_errors(value))[:3]:
                print(name, list(error.path), error.message[:200], file=sys.stderr)
        for file in sys.argv[2:]:
            page = json.load(open(file))
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
}
