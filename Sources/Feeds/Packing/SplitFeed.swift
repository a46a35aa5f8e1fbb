import CourseModel

/// A feed in several files, each of them a feed by itself with at most so many courses or bytes.
///
/// `feed.xml` becomes `feed-0001.xml`, `feed-0002.xml`, …; a provider is told again in every file
/// that holds courses of it. A file appears when the next one begins, so a feed that is dropped
/// without ``finish()`` leaves its first files.
///
/// To know what a course adds before it is written, a bound in bytes has each course written twice,
/// the first time into memory.
final class SplitFeed<Part: FeedWriter>: FeedWriter {
    private let destination: FeedDestination
    private let context: FeedContext
    private let limit: Int
    private let byteLimit: Int?
    private var measure: FeedMeasure<Part>
    private var part: Part?
    /// How many bytes the open part has, at most.
    private var size = 0
    private var number = 0
    private var courses = 0
    private var provider: Provider?
    private var sum = WrittenFeed()

    static var fileName: String { Part.fileName }
    static var droppedFields: [DroppedField] { Part.droppedFields }
    static var holdsProviders: Bool { Part.holdsProviders }
    static var tellsRemovals: Bool { Part.tellsRemovals }

    init(to destination: FeedDestination, context: FeedContext) throws {
        switch destination {
        case .file: break
        case .folder(let path):
            do {
                try FeedOutput.makeFolder(path)
            } catch {
                throw FeedError(error, name: path)
            }
        case .descriptor, .memory:
            throw FeedError.cannotWrite(
                name: "standard output", reason: "several files need the name of a file or folder")
        }
        self.destination = destination
        self.context = context
        limit = max(1, context.packing.coursesPerFile ?? Int.max)
        byteLimit = context.packing.bytesPerFile
        measure = FeedMeasure(context)
    }

    func write(_ provider: Provider) throws {
        self.provider = provider
        let added = byteLimit == nil ? 0 : try measure.size(of: provider)
        if isFull(with: added) { try close(isLast: false) }
        try open()
        try part?.write(provider)
        size += added
    }

    func write(_ record: CourseRecord) throws {
        try write(record, known: CatalogueFacts())
    }

    func write(_ record: CourseRecord, known: CatalogueFacts) throws {
        let added = byteLimit == nil ? 0 : try measure.size(of: record, known, provider)
        if courses == limit || courses > 0 && isFull(with: added) { try close(isLast: false) }
        if part == nil {
            try open()
            if let provider, provider.id == record.course.provider { try write(provider) }
        }
        try part?.write(record, known: known)
        courses += 1
        size += added
        guard let byteLimit, size > byteLimit else { return }
        sum.diagnostics.append(
            Diagnostic(
                .warning, .fileLargerThanAsked, file: path(number), record: record.course.id.value,
                message: "The course takes more than \(byteLimit) bytes by itself, so its file is "
                    + "larger. Ask for larger files."))
    }

    func remove(_ removal: FeedRemoval) throws {
        let added = byteLimit == nil ? 0 : try measure.size(of: removal)
        if isFull(with: added) { try close(isLast: false) }
        try open()
        try part?.remove(removal)
        size += added
    }

    /// Whether something must go to the next file; one that holds nothing takes anything.
    private func isFull(with added: Int) -> Bool {
        guard let byteLimit, part != nil, size > measure.frame else { return false }
        return size + added > byteLimit
    }

    func finish() throws -> WrittenFeed {
        try open()
        try close(isLast: true)
        return sum
    }

    private func open() throws {
        guard part == nil else { return }
        number += 1
        var context = context
        context.part = number
        part = try Part(to: .file(path: path(number)), context: context)
        size = byteLimit == nil ? 0 : try measure.open()
    }

    private func close(isLast: Bool) throws {
        guard let written = try isLast ? part?.finish() : part?.finishPart() else { return }
        part = nil
        courses = 0
        sum.files += written.files
        sum.count += written.count
        sum.byteCount += written.byteCount
        sum.diagnostics += written.diagnostics
    }

    private func path(_ number: Int) -> String {
        switch destination {
        case .file(let path): path.numbered(number)
        case .folder(let path): path + "/" + Self.fileName.numbered(number)
        case .descriptor, .memory: ""
        }
    }
}

extension String {
    /// A file's name with a number before its endings: `feed-0001.xml.gz`.
    func numbered(_ number: Int) -> String {
        let digits = "\(number)"
        let mark = "-" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits
        let plain = hasSuffix(".gz") ? dropLast(3) : self[...]
        let start = plain.lastIndex(of: "/").map { plain.index(after: $0) } ?? plain.startIndex
        // A full stop at the start of a name begins no ending.
        let end = plain[start...].dropFirst().lastIndex(of: ".") ?? plain.endIndex
        return self[..<end] + mark + self[end...]
    }
}
