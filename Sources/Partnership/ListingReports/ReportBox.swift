import Answers
import CourseModel
import FoundationEssentials
import Glibc
import Ingest
import Storage

/// The reports of a workspace, a file each: `.leerwijzer/reports/REFERENCE.COURSE.json`, where COURSE
/// stands for the course, so that those of one can be counted by name.
///
/// Any number of processes on one machine can use it at once.
public struct ReportBox: Sendable {
    /// How many reports it holds at most; a flood of them stops here and not at the end of the disk.
    static let capacity = 5_000
    /// How many reports of one course wait at most.
    static let capacityOfCourse = 25

    private let folder: String

    /// The reports of a workspace.
    public init(_ workspace: Workspace) { folder = workspace.stateFolder + "/reports" }

    /// Why a report is not taken or not found.
    public enum Refusal: Error, Hashable, Sendable, CustomStringConvertible {
        /// There is none of that reference, or it is no longer kept.
        case unknown(String)
        /// There are so many of the course that one more says nothing new.
        case enoughOfCourse
        /// There are too many.
        case full
        /// The text is too long.
        case tooLong(limit: Int)
        /// It cannot be read or written.
        case unusable(path: String, reason: String)

        /// What is wrong and what to do.
        public var description: String {
            switch self {
            case .unknown(let reference):
                "there is no report “\(reference)”; reports are erased some time after they are "
                    + "closed. See: leerwijzer reports"
            case .enoughOfCourse:
                "was reported several times already, and its partner has still to look at it"
            case .full:
                "no more reports can be kept now; the partners have to deal with those that are there"
            case .tooLong(let limit): "the text is longer than \(limit) characters"
            case .unusable(let path, let reason): "cannot use \(path): \(reason)"
            }
        }
    }

    // MARK: Coming in

    /// Keeps a report.
    ///
    /// - Parameter text: What the reporter wrote; control characters but line ends are left out.
    /// - Throws: ``Refusal``.
    public func receive(
        of course: Course, title: String, fault: ListingReport.Fault, text: String, at now: Moment
    ) throws(Refusal) -> ListingReport {
        let report = ListingReport(
            reference: ReportReference.random(), course: course.id, title: title.onOneLine,
            source: course.provenance.source, fault: fault, text: try Self.plain(text), at: now)
        let lock = try lock()
        return try withExtendedLifetime(lock) { () throws(Refusal) in
            try sweepOnceADay(now)
            let names = try names()
            guard names.count < Self.capacity else { throw .full }
            let ending = Self.ending(of: course.id)
            guard names.count(where: { $0.hasSuffix(ending) }) < Self.capacityOfCourse else {
                throw .enoughOfCourse
            }
            try save(report, as: report.reference + ending)
            return report
        }
    }

    private static func plain(_ text: String) throws(Refusal) -> String {
        let lines = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
        let plain = String(
            lines.map { String($0).onOneLine }.joined(separator: "\n").trimmingSpaces())
        guard plain.unicodeScalars.count <= ListingReport.longestText else {
            throw .tooLong(limit: ListingReport.longestText)
        }
        return plain
    }

    // MARK: Looking at

    /// The report of a reference.
    ///
    /// - Throws: ``Refusal``; ``Refusal/unknown(_:)`` also for one that is kept no longer.
    public func report(_ reference: String, at now: Moment) throws(Refusal) -> ListingReport {
        try found(reference, at: now).report
    }

    /// All reports, the oldest first.
    public func all(at now: Moment) throws(Refusal) -> [ListingReport] {
        var reports: [ListingReport] = []
        for name in try names() {
            if let report = try read(name), report.keptUntil > now { reports.append(report) }
        }
        return reports.sorted { ($0.receivedAt, $0.reference) < ($1.receivedAt, $1.reference) }
    }

    // MARK: Dealing with

    /// Answers a report, which stays open.
    public func answer(
        _ reference: String, _ text: String, at now: Moment
    ) throws(Refusal) -> ListingReport {
        try change(reference, at: now) { report throws(Refusal) in
            report.status = .answered
            report.outcome = nil
            report.answer = try Self.plain(text)
        }
    }

    /// Closes a report.
    ///
    /// - Parameter text: What to tell the reporter; `nil` leaves an earlier answer as it is.
    public func close(
        _ reference: String, as outcome: ListingReport.Outcome, _ text: String?, at now: Moment
    ) throws(Refusal) -> ListingReport {
        try change(reference, at: now) { report throws(Refusal) in
            report.status = .closed
            report.outcome = outcome
            if let text { report.answer = try Self.plain(text) }
        }
    }

    private func change(
        _ reference: String, at now: Moment,
        _ change: (inout ListingReport) throws(Refusal) -> Void
    ) throws(Refusal) -> ListingReport {
        let lock = try lock()
        return try withExtendedLifetime(lock) { () throws(Refusal) in
            var (name, report) = try found(reference, at: now)
            try change(&report)
            report.decidedAt = now.secondsSince1970
            try save(report, as: name)
            return report
        }
    }

    // MARK: Going

    /// Erases what is kept no longer.
    ///
    /// - Returns: How many reports were erased.
    @discardableResult
    public func sweep(at now: Moment) throws(Refusal) -> Int {
        var erased = 0
        for name in try names() {
            guard let report = try read(name), report.keptUntil <= now else { continue }
            guard unlink(folder + "/" + name) == 0 || errno == ENOENT else { throw unusable(name) }
            erased += 1
        }
        return erased
    }

    private func sweepOnceADay(_ now: Moment) throws(Refusal) {
        let mark = folder + "/swept"
        guard AtomicFile.read(mark) != now.day.iso else { return }
        try sweep(at: now)
        do { try AtomicFile.write(now.day.iso, to: mark, mode: 0o600) } catch {
            throw unusable("swept")
        }
    }

    // MARK: Files

    private static func ending(of course: ID<Course>) -> String {
        ".\(SHA256.hexadecimal(course.value).prefix(16)).json"
    }

    private func lock() throws(Refusal) -> FolderLock {
        do { try Folder.make(folder) } catch {
            throw .unusable(path: folder, reason: "\(error)")
        }
        guard let lock = FolderLock(path: folder + "/lock", waits: true) else {
            throw unusable("lock")
        }
        return lock
    }

    private func names() throws(Refusal) -> [String] {
        guard let names = Folder.names(in: folder) else {
            guard errno == ENOENT else { throw unusable("") }
            return []
        }
        return names.filter { $0.hasSuffix(".json") }
    }

    private func found(
        _ reference: String, at now: Moment
    ) throws(Refusal) -> (name: String, report: ListingReport) {
        guard let known = ReportReference.read(reference),
            let name = try names().first(where: { $0.hasPrefix(known + ".") }),
            let report = try read(name), report.keptUntil > now
        else { throw .unknown(String(reference.prefix(60))) }
        return (name, report)
    }

    /// The report in a file; `nil` when it is gone meanwhile.
    private func read(_ name: String) throws(Refusal) -> ListingReport? {
        let path = folder + "/" + name
        guard let text = AtomicFile.read(path) else {
            guard errno == ENOENT else { throw unusable(name) }
            return nil
        }
        do { return try JSONDecoder().decode(ListingReport.self, from: Data(text.utf8)) } catch {
            throw .unusable(path: path, reason: "it is no report; remove it")
        }
    }

    private func save(_ report: ListingReport, as name: String) throws(Refusal) {
        do {
            try AtomicFile.write(
                try JSONOutput.line(report) + "\n", to: folder + "/" + name, mode: 0o600)
        } catch {
            throw .unusable(path: folder + "/" + name, reason: "\(error)")
        }
    }

    private func unusable(_ name: String) -> Refusal {
        .unusable(path: folder + "/" + name, reason: String(cString: strerror(errno)))
    }
}
