import Glibc

@testable import SearchIndex

/// A folder for the time of a test.
final class ScratchFolder {
    let path: String
    var index: String { path + "/1" }
    var file: String { index + "/index" }

    init() throws {
        var template = Array("/tmp/leerwijzer-test-XXXXXX".utf8CString)
        guard mkdtemp(&template) != nil else {
            throw IndexError.system(path: "/tmp", operation: "create", errno: errno)
        }
        path = template.withUnsafeBufferPointer { String(cString: $0.baseAddress!) }
    }

    deinit { Self.remove(path) }

    private static func remove(_ path: String) {
        if unlink(path) == 0 { return }
        if let handle = opendir(path) {
            while let entry = readdir(handle) {
                let name = withUnsafePointer(to: &entry.pointee.d_name) {
                    $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
                }
                if name != ".", name != ".." { remove(path + "/" + name) }
            }
            closedir(handle)
        }
        rmdir(path)
    }

    func index(
        _ documents: [IndexDocument], _ options: IndexOptions = IndexOptions()
    ) throws -> IndexReader {
        var builder = try IndexBuilder(folder: index, generation: 1, options: options)
        for document in documents { try builder.add(document) }
        _ = try builder.finish()
        return try IndexReader(folder: index)
    }

    func bytes() throws -> [UInt8] {
        guard let handle = fopen(file, "r") else { throw IndexError.missing(path: file) }
        defer { fclose(handle) }
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 1 << 16)
        while case let count = fread(&buffer, 1, buffer.count, handle), count > 0 {
            bytes += buffer[..<count]
        }
        return bytes
    }

    func write(_ bytes: [UInt8]) throws {
        guard let handle = fopen(file, "w") else { throw IndexError.missing(path: file) }
        defer { fclose(handle) }
        fwrite(bytes, 1, bytes.count, handle)
    }
}

extension IndexReader {
    /// The number of each offering by its id.
    func numbersByID() throws -> [String: Int] {
        var numbers: [String: Int] = [:]
        for number in 0..<offeringCount { numbers[try stored(offering: number).id.value] = number }
        return numbers
    }
}
