/// Which official schemas the documents of a feed were held against.
public struct SchemaReport: Hashable, Sendable {
    /// The schemas, by path.
    public private(set) var schemas: Set<String> = []
    /// The root elements of documents for which there was no schema.
    public private(set) var rootsWithout: Set<String> = []
    /// Whether every document was checked to its end.
    public private(set) var isComplete = true

    /// A report on no document.
    public init() {}

    /// Whether nothing could be checked.
    public var isEmpty: Bool { schemas.isEmpty }

    mutating func held(against schema: String, isComplete: Bool) {
        schemas.insert(schema)
        self.isComplete = self.isComplete && isComplete
    }

    mutating func without(_ root: String) { rootsWithout.insert(root) }
}
