#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// What the system calls an error.
func systemMessage(_ number: Int32) -> String {
    guard let text = strerror(number) else { return "error \(number)" }
    return String(cString: text)
}

/// Gives back memory that a file was mapped to.
func unmap(_ map: UnsafeMutableRawPointer, _ size: Int) { munmap(map, size) }

extension Array {
    /// The elements' bytes; unlike `withUnsafeBytes` it keeps the type of the error.
    func withRawBytes<Failure: Error>(
        _ body: (UnsafeRawBufferPointer) throws(Failure) -> Void
    ) throws(Failure) {
        try withUnsafeBufferPointer { elements throws(Failure) in
            try body(UnsafeRawBufferPointer(elements))
        }
    }
}

/// Whether two byte strings of the same length are the same.
@inline(__always)
func isEqual(_ one: UnsafeBufferPointer<UInt8>, _ other: UnsafeBufferPointer<UInt8>) -> Bool {
    guard let a = one.baseAddress, let b = other.baseAddress else { return true }
    return memcmp(a, b, one.count) == 0
}
