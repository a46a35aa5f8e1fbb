import CZlib
import Glibc

/// A file that is written or read through gzip (RFC 1952), whose checksum covers all of it.
package final class GzipFile {
    private let file: gzFile
    private let path: String
    private var isOpen = true

    /// Opens a file.
    ///
    /// - Throws: ``BackUpError``.
    package init(writing path: String) throws(BackUpError) {
        self.path = path
        guard let file = gzopen(path, "wb6") else {
            throw .cannotWrite(path: path, reason: String(cString: strerror(errno)))
        }
        gzbuffer(file, 1 << 18)
        self.file = file
    }

    /// Opens a file.
    ///
    /// - Throws: ``BackUpError``.
    package init(reading path: String) throws(BackUpError) {
        self.path = path
        guard let file = gzopen(path, "rb") else {
            throw .cannotRead(path: path, reason: String(cString: strerror(errno)))
        }
        gzbuffer(file, 1 << 18)
        self.file = file
    }

    deinit { if isOpen { gzclose(file) } }

    func write(_ bytes: some Collection<UInt8>) throws(BackUpError) {
        let bytes = Array(bytes)
        guard !bytes.isEmpty else { return }
        let count = bytes.withUnsafeBytes { gzwrite(file, $0.baseAddress, UInt32($0.count)) }
        guard count == bytes.count else { throw .cannotWrite(path: path, reason: failure) }
    }

    /// The next bytes, fewer only at the end of the file.
    ///
    /// - Throws: ``BackUpError/damaged(path:reason:)`` when the checksum does not hold, or the file
    ///   ends too early.
    func read(_ count: Int) throws(BackUpError) -> [UInt8] {
        var buffer = [UInt8](repeating: 0, count: count)
        let got = buffer.withUnsafeMutableBytes { gzread(file, $0.baseAddress, UInt32($0.count)) }
        var code: Int32 = 0
        gzerror(file, &code)
        guard got >= 0, code == Z_OK || code == Z_STREAM_END else {
            throw .damaged(path: path, reason: failure)
        }
        if Int(got) < count { buffer.removeLast(count - Int(got)) }
        return buffer
    }

    /// Writes the end.
    package func finish() throws(BackUpError) {
        isOpen = false
        let status = gzclose(file)
        guard status == Z_OK else {
            throw .cannotWrite(path: path, reason: "its end cannot be written (\(status))")
        }
    }

    private var failure: String {
        var code: Int32 = 0
        guard let text = gzerror(file, &code) else { return "zlib error \(code)" }
        guard code != Z_ERRNO else { return String(cString: strerror(errno)) }
        // zlib puts the name before what is wrong.
        let words = String(cString: text)
        return words.hasPrefix(path + ": ") ? String(words.dropFirst(path.count + 2)) : words
    }
}
