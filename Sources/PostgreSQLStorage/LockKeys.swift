#if PostgreSQL
import Storage

/// The numbers of a catalogue's advisory locks, and the channel that tells of its generations.
///
/// A database has one space of lock numbers and channels for all; they are made of the catalogue's
/// identity, so that catalogues in other schemas do not wait for each other. Two sources whose
/// numbers are the same by chance would just wait for each other.
struct LockKeys: Hashable, Sendable {
    /// What the catalogue was called when it was made: 32 hexadecimal digits.
    let identity: String

    /// Held by who makes a generation.
    var generations: Int { key("generations") }
    /// Held by who writes to all sources; shared by who writes to one.
    var whole: Int { key("whole") }
    /// Held by who writes to a source.
    func source(_ id: String) -> Int { key("source:" + id) }
    /// The channel of new generations.
    var channel: String { "leerwijzer_" + identity }

    private func key(_ name: String) -> Int {
        Int(Int64(bitPattern: Fingerprint(of: Array((identity + name).utf8)).high))
    }
}
#endif
