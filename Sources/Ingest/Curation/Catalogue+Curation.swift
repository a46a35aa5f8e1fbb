import CourseModel
import Glibc
import Settings
import Storage

extension Workspace {
    /// The folder of corrections; may be left out.
    public var curationFolder: String { folder + "/curation" }

    /// Where it is written which corrections are in force.
    var curationFile: String { stateFolder + "/curation.json" }
    /// Where it is written on which day that changes by itself; not there when it does not.
    var curationDayFile: String { stateFolder + "/curation-day" }

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

extension Workspace {
    /// Whether a correction's last day is over on a day, or its first one has come, since corrections
    /// were settled.
    ///
    /// Looked up whenever the index is opened, so that it costs no more than one small file.
    public func isCurationDue(on today: CalendarDate) -> Bool {
        guard access(curationDayFile, F_OK) == 0,
            let text = try? Self.read(curationDayFile),
            let day = CalendarDate(iso: text.trimmingSpaces())
        else { return false }
        return day <= today
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
            register = earlier?.ended(by: today) ?? CurationRegister()
        }
        let store = try store()
        let changes = register.changes(since: earlier ?? CurationRegister())
        let known = try store.snapshot { Set(try $0.sources().map(\.source.id)) }
        for (source, changes) in changes.sorted(by: { $0.key < $1.key })
        where known.contains(source) {
            let run = try store.curate(
                source, changes,
                touching: try courses(of: Set(changes.compactMap(\.provider)), of: source),
                run: RunInfo(
                    startedAt: moment, today: today,
                    fingerprint: register.fingerprint(of: source)))
            if run != nil { report(.corrected(changes)) }
        }
        register.generation = try store.generation.number
        try write(register)
    }

    private func write(_ register: CurationRegister) throws {
        try Folder.write(try register.text(), to: workspace.curationFile)
        // What was to begin while the files have faults begins when they are mended.
        if let day = register.nextDay, day > today {
            try Folder.write(day.iso + "\n", to: workspace.curationDayFile)
        } else {
            Folder.remove(workspace.curationDayFile)
        }
    }

    /// Whether corrections have to be settled, so that one ends with its last day.
    var isCurationDue: Bool { workspace.isCurationDue(on: today) }

    /// The courses of some providers, which are shown with them.
    private func courses(
        of providers: Set<ID<Provider>>, of source: ID<Source>
    ) throws -> Set<ID<Course>> {
        guard !providers.isEmpty else { return [] }
        var courses: Set<ID<Course>> = []
        try store().snapshot { snapshot in
            try snapshot.forEachRecord(since: nil, states: [.present], source: source) { stored in
                let course = stored.record.course
                if providers.contains(course.provider) { courses.insert(course.id) }
            }
        }
        return courses
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
            try write(register)
            return Curation(register)
        } catch let faults as SettingsFaults {
            report(.faultyCorrections(faults))
            return Curation(workspace)
        }
    }
}
