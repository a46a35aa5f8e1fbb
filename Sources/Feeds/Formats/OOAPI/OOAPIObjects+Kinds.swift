extension OOAPIObjects {
    /// Members of a page or an object beside it whose arrays hold objects.
    static let lists: Set<String> = ["items", "courses", "programs", "offerings", "organizations"]

    /// Calls `body` with an object and those that stand in it, each with the name of its schema in
    /// the specification; with a page's own members as `Pagination`.
    ///
    /// What an object expands (`organization` of a course) its own schema holds.
    static func forEach(
        in node: JSONNode, _ body: (_ object: JSONNode, _ schema: String) throws -> Void
    ) rethrows {
        if let kind = kind(of: node) {
            try body(node, kind)
            // Ours: the schema of a course has no offerings and lets them pass.
            for offering in node["offerings"]?.elements ?? [] where offering.isObject {
                try forEach(in: offering, body)
            }
            return
        }
        if node["pageSize"] != nil || node["pageNumber"] != nil { try body(node, "Pagination") }
        for (key, inner) in node.members where inner.isObject {
            guard
                ["course", "program", "offering", "organization", "ext"].contains(key)
            else { continue }
            try forEach(in: inner, body)
        }
        for list in lists {
            for element in node[list]?.elements ?? [] where element.isObject {
                try forEach(in: element, body)
            }
        }
    }

    private static func kind(of node: JSONNode) -> String? {
        if node["offeringId"] != nil || node["offeringType"] != nil {
            switch node["offeringType"]?.text {
            case "program": return "ProgramOffering"
            case "component": return "ComponentOffering"
            default: return "CourseOffering"
            }
        }
        if node["courseId"] != nil { return "Course" }
        if node["programId"] != nil { return "Program" }
        return node["organizationId"] == nil ? nil : "Organization"
    }
}
