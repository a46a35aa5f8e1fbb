import Glibc

/// A bar on standard error while feeds are read; silent when nobody looks at a terminal.
///
/// Drawn at most ten times a second, so that a fast feed is not slowed down by its own bar.
final class ProgressBar {
    private let terminal = Terminal.errors
    private var lastDrawn: Double = 0
    private var isShown = false

    /// Shows how far a step is.
    ///
    /// A `total` of 0 means that its size is not known.
    func show(_ label: String, done: Int, of total: Int, unit: String) {
        guard let width = terminal.width else { return }
        let now = Self.seconds()
        guard now - lastDrawn >= 0.1 || done == total else { return }
        lastDrawn = now
        let amount = total > 0 ? "\(100 * done / max(total, 1)) %" : "\(done) \(unit)"
        let room = min(30, max(0, width - label.displayWidth - amount.displayWidth - 6))
        let filled = total > 0 ? room * min(done, total) / max(total, 1) : 0
        let bar =
            String(repeating: "━", count: filled)
            + terminal.dim(String(repeating: "─", count: room - filled))
        try? Console.write("\r\u{1B}[K\(label) \(bar) \(amount)", to: STDERR_FILENO)
        isShown = true
    }

    /// Removes the bar before something else is printed.
    func clear() {
        guard isShown else { return }
        try? Console.write("\r\u{1B}[K", to: STDERR_FILENO)
        isShown = false
    }

    private static func seconds() -> Double {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }
}
