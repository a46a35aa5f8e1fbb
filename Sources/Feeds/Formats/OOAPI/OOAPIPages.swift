/// The pages of collections that a feed consists of (OOAPI v5, "Pagination").
struct OOAPIPages {
    private struct Page {
        /// What the collection is of; empty for a page without elements.
        var kind: String
        /// The number; `nil` when neither it nor that it is the first is stated.
        var number: Int?
        var hasPrevious: Bool
        var hasNext: Bool
    }

    private var pages: [Page] = []
    private static let order = ["course", "program", "offering", "organization"]

    /// Whether there is no page.
    var isEmpty: Bool { pages.isEmpty }

    /// Takes the object around the elements, when it is a page.
    ///
    /// - Parameter kinds: What its elements are. A page of courses may hold their offerings beside
    ///   them.
    mutating func take(_ node: JSONNode, of kinds: Set<String>) {
        guard node["pageSize"] != nil || node["hasNextPage"] != nil else { return }
        let number = node["pageNumber"]?.count
        let hasPrevious = node["hasPreviousPage"]?.boolean ?? ((number ?? 1) > 1)
        pages.append(
            Page(
                kind: Self.order.first(where: kinds.contains).map { $0 + "s" } ?? "",
                number: number ?? (hasPrevious ? nil : 1), hasPrevious: hasPrevious,
                hasNext: node["hasNextPage"]?.boolean == true))
    }

    /// Which page of which collection is missing; `nil` when every collection is whole.
    ///
    /// Collections of the same kind (the offerings of each course) are told apart only by how many of
    /// their pages say that another one follows.
    var missing: (kind: String, number: Int?)? {
        let kinds = Set(pages.map(\.kind)).filter { !$0.isEmpty }
        for kind in kinds.isEmpty ? [""] : kinds.sorted() {
            let own = pages.filter { $0.kind == kind || $0.kind.isEmpty }
            if own.contains(where: { $0.number == nil }) { return (kind, nil) }
            func count(_ number: Int, _ fits: (Page) -> Bool) -> Int {
                own.count { $0.number == number && fits($0) }
            }
            for number in Set(own.compactMap(\.number)).sorted() {
                if count(number, \.hasPrevious) > count(number - 1, \.hasNext) {
                    return (kind, number - 1)
                }
                if count(number, \.hasNext) > count(number + 1, { _ in true }) {
                    return (kind, number + 1)
                }
            }
        }
        return nil
    }
}
