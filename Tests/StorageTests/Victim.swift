import Glibc
import TestSupport

/// A process of `StoreVictim` that runs beside the test.
final class Victim {
    private let process: pid_t
    private let pipe: Int32

    /// Whether the program was built beside the tests.
    static let path: String? = {
        let path = Program.built("StoreVictim").path
        return access(path, X_OK) == 0 ? path : nil
    }()

    /// Starts it, with a limit on the size of files it may write, in KiB, when given.
    init(_ arguments: [String], fileLimitKiB: Int? = nil) throws {
        var command = [Self.path ?? "StoreVictim"] + arguments
        if let fileLimitKiB {
            // The shell's unit is 512 bytes; with the signal ignored, the write itself fails.
            command =
                ["/bin/sh", "-c", "trap '' XFSZ; ulimit -f \(fileLimitKiB * 2); exec \"$@\"", "sh"]
                + command
        }
        var ends: [Int32] = [0, 0]
        guard Glibc.pipe(&ends) == 0 else { throw Failure(code: errno) }
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_adddup2(&actions, ends[1], 1)
        posix_spawn_file_actions_addclose(&actions, ends[0])
        posix_spawn_file_actions_addclose(&actions, ends[1])
        var pointers = command.map { strdup($0) } + [nil]
        defer { for pointer in pointers { free(pointer) } }
        var process = pid_t()
        let code = posix_spawn(&process, command[0], &actions, nil, &pointers, environ)
        close(ends[1])
        self.process = process
        pipe = ends[0]
        guard code == 0 else { throw Failure(code: code) }
    }

    struct Failure: Error {
        var code: Int32
    }

    /// Ends it at once, as a power cut would.
    func kill() { Glibc.kill(process, SIGKILL) }

    /// What it printed until it ended, and its exit status; −1 when it was killed.
    func wait() -> (lines: [String], status: Int) {
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 4096)
        while true {
            let count = read(pipe, &chunk, chunk.count)
            guard count > 0 else { break }
            bytes += chunk[..<count]
        }
        close(pipe)
        var status: Int32 = 0
        waitpid(process, &status, 0)
        let lines = String(decoding: bytes, as: UTF8.self).split(separator: "\n").map(String.init)
        return (lines, status & 0x7F == 0 ? Int(status >> 8 & 0xFF) : -1)
    }
}

/// Runs a command of the system; whether it succeeded.
func shell(_ command: String) -> Bool {
    system(command + " 2>/dev/null") == 0
}
