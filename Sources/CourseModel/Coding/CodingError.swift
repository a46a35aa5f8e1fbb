/// Why coded bytes could not be read.
public enum CodingError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The bytes were written by a version of the coding that this program does not know.
    case unknownVersion(UInt8)
    /// The bytes end in the middle of a value.
    case truncated(offset: Int)
    /// A value that the model does not allow, or a code that stands for nothing.
    case invalid(what: String, offset: Int)
    /// Bytes are left after the last value.
    case trailingBytes(offset: Int)

    /// What is wrong, and at which byte.
    public var description: String {
        switch self {
        case .unknownVersion(let version): "coding version \(version) is not known"
        case .truncated(let offset): "bytes end at \(offset), within a value"
        case .invalid(let what, let offset): "no valid \(what) at byte \(offset)"
        case .trailingBytes(let offset): "bytes are left over from \(offset)"
        }
    }
}
