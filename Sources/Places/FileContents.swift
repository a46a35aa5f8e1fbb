#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Darwin)
import Darwin
#endif

/// The bytes of a whole file.
///
/// Foundation is not used: loading it takes longer than reading the whole gazetteer.
func contents(ofFile path: String) throws(PlacesError) -> [UInt8] {
    func failure() -> PlacesError {
        .unreadable(file: path, reason: String(cString: strerror(errno)))
    }
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw failure() }
    defer { close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { throw failure() }
    guard status.st_mode & S_IFMT != S_IFDIR else {
        throw .unreadable(file: path, reason: "it is a folder")
    }
    // A pipe has no size; one byte more than a file's size lets the second read see its end.
    var bytes = [UInt8](repeating: 0, count: max(Int(status.st_size) + 1, 4096))
    var used = 0
    while true {
        let count = bytes.withUnsafeMutableBytes { buffer in
            read(descriptor, buffer.baseAddress?.advanced(by: used), buffer.count - used)
        }
        if count < 0 {
            if errno == EINTR { continue }
            throw failure()
        }
        if count == 0 { break }
        used += count
        if used == bytes.count { bytes.append(contentsOf: repeatElement(0, count: bytes.count)) }
    }
    bytes.removeLast(bytes.count - used)
    return bytes
}
