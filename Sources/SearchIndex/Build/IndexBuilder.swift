import CourseModel
import Text

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// Builds the index of one generation.
///
/// Courses may come in any order; the same courses give the same index. Memory: about 150 bytes an
/// offering and 100 a course, the distinct words of all texts, and `options.memory` for the rest.
/// Nothing is seen of the new index until ``finish()`` has it on the disk and renames its folder.
public struct IndexBuilder: ~Copyable {
    private let folder: String
    private let generation: Int
    private let options: IndexOptions
    private let temporary: TemporaryFolder
    private var text: FormCollector
    private var rows: RowCollector

    /// Starts an index.
    ///
    /// - Parameters:
    ///   - folder: The folder of this generation, in one that exists; what is in it is replaced.
    ///   - generation: The generation of the catalogue that is indexed.
    public init(
        folder: String, generation: Int, options: IndexOptions = IndexOptions()
    ) throws(IndexError) {
        let temporary = try TemporaryFolder(beside: folder)
        let rows = try RowCollector(folder: temporary.path)
        self.folder = folder
        self.generation = generation
        self.options = options
        self.temporary = temporary
        self.rows = rows
        text = FormCollector(options: options, folder: temporary.path)
    }

    /// Adds a course with its offerings; one without offerings is found by its words too, but
    /// results are offerings, so it shows in none.
    public mutating func add(_ document: IndexDocument) throws(IndexError) {
        let course = text.beginCourse()
        addText(of: document)
        var skills: [(form: Int, weight: UInt32)] = []
        var places: [String: Int] = [:]
        for skill in document.skills {
            let weight = UInt8(max(1, min(255, (skill.weight * 255).rounded())))
            let form = text.tag(.skill, skill.id, weight: weight)
            let value = UInt32(weight) | (skill.isDeclared ? 256 : 0)
            if let place = places[skill.id] {
                let known = skills[place].weight
                skills[place].weight = max(known & 255, value & 255) | (known | value) & 256
            } else {
                places[skill.id] = skills.count
                skills.append((form, value))
            }
        }
        for occupation in document.occupations { text.tag(.occupation, occupation, weight: 255) }
        for key in SubjectKey.keys(of: document.record.course) {
            text.tag(.subject, key, weight: 255)
        }
        try text.endCourse()
        try rows.add(document, course: course, skills: skills)
    }

    private mutating func addText(of document: IndexDocument) {
        let course = document.record.course
        func add(_ texts: LocalizedText, _ field: IndexOptions.Field) {
            for wording in texts.wordings { text.add(wording.text, wording.language, field) }
        }
        func add(_ texts: LocalizedRichText, _ field: IndexOptions.Field) {
            for wording in texts.wordings {
                text.add(wording.text.plainText, wording.language, field)
            }
        }
        func add(_ sections: [TextSection]) {
            for section in sections {
                add(section.heading, .description)
                add(section.text, .description)
            }
        }
        add(course.title, .title)
        var labels = Set<String>()
        for skill in course.skills {
            add(skill.label, .skills)
            for wording in skill.label.wordings { labels.insert(wording.text) }
        }
        for skill in document.skills where labels.insert(skill.label).inserted {
            text.add(skill.label, nil, .skills)
        }
        for qualification in course.qualifications where qualification.title != course.title {
            add(qualification.title, .skills)
        }
        add(course.keywords, .subject)
        for subject in course.subjects { add(subject.label, .subject) }
        text.add(document.providerName, nil, .provider)
        add(course.summary, .description)
        add(course.description, .description)
        add(course.sections)
        add(course.prerequisites, .description)
        var ownTexts = Set<LocalizedRichText>()
        for offering in document.record.offerings {
            if offering.title != course.title { add(offering.title, .title) }
            // Offerings of a course mostly repeat each other's text.
            if ownTexts.insert(offering.description).inserted {
                add(offering.description, .description)
            }
            for section in offering.sections where ownTexts.insert(section.text).inserted {
                add(section.text, .description)
            }
        }
    }

    /// Writes the index, makes sure that it is on the disk, and puts it in its place.
    public consuming func finish() throws(IndexError) -> IndexSummary {
        text.finish()
        let path = temporary.path + "/" + IndexFormat.fileName
        var file = try IndexFileWriter(path: path)
        let numbering = rows.numbering()
        var words = WordSections(text, numbering: numbering, options: options)
        let terms = try words.write(text, to: &file)
        try rows.write(to: &file, numbering: numbering, skillTerms: terms.termOfForm)
        let meta = IndexMeta(
            options: options, courses: rows.courseCount, offerings: rows.offeringCount,
            averages: words.averages)
        try file.write(.meta, meta.bytes)
        let size = try file.finish(generation: generation)
        try temporary.replace(folder)
        return IndexSummary(
            courses: meta.courses, offerings: meta.offerings, terms: terms.count,
            postings: terms.postings, bytes: size)
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
