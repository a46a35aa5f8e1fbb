import Glibc

/// A folder of files for one test, removed when it ends.
final class ScratchFolder {
    let path: String

    init(_ files: [String: String] = [:]) throws {
        var template = Array("/tmp/leerwijzer-skills-XXXXXX".utf8CString)
        guard mkdtemp(&template) != nil else { throw Failure(reason: errno) }
        path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
        for (name, text) in files { try write(text, to: name) }
    }

    struct Failure: Error {
        var reason: Int32
    }

    func write(_ text: String, to name: String) throws {
        guard let file = fopen(path + "/" + name, "wb") else { throw Failure(reason: errno) }
        defer { fclose(file) }
        var text = text
        text.withUTF8 { _ = fwrite($0.baseAddress, 1, $0.count, file) }
    }

    func write(bytes: [UInt8], to name: String) throws {
        guard let file = fopen(path + "/" + name, "wb") else { throw Failure(reason: errno) }
        defer { fclose(file) }
        _ = bytes.withUnsafeBytes { fwrite($0.baseAddress, 1, $0.count, file) }
    }

    func holds(_ name: String) -> Bool { access(path + "/" + name, F_OK) == 0 }

    deinit {
        remove(path)
    }

    private func remove(_ path: String) {
        if unlink(path) == 0 { return }
        if let directory = opendir(path) {
            while let entry = readdir(directory) {
                let name = withUnsafePointer(to: &entry.pointee.d_name) {
                    $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
                }
                if name != ".", name != ".." { remove(path + "/" + name) }
            }
            closedir(directory)
        }
        rmdir(path)
    }
}
