import CourseModel
import Glibc
import SearchIndex
import Storage

/// Whether a catalogue is sound: its store, its index, and that both say the same.
public struct CatalogueCheck: Sendable {
    /// Something that is wrong.
    public struct Fault: Hashable, Sendable {
        /// What it is in.
        public enum Part: String, Sendable {
            case store, index
        }

        /// What it is in.
        public var part: Part
        /// What is wrong.
        public var text: String
    }

    /// The generation of the store.
    public let generation: Generation
    /// What is offered.
    public let present: RecordCount
    /// What is wrong; empty when all is well.
    public let faults: [Fault]

    /// Checks a catalogue, every byte of it.
    ///
    /// The store: its pages, references and accounts, that every version of every record can be
    /// read, with its original, and is what its hash says. The index: every checksum, and that it
    /// holds as much as the store, of which courses that several sources give stand in it once. A
    /// store that cannot be opened is a fault, too.
    ///
    /// - Throws: ``BackUpError/nothingToKeep(folder:)``; what keeps it from looking.
    public init(_ catalogue: Catalogue) throws {
        guard catalogue.hasStore else {
            throw BackUpError.nothingToKeep(folder: catalogue.workspace.folder)
        }
        var faults: [Fault] = []
        var generation = Generation(0)
        var present = RecordCount()
        var shown = RecordCount()
        do {
            let store = try catalogue.store()
            faults += try store.verify().map { Fault(part: .store, text: $0) }
            let isSound = faults.isEmpty
            (generation, present, shown) = try store.snapshot { snapshot in
                let present = try snapshot.sources().reduce(into: RecordCount()) {
                    $0 += $1.present
                }
                // Nothing is compared with a store that is damaged.
                let shown =
                    try isSound
                    ? catalogue.duplicates(in: snapshot).shown(of: present, in: snapshot) : present
                return (snapshot.generation, present, shown)
            }
        } catch let error as StoreError {
            switch error {
            case .busy, .readOnly: throw error
            default: faults.append(Fault(part: .store, text: error.description))
            }
        }
        if faults.isEmpty {
            let library = IndexLibrary(folder: catalogue.workspace.indexFolder)
            // One that is behind is brought up to date by whoever needs it; a writer may be at it.
            if let current = library.current, current == generation {
                faults += Self.indexFaults(library, generation, shown)
            }
        }
        self.generation = generation
        self.present = present
        self.faults = faults
    }

    private static func indexFaults(
        _ library: IndexLibrary, _ generation: Generation, _ shown: RecordCount
    ) -> [Fault] {
        do throws(IndexError) {
            let index = try library.open()
            try index.verify()
            // A writer may have published the next one meanwhile.
            guard index.generation == generation.number else { return [] }
            let held = RecordCount(courses: index.courseCount, offerings: index.offeringCount)
            guard held != shown else { return [] }
            return [
                Fault(
                    part: .index,
                    text: "it has \(held.courses) courses and \(held.offerings) offerings, by "
                        + "the store it should be \(shown.courses) and \(shown.offerings)")
            ]
        } catch {
            return [Fault(part: .index, text: error.description)]
        }
    }
}

extension DuplicateRegister {
    /// How much of what is offered stands in the index, where courses that are the same stand once.
    fileprivate func shown(
        of present: RecordCount, in snapshot: any CatalogueSnapshot
    ) throws -> RecordCount {
        guard isMerged else { return present }
        var shown = present
        for cluster in clusters {
            guard let chosen = try snapshot.record(cluster.shown)?.record else { continue }
            let others = try cluster.others.compactMap { try snapshot.record($0)?.record }
            let merged = MergedCourse(chosen, others: others).record
            shown.courses -= others.count
            shown.offerings -= ([chosen] + others).reduce(-merged.offerings.count) {
                $0 + $1.offerings.count
            }
        }
        return shown
    }
}

extension Catalogue {
    /// Throws the index away and makes it again from the store.
    public func remakeIndex() throws {
        try write {
            Folder.remove(workspace.indexFolder)
            try updateIndex()
        }
    }
}
