import XMLStream

/// Remembers what elements of one document mean, so that an element that says the same again need
/// not be read again.
///
/// Feeds repeat themselves: the same venue, price and dates stand in offering after offering. What is
/// kept must not depend on where the element stands. Memory is bounded; see ``XMLElementTable``.
struct ElementMemo<Value> {
    private var table: XMLElementTable
    private var values: [Value?]

    /// An empty memory for so many elements.
    init(places: Int) {
        table = XMLElementTable(places: places)
        values = Array(repeating: nil, count: table.places)
    }

    /// What was kept for an element that says the same; `nil` when nothing was.
    func value(of node: XMLNode) -> Value? { table.place(of: node).flatMap { values[$0] } }

    /// Keeps what an element means.
    mutating func keep(_ value: Value, for node: XMLNode) {
        if let place = table.keep(node) { values[place] = value }
    }
}
