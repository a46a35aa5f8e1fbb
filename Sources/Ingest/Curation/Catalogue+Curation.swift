import CourseModel
import Settings
import Storage

extension Workspace {
    /// The folder of corrections; may be left out.
    public var curationFolder: String { folder + "/curation" }

    /// Where it is written which corrections are in force.
    var curationFile: String { stateFolder + "/curation.json" }

    /// The corrections of all files of ``curationFolder``, by file and line.
    ///
    /// - Throws: `SettingsFaults` with all faults of all files; ``WorkspaceError`` when one cannot be
    ///   read.
    public func corrections() throws -> [Correction] {
        var corrections: [Correction] = []
        var faults: [SettingsFault] = []
        for name in (Folder.names(in: curationFolder) ?? []).sorted()
        where name.hasSuffix(".toml") {
            let text = try Self.read(curationFolder + "/" + name)
            do {
                corrections += try CorrectionReader(configuration, file: "curation/" + name)
                    .corrections(toml: text)
            } catch {
                faults += error.faults
            }
        }
        if !faults.isEmpty { throw SettingsFaults(faults) }
        return corrections
    }
}

extension Curation {
    /// The corrections that are in force in a workspace.
    public init(_ workspace: Workspace) {
        self.init(CurationRegister.read(workspace.curationFile) ?? CurationRegister())
    }
}

extension Catalogue {
    /// What becomes of the corrections as they stand in the files now.
    ///
    /// - Throws: `SettingsFaults`, ``StoreError``.
    public func reviewedCorrections() throws -> CurationRegister {
        let corrections = try workspace.corrections()
        return try store().snapshot { try review(corrections, in: $0) }
    }

    /// The corrections that are in force, and those that are not, as they were last settled.
    public func settledCorrections() -> CurationRegister {
        CurationRegister.read(workspace.curationFile) ?? CurationRegister()
    }

    private func review(
        _ corrections: [Correction], in snapshot: any CatalogueSnapshot
    ) throws -> CurationRegister {
        guard !corrections.isEmpty else {
            return CurationRegister(generation: snapshot.generation.number)
        }
        let review = CorrectionReview(
            configuration: workspace.configuration, skills: try skills(), today: today)
        return CurationRegister(
            generation: snapshot.generation.number,
            rulings: try review.rulings(on: corrections, in: snapshot))
    }

    /// Brings corrections into force and ends those that no longer count, then brings the index up to
    /// date; within ``write(_:)``, after anything that changed the store.
    ///
    /// Courses that are shown otherwise by it change with a generation of the store. Files with faults
    /// change nothing: what was in force stays so.
    public func settle() throws {
        try settleCuration()
        try updateIndex()
    }

    func settleCuration() throws {
        let earlier = CurationRegister.read(workspace.curationFile)
        var register: CurationRegister
        do {
            let corrections = try workspace.corrections()
            // A catalogue without any needs no file, and no look at the store.
            if corrections.isEmpty, earlier?.rulings.isEmpty ?? true { return }
            register = try store().snapshot { try review(corrections, in: $0) }
        } catch let faults as SettingsFaults {
            report(.faultyCorrections(faults))
            register = earlier ?? CurationRegister()
        }
        let store = try store()
        let changes = register.changes(since: earlier ?? CurationRegister())
        let known = try store.snapshot { Set(try $0.sources().map(\.source.id)) }
        for (source, changes) in changes.sorted(by: { $0.key < $1.key })
        where known.contains(source) {
            let run = try store.curate(
                source, changes,
                run: RunInfo(
                    startedAt: moment, today: today,
                    fingerprint: register.fingerprint(of: source)))
            if run != nil { report(.corrected(changes)) }
        }
        register.generation = try store.generation.number
        try Folder.write(try register.text(), to: workspace.curationFile)
    }

    /// The corrections that are in force on a snapshot.
    ///
    /// When they were last settled with another generation, as by another machine, they are ruled on
    /// anew and noted; that is no generation of its own.
    func curation(of snapshot: any CatalogueSnapshot) throws -> Curation {
        let generation = snapshot.generation.number
        if let register = CurationRegister.read(workspace.curationFile),
            register.generation == generation
        {
            return Curation(register)
        }
        do {
            let corrections = try workspace.corrections()
            guard !corrections.isEmpty else { return .none }
            let register = try review(corrections, in: snapshot)
            try Folder.write(try register.text(), to: workspace.curationFile)
            return Curation(register)
        } catch let faults as SettingsFaults {
            report(.faultyCorrections(faults))
            return Curation(workspace)
        }
    }
}
