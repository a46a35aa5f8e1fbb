import CourseModel
import Synchronization
import Text

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// Builds the index of one generation.
///
/// Courses may come in any order; the same courses give the same index, whether they are analysed for it
/// or taken over from the index of an older generation. Memory: 48 bytes a course, as many again when an
/// older index is used, some 150 bytes for each distinct word of all texts, and `options.memory` for the
/// rest. Nothing is seen of the new index until ``finish()`` has it on the disk and renames its folder.
public struct IndexBuilder: ~Copyable {
    /// Makes analyzers, for any thread.
    public let analyzers: CourseAnalyzers
    private let folder: String
    private let generation: Int
    private let fingerprint: UInt64
    private let options: IndexOptions
    private let temporary: TemporaryFolder
    private var ownAnalyzer: CourseAnalyzer?
    private let older: CourseDirectory?
    private var entries: [CourseSegment.Entry] = []
    private var lastID = ""
    private var isAscending = true

    /// Starts an index.
    ///
    /// - Parameters:
    ///   - folder: The folder of this generation, in one that exists; what is in it is replaced.
    ///   - generation: The generation of the catalogue that is indexed.
    ///   - older: The folder of an older index, whose analyses can be used again.
    ///   - fingerprint: Stands for everything but the courses that documents are made with; an older
    ///     index with another one is of no use.
    public init(
        folder: String, generation: Int, options: IndexOptions = IndexOptions(),
        reusing older: String? = nil, fingerprint: UInt64 = 0
    ) throws(IndexError) {
        let fingerprint = fingerprint ^ options.fingerprint
        let temporary = try TemporaryFolder(beside: folder)
        var directory: CourseDirectory?
        if let older, let found = CourseDirectory(folder: older), found.fingerprint == fingerprint,
            found.isWorthKeeping
        {
            directory = found
        }
        let analyzers = try CourseAnalyzers(
            folder: temporary.path, options: options, reusing: directory, from: older)
        self.folder = folder
        self.generation = generation
        self.fingerprint = fingerprint
        self.options = options
        self.temporary = temporary
        self.analyzers = analyzers
        self.older = directory
    }

    /// Analyses and adds a course with its offerings; one without offerings is found by its words too,
    /// but results are offerings, so it shows in none.
    public mutating func add(_ document: IndexDocument) throws(IndexError) {
        if ownAnalyzer == nil { ownAnalyzer = try analyzers.make() }
        guard let ownAnalyzer else { return }
        add(try ownAnalyzer.analyse(document))
    }

    /// Adds a course that an analyzer of this builder has analysed.
    public mutating func add(_ document: AnalysedDocument) {
        put(document, at: reserve(document.id))
    }

    /// A place among the courses that was kept free.
    public struct Place: Sendable {
        fileprivate let number: Int
    }

    /// Keeps a place free for a course that is being analysed; courses that come in order of their ids
    /// need less work.
    public mutating func reserve(_ id: ID<Course>) -> Place {
        note(id.value)
        entries.append(CourseSegment.Entry.free)
        return Place(number: entries.count - 1)
    }

    /// Puts a course where a place was kept free for it; each is filled once.
    public mutating func put(_ document: AnalysedDocument, at place: Place) {
        entries[place.number] = document.entry
    }

    /// Adds a course as it was analysed for the older index, if it is there and was made of the same.
    ///
    /// - Parameter content: What stands for all that the course's document is made of now, but for what
    ///   the fingerprint stands for, by the group that its analysis names.
    /// - Returns: Whether it was there.
    public mutating func reuse(_ id: ID<Course>, content: (_ group: UInt32) -> UInt64) -> Bool {
        guard let older, let entry = older.find(CourseSegment.key(of: id.value)),
            entry.content == content(entry.group)
        else { return false }
        note(id.value)
        entries.append(entry)
        return true
    }

    private mutating func note(_ id: String) {
        if isAscending, !lastID.utf8.lexicographicallyPrecedes(id.utf8), !entries.isEmpty {
            isAscending = false
        }
        lastID = id
    }

    /// Writes the index, makes sure that it is on the disk, and puts it in its place.
    ///
    /// - Throws: ``IndexError/damaged(path:section:)`` when an analysis that was to be used again is
    ///   damaged; without `reusing` the index can be built all the same.
    public consuming func finish() throws(IndexError) -> IndexSummary {
        precondition(!entries.contains { $0.isFree }, "every place is filled")
        let segments = try analyzers.finish()
        var names = ByteInterner()
        var numbers: [[UInt32]] = []
        for segment in segments { numbers.append(try segment.readNames(into: &names)) }

        let census = try Census(entries, segments, numbers, names: names)
        let vocabulary = Vocabulary(
            names, counts: census.counts, fields: census.fields, courses: entries.count,
            options: options)
        let tables = try NameTables(names, isUsed: census.isUsed)
        let ranking = Ranking(
            options: options, averages: census.averages, courses: entries.count)
        var sections = try CourseSections(
            courses: entries.count, names: tables, vocabulary: vocabulary, ranking: ranking,
            folder: temporary.path)
        for place in try order(segments) {
            let segment = Int(entries[place].segment)
            try sections.add(entries[place], of: segments[segment], numbers[segment])
        }
        var file = try IndexFileWriter(path: temporary.path + "/" + IndexFormat.fileName)
        try sections.write(to: &file)
        try vocabulary.write(to: &file)
        let meta = IndexMeta(
            options: options, courses: entries.count, offerings: sections.offeringCount,
            averages: census.averages)
        try file.write(.meta, meta.bytes)
        let size = try file.finish(generation: generation)
        try CourseDirectory(fingerprint: fingerprint, segments, &entries).write(to: temporary.path)
        try temporary.replace(folder)
        return IndexSummary(
            courses: meta.courses, offerings: meta.offerings, terms: vocabulary.termCount,
            postings: sections.postings, bytes: size)
    }

    /// The courses in their final order: along the curve, in one spot by id.
    private func order(_ segments: [CourseSegment]) throws(IndexError) -> [Int] {
        guard !isAscending else {
            return entries.indices.sorted { one, other in
                let (a, b) = (entries[one].sortKey, entries[other].sortKey)
                return a != b ? a < b : one < other
            }
        }
        var ids: [String] = []
        var bytes: [UInt8] = []
        var analysed = AnalysedCourse()
        for entry in entries {
            try segments[Int(entry.segment)].read(entry, into: &bytes)
            bytes.withUnsafeBytes { raw in
                var reader = StoredReader(raw)
                analysed.read(&reader)
            }
            analysed.stored.withUnsafeBytes { raw in
                var reader = StoredReader(raw)
                ids.append(reader.string())
            }
        }
        return entries.indices.sorted { one, other in
            let (a, b) = (entries[one].sortKey, entries[other].sortKey)
            return a != b ? a < b : ids[one].utf8.lexicographicallyPrecedes(ids[other].utf8)
        }
    }
}

/// Makes analyzers for the threads that work on one index.
public final class CourseAnalyzers: Sendable {
    private let folder: String
    private let options: IndexOptions
    private let segments: Mutex<[CourseSegment]>

    init(
        folder: String, options: IndexOptions, reusing older: CourseDirectory?,
        from olderFolder: String?
    ) throws(IndexError) {
        self.folder = folder
        self.options = options
        var taken: [CourseSegment] = []
        if let older, let olderFolder {
            for (number, segment) in older.segments.enumerated() {
                taken.append(
                    try CourseSegment(
                        number: number, fileNumber: segment.fileNumber, names: segment.names,
                        from: olderFolder, to: folder))
            }
        }
        segments = Mutex(taken)
    }

    /// An analyzer for one thread.
    public func make() throws(IndexError) -> CourseAnalyzer { try make(reading: TextReader()) }

    /// An analyzer that shares the reading of texts with others on its thread, who come before it at
    /// each course.
    package func make(reading reader: TextReader) throws(IndexError) -> CourseAnalyzer {
        let segment = try segments.withLock { segments throws(IndexError) in
            let segment = try CourseSegment(
                number: segments.count,
                fileNumber: (segments.lazy.map(\.fileNumber).max() ?? -1) + 1, folder: folder)
            segments.append(segment)
            return segment
        }
        return CourseAnalyzer(segment, reader, options: options)
    }

    /// Writes what is left of all segments.
    func finish() throws(IndexError) -> [CourseSegment] {
        let segments = segments.withLock { $0 }
        for segment in segments { try segment.finish() }
        return segments
    }
}

/// In how many courses names stand, and how long texts are.
private struct Census {
    var counts: [UInt32]
    var fields: [Vocabulary.Fields]
    var isUsed: [Bool]
    var averages: [Float]

    init(
        _ entries: [CourseSegment.Entry], _ segments: [CourseSegment], _ numbers: [[UInt32]],
        names: ByteInterner
    ) throws(IndexError) {
        var counts = [UInt32](repeating: 0, count: names.count)
        var fields = [Vocabulary.Fields](repeating: [], count: names.count)
        var isUsed = [Bool](repeating: false, count: names.count)
        var sums = [Int](repeating: 0, count: IndexOptions.Field.allCases.count)
        var having = sums
        // The label of a venue of which nothing is known is always there.
        let noLabel = withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 1) { empty in
            names.find(NameSpace.label, UnsafeBufferPointer(rebasing: empty[..<0]))
        }
        if let noLabel { isUsed[noLabel] = true }
        var analysed = AnalysedCourse()
        var bytes: [UInt8] = []
        for entry in entries {
            let numbers = numbers[Int(entry.segment)]
            try segments[Int(entry.segment)].read(entry, into: &bytes)
            bytes.withUnsafeBytes { raw in
                var reader = StoredReader(raw)
                analysed.read(&reader)
            }
            for word in analysed.words {
                let name = Int(numbers[Int(word.name)])
                counts[name] += 1
                let occurrences = Occurrences(raw: word.payload)
                if occurrences[.title] > 0 { fields[name].insert(.title) }
                if occurrences[.provider] > 0 { fields[name].insert(.provider) }
            }
            for name in [analysed.provider, analysed.fundingSet] {
                isUsed[Int(numbers[Int(name)])] = true
            }
            if let partner = analysed.partner { isUsed[Int(numbers[Int(partner)])] = true }
            for offering in analysed.offerings {
                isUsed[Int(numbers[Int(offering.languageSet)])] = true
                isUsed[Int(numbers[Int(offering.conditions)])] = true
            }
            for venue in analysed.venues {
                isUsed[Int(numbers[Int(venue.area)])] = true
                isUsed[Int(numbers[Int(venue.label)])] = true
            }
            for (index, field) in IndexOptions.Field.allCases.enumerated()
            where analysed.lengths[field] > 0 {
                sums[index] += Int(analysed.lengths[field])
                having[index] += 1
            }
        }
        averages = zip(sums, having).map { $1 == 0 ? 0 : Float($0) / Float($1) }
        self.counts = counts
        self.fields = fields
        self.isUsed = isUsed
    }
}

/// What was written.
public struct IndexSummary: Hashable, Sendable {
    /// How many courses.
    public let courses: Int
    /// How many offerings.
    public let offerings: Int
    /// How many different terms.
    public let terms: Int
    /// How many pairs of a term and a course.
    public let postings: Int
    /// The size of the file.
    public let bytes: Int
}

/// How a subject can be asked for: `scheme:code`, the code, or the label, folded.
enum SubjectKey {
    static func keys(of course: Course) -> Set<String> {
        var keys = Set<String>()
        for subject in course.subjects {
            if !subject.code.isEmpty {
                keys.insert(key(subject.code))
                keys.insert(key(subject.scheme + ":" + subject.code))
            }
            for wording in subject.label.wordings { keys.insert(key(wording.text)) }
        }
        return keys
    }

    static func key(_ text: String) -> String { WordFolding.fold(text) }
}

/// A folder beside the one that is to come; removed with what is in it unless it took its place.
private final class TemporaryFolder {
    let path: String
    private var isInPlace = false

    init(beside folder: String) throws(IndexError) {
        var folder = folder
        while folder.count > 1, folder.hasSuffix("/") { folder.removeLast() }
        var template = Array((folder + ".building-XXXXXX").utf8CString)
        let made = template.withUnsafeMutableBufferPointer { buffer in
            mkdtemp(buffer.baseAddress!).map { String(cString: $0) }
        }
        guard let made else {
            throw .system(path: folder, operation: "create", errno: errno)
        }
        path = made
        chmod(path, 0o755)
    }

    deinit { if !isInPlace { Self.remove(path) } }

    /// Renames itself to `folder`, removing what was there, and makes that last.
    func replace(_ folder: String) throws(IndexError) {
        try Self.sync(path)
        if rename(path, folder) != 0 {
            guard errno == ENOTEMPTY || errno == EEXIST else {
                throw .system(path: folder, operation: "rename to", errno: errno)
            }
            let old = path + ".old"
            guard rename(folder, old) == 0, rename(path, folder) == 0 else {
                throw .system(path: folder, operation: "replace", errno: errno)
            }
            Self.remove(old)
        }
        isInPlace = true
        let parent = folder.split(separator: "/", omittingEmptySubsequences: false).dropLast()
        let parentPath = parent.joined(separator: "/")
        try Self.sync(parentPath.isEmpty ? (folder.hasPrefix("/") ? "/" : ".") : parentPath)
    }

    private static func sync(_ path: String) throws(IndexError) {
        let descriptor = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { throw .system(path: path, operation: "open", errno: errno) }
        defer { close(descriptor) }
        guard fsync(descriptor) == 0 else {
            throw .system(path: path, operation: "write", errno: errno)
        }
    }

    /// Removes a folder of files; what cannot be removed is left, it does no harm.
    private static func remove(_ path: String) {
        if let handle = opendir(path) {
            while let entry = readdir(handle) {
                let name = withUnsafePointer(to: &entry.pointee.d_name) {
                    $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
                }
                if name != ".", name != ".." { unlink(path + "/" + name) }
            }
            closedir(handle)
        }
        rmdir(path)
    }
}
