import CourseModel
import Glibc
import XMLStream

/// Writes EDU-DEX: a folder of documents, or one wrapper around programmes and institutes.
///
/// In a folder, `directory.xml` names each provider's own directory, and these name the provider's
/// document and programmes. `directory.xml` is written last, so a reader sees the old feed or the
/// new one. All else goes to one document with the root `programsList`.
public final class EDUDEXWriter: RoundTripWriter {
    private let context: FeedContext
    private var form: Form
    private var written = WrittenFeed()
    /// The providers, reduced, whose records follow.
    private var editors: [ID<Provider>: String] = [:]
    private var programmes: Set<EDUDEXFingerprint> = []

    /// Where the documents go.
    private enum Form {
        case folder(EDUDEXFolder)
        case wrapper(EDUDEXWrapper)
    }

    /// The name of the feed's file in a folder.
    public static var fileName: String { "directory.xml" }
    /// In a folder every programme has a file.
    public static var splitting: FeedSplitting { .itselfInFolders }

    /// Opens a feed.
    public init(to destination: FeedDestination, context: FeedContext) throws {
        self.context = context
        switch destination {
        case .folder(let path):
            do {
                form = .folder(try EDUDEXFolder(path: path, context: context))
            } catch {
                throw FeedError(error, name: path)
            }
        case .file, .descriptor, .memory:
            form = .wrapper(try EDUDEXWrapper(to: destination, packing: context.packing))
        }
    }

    /// Writes a provider's document.
    public func write(_ provider: Provider) throws {
        let held = Self.reduced(provider)
        let editor = held.contacts.lazy.compactMap(\.email).first ?? Self.noEditor
        editors[provider.id] = editor
        try writing {
            let element = EDUDEXInstituteElement(
                provider: held, context: context, editor: editor)
            switch form {
            case .folder(let folder):
                try folder.write(element, organisation: organisation(of: provider.id))
            case .wrapper(let wrapper): try wrapper.write(element)
            }
        }
    }

    /// Writes a course.
    public func write(_ record: CourseRecord) throws {
        let held = Self.reduced(record)
        let editor =
            editors[record.course.provider]
            ?? held.course.contacts.lazy.compactMap(\.email).first ?? Self.noEditor
        var element = EDUDEXProgrammeElement(held, context: context, editor: editor)
        var number = 2
        let own = element.programID
        while !programmes.insert(EDUDEXFingerprint(key(of: element))).inserted {
            element = EDUDEXProgrammeElement(
                held, context: context, editor: editor,
                programID: "\(own.prefix(58))-\(number)")
            number += 1
        }
        if number > 2 {
            written.diagnostics.append(
                Diagnostic(
                    .warning, .duplicateRecord, file: EDUDEX.name, record: record.course.nativeID,
                    field: "programId",
                    message: "The provider has two programmes “\(own)”, from different sources; "
                        + "this one was written as “\(element.programID)”."))
        }
        note(record, held)
        try writing {
            switch form {
            case .folder(let folder): try folder.write(element, record: held)
            case .wrapper(let wrapper): try wrapper.write(element)
            }
        }
        written.count += RecordCount(courses: 1, offerings: held.offerings.count)
    }

    /// Ends the feed and makes it visible.
    public func finish() throws -> WrittenFeed {
        try writing {
            switch form {
            case .folder(let folder):
                try folder.finish()
                written.files = folder.files
                written.byteCount = folder.byteCount
            case .wrapper(let wrapper):
                try wrapper.finish()
                written.files = wrapper.files
                written.byteCount = wrapper.byteCount
                written.bytes = wrapper.bytes
            }
        }
        return written
    }

    /// Where faults of a file are mailed to when nobody is named; never delivered.
    static let noEditor = "no-editor@leerwijzer.invalid"

    private func organisation(of provider: ID<Provider>) -> String {
        EDUDEXProgrammeElement.organisation(for: String(provider.native))
    }

    private func key(of element: EDUDEXProgrammeElement) -> String {
        EDUDEXProgramme.native(
            organisation: element.organisation, program: element.programID,
            client: element.client?.code)
    }

    /// Tells what had to be shortened.
    private func note(_ record: CourseRecord, _ held: CourseRecord) {
        func isCut(_ before: LocalizedText, _ after: LocalizedText) -> Bool {
            zip(before.wordings, after.wordings).contains {
                $1.text.hasSuffix("…") && !$0.text.hasSuffix("…")
            }
        }
        for (field, before, after) in [
            ("programName", record.course.title, held.course.title),
            ("programSummaryHtml", record.course.summary, held.course.summary),
        ] where isCut(before, after) {
            written.diagnostics.append(
                Diagnostic(
                    .note, .textTooLong, file: EDUDEX.name, record: record.course.nativeID,
                    field: field, message: "The text was shortened to what EDU-DEX allows."))
        }
    }

    private func writing(_ body: () throws -> Void) throws {
        do {
            try body()
        } catch let error as XMLWriteError {
            switch error {
            case .io(let path, _): throw FeedError.cannotWrite(name: path, reason: "\(error)")
            case .misuse(let what): throw FeedError.cannotWrite(name: EDUDEX.name, reason: what)
            }
        }
    }
}
