/// The documents of a feed, of which pieces are read again in any order.
///
/// Only some of them are open at a time, so that there may be any number of pages.
final class OOAPIDocuments {
    /// The documents, in the order in which they are read.
    let inputs: [FeedInput]
    private var open: [(number: Int, document: SeekableInput)] = []
    private static let mostOpen = 64

    init(_ inputs: [FeedInput]) { self.inputs = inputs }

    /// A document by its number, unpacked when it is compressed.
    ///
    /// - Throws: ``FeedError`` when it cannot be opened.
    func document(_ number: Int) throws -> SeekableInput {
        if let found = open.first(where: { $0.number == number }) { return found.document }
        let unpacked = try inputs[number].unpacked()
        // What can be read again has a descriptor of its own.
        defer { unpacked.close() }
        let document = try SeekableInput(unpacked.input)
        if open.count == Self.mostOpen { open.removeFirst() }
        open.append((number, document))
        return document
    }
}
