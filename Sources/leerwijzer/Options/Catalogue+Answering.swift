import Ingest
import SearchIndex

extension Catalogue {
    /// Prints an answer from the index: whole, or not at all.
    func printing(_ answer: (IndexReader) throws -> Void) throws {
        try answering { index in try Console.whole { try answer(index) } }
    }
}
