import CourseModel
import Glibc

/// A program that takes mail as sendmail does: the message on standard input, the people it goes to
/// behind the options.
///
/// Every mail server for Unix brings one (Postfix, Exim, OpenSMTPD), and msmtp is one without a
/// server. No shell is between: an address is an argument, whatever stands in it.
struct Sendmail {
    /// The program and its first arguments.
    let command: [String]
    /// Seconds that it may take.
    let seconds: Int

    /// How many bytes of what it complains of are told.
    private static let said = 500

    /// Hands a message over.
    ///
    /// - Throws: ``DeliveryFailure`` when the program did not take it.
    func send(_ message: MailMessage) throws(DeliveryFailure) {
        let name = command.first ?? ""
        let input = try Self.scratch()
        defer { close(input) }
        let errors = try Self.scratch()
        defer { close(errors) }
        try Self.write(message.bytes(lineEnd: "\n"), to: input)
        lseek(input, 0, SEEK_SET)
        let arguments =
            command + ["-i", "-f", message.from.address, "--"] + message.to.map(\.address)
        let process = try Self.start(name, arguments, input: input, errors: errors)
        guard let status = wait(for: process) else { throw .tooSlow(name, seconds: seconds) }
        guard status == 0 else {
            throw .refused(name, status: status, said: Self.text(of: errors))
        }
    }

    /// A file without a name, for this process and those that it starts.
    private static func scratch() throws(DeliveryFailure) -> Int32 {
        let folder = getenv("TMPDIR").map { String(cString: $0) } ?? "/tmp"
        var template = Array("\(folder)/leerwijzer-XXXXXX".utf8CString)
        let descriptor = mkstemp(&template)
        guard descriptor >= 0 else {
            throw .cannotWrite(path: folder, reason: String(cString: strerror(errno)))
        }
        unlink(template)
        _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
        return descriptor
    }

    private static func write(_ bytes: [UInt8], to descriptor: Int32) throws(DeliveryFailure) {
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else {
                throw .cannotWrite(
                    path: "a temporary file", reason: String(cString: strerror(errno)))
            }
            rest = rest.dropFirst(count)
        }
    }

    /// What of this process's environment a mail program may know; secrets are none of it.
    private static let passedOn = ["PATH", "HOME", "USER", "LOGNAME", "LANG", "TZ", "TMPDIR"]

    private static func start(
        _ name: String, _ arguments: [String], input: Int32, errors: Int32
    ) throws(DeliveryFailure) -> pid_t {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_adddup2(&actions, input, STDIN_FILENO)
        posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, "/dev/null", O_WRONLY, 0)
        posix_spawn_file_actions_adddup2(&actions, errors, STDERR_FILENO)
        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        // This process ignores SIGPIPE, and what it starts would, too.
        var signals = sigset_t()
        sigemptyset(&signals)
        sigaddset(&signals, SIGPIPE)
        posix_spawnattr_setsigdefault(&attributes, &signals)
        // In a group of its own, so that it can be stopped with all that it started.
        posix_spawnattr_setpgroup(&attributes, 0)
        posix_spawnattr_setflags(
            &attributes, Int16(POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETPGROUP))
        let variables = passedOn.compactMap { variable in
            getenv(variable).map { "\(variable)=\(String(cString: $0))" }
        }
        var argumentList = arguments.map { strdup($0) } + [nil]
        var environment = variables.map { strdup($0) } + [nil]
        defer { for text in argumentList + environment { free(text) } }
        var process: pid_t = 0
        let code = posix_spawnp(
            &process, name, &actions, &attributes, &argumentList, &environment)
        guard code == 0 else { throw .noProgram(name, reason: String(cString: strerror(code))) }
        return process
    }

    /// The status it ended with, 128 and the signal's number when a signal ended it; `nil` when it
    /// did not end in time and was stopped.
    private func wait(for process: pid_t) -> Int32? {
        let end = ContinuousClock.now.advanced(by: .seconds(seconds))
        var status: Int32 = 0
        while true {
            let ended = waitpid(process, &status, WNOHANG)
            if ended == process {
                let signal = status & 0x7F
                return signal == 0 ? status >> 8 & 0xFF : 128 + signal
            }
            if ended < 0, errno != EINTR { return 127 }
            guard ContinuousClock.now < end else {
                kill(-process, SIGKILL)
                while waitpid(process, &status, 0) < 0, errno == EINTR {}
                return nil
            }
            usleep(5_000)
        }
    }

    private static func text(of descriptor: Int32) -> String {
        let bytes = [UInt8](unsafeUninitializedCapacity: said) { buffer, count in
            count = max(0, pread(descriptor, buffer.baseAddress, said, 0))
        }
        return String(decoding: bytes, as: UTF8.self).onOneLine
    }
}
