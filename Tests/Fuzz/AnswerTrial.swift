import Glibc
import Partnership
import XMLStream

/// What reading a repository's answer promises of any bytes: records or a fault, the same each time,
/// and metadata that stands as a document of its own.
enum AnswerTrial {
    /// In memory, and gone with the process.
    private static let path = "/dev/shm/leerwijzer-fuzz-\(getpid())"

    static func tryOut(_ bytes: [UInt8]) throws {
        guard let file = fopen(path, "wb") else { throw XMLError.io(path: path, errno: errno) }
        let count = fwrite(bytes, 1, bytes.count, file)
        guard fclose(file) == 0, count == bytes.count else {
            throw XMLError.io(path: path, errno: errno)
        }
        defer { unlink(path) }
        let first = account()
        try require(account() == first, "the same twice")
    }

    private static func account() -> [String] {
        var lines: [String] = []
        do {
            let page = try OAIPage(path: path, address: "fuzz") { record in
                lines.append("\(record.identifier) \(record.document.map { $0.count } ?? -1)")
                guard let document = record.document else { return }
                let reading = try? XMLReader(bytes: document, name: "metadata")
                guard var reader = reading else { return }
                while case .some = try? reader.next() {}
            }
            lines.append("\(page.resumptionToken ?? "") \(page.prefixes) \(page.fault?.code ?? "")")
        } catch {
            lines.append("\(error)")
        }
        return lines
    }
}
