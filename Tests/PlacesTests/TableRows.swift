import Foundation

/// The rows of a table of the gazetteer, read in another way than the gazetteer does.
enum TableRows {
    static func rows(_ file: String) throws -> [[String]] {
        let text = try String(
            contentsOfFile: SampleGazetteer.folder + "/" + file, encoding: .utf8)
        return text.split(separator: "\n").dropFirst().map {
            $0.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
        }
    }
}
