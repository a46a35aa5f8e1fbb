import Glibc
import Synchronization

/// What can be shown where: widths, colours and progress follow the stream they go to.
struct Terminal: Sendable {
    /// Columns of the screen, or `nil` when the stream is a file or a pipe.
    let width: Int?
    /// Whether to use colour and weight.
    let isStyled: Bool

    /// Standard output and standard error, looked at when the program starts.
    static let output = Terminal(descriptor: STDOUT_FILENO)
    static let errors = Terminal(descriptor: STDERR_FILENO)

    init(width: Int?, isStyled: Bool) {
        self.width = width
        self.isStyled = isStyled
    }

    private init(descriptor: Int32) {
        guard isatty(descriptor) == 1 else {
            self.init(width: nil, isStyled: false)
            return
        }
        var size = winsize()
        let known = ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0 && size.ws_col > 0
        let columns =
            known ? Int(size.ws_col) : getenv("COLUMNS").flatMap { Int(String(cString: $0)) }
        let plain = getenv("NO_COLOR").map { $0.pointee != 0 } ?? false
        let dumb = getenv("TERM").map { String(cString: $0) == "dumb" } ?? true
        self.init(width: columns ?? 80, isStyled: !plain && !dumb)
    }

    /// Text in bold, dim or colour where the stream can show it.
    func bold(_ text: String) -> String { styled(text, "1") }
    func dim(_ text: String) -> String { styled(text, "2") }
    func green(_ text: String) -> String { styled(text, "32") }
    func yellow(_ text: String) -> String { styled(text, "33") }
    func red(_ text: String) -> String { styled(text, "31") }

    private func styled(_ text: String, _ code: String) -> String {
        isStyled ? "\u{1B}[\(code)m\(text)\u{1B}[0m" : text
    }
}

/// Writes to standard output and standard error in whole pieces, so that a closed pipe
/// (`leerwijzer search … | head`) ends the program quietly and a full disk is noticed.
enum Console {
    /// What of the answer is kept back; `nil` when it goes out as it comes.
    private static let held = Mutex<[UInt8]?>(nil)

    /// Keeps the answer back until it is whole, and writes it in one go.
    ///
    /// - Parameter body: Writes the answer; when it throws, nothing of it goes out.
    static func whole(_ body: () throws -> Void) throws {
        held.withLock { $0 = [] }
        do { try body() } catch {
            held.withLock { $0 = nil }
            throw error
        }
        let answer = held.withLock { held in
            defer { held = nil }
            return held ?? []
        }
        try write(bytes: answer)
    }

    /// Writes a line of the answer.
    static func print(_ line: String) throws(Failure) {
        try write(line + "\n", to: STDOUT_FILENO)
    }

    /// Writes a line of progress or complaint.
    static func complain(_ line: String) {
        // A complaint that cannot be written has nowhere else to go.
        try? write(line + "\n", to: STDERR_FILENO)
    }

    /// Writes a text.
    static func write(_ text: String, to descriptor: Int32) throws(Failure) {
        var text = text
        try finish(text.withUTF8 { put(UnsafeRawBufferPointer($0), to: descriptor) })
    }

    /// Writes bytes of the answer as they are.
    static func write(bytes: [UInt8]) throws(Failure) {
        try finish(bytes.withUnsafeBytes { put($0, to: STDOUT_FILENO) })
    }

    private static func put(_ bytes: UnsafeRawBufferPointer, to descriptor: Int32) -> Int32 {
        let isHeld =
            descriptor == STDOUT_FILENO
            && held.withLock { held in
                held?.append(contentsOf: bytes)
                return held != nil
            }
        return isHeld ? 0 : writeAll(bytes, to: descriptor)
    }

    /// Writes everything; 0, or the error number of the system.
    private static func writeAll(_ bytes: UnsafeRawBufferPointer, to descriptor: Int32) -> Int32 {
        var done = 0
        while done < bytes.count {
            let written = Glibc.write(
                descriptor, bytes.baseAddress?.advanced(by: done), bytes.count - done)
            if written < 0 {
                if errno == EINTR { continue }
                return errno
            }
            done += written
        }
        return 0
    }

    private static func finish(_ code: Int32) throws(Failure) {
        guard code != 0 else { return }
        if code == EPIPE { exit(0) }
        throw Failure(.io, "cannot write the answer: \(String(cString: strerror(code)))")
    }
}
