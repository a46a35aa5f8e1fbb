import CourseModel
import Settings
import Storage

extension Catalogue {
    /// Makes the joint modules again when their definitions, or their parts, have changed.
    ///
    /// They are records of a source of their own, so that they have a history, are searched, matched and
    /// published like every other course, and leave when a part leaves. Files with faults change nothing:
    /// what was offered stays, and the run says why.
    ///
    /// - Throws: ``StoreError``, ``WorkspaceError``.
    func composeJointModules() throws {
        let store = try store()
        let status = try store.snapshot { try $0.source(JointModule.source) }
        guard
            status != nil || Folder.isFolder(workspace.folder + "/" + JointModules.folder)
        else { return }
        let source = Source(
            id: JointModule.source, location: JointModules.folder,
            format: JointModule.source.value)
        let definitions: JointModules
        do { definitions = try JointModules(workspace) } catch let faults as SettingsFaults {
            let reasons = faults.faults.map { fault in
                Diagnostic(
                    .error, .jointFilesFaulty, file: fault.file,
                    position: fault.line.map {
                        SourcePosition(line: $0, column: 1, byteOffset: 0)
                    }, field: fault.field, message: fault.message)
            }
            // The same is told once, not with every command that writes.
            if status?.lastRun.feedDiagnostics != reasons {
                try store.noteFailure(
                    source: source, run: RunInfo(startedAt: now, today: today), reasons: reasons)
            }
            return onProgress(.faultyJointModules(reasons))
        }
        guard status != nil || !definitions.modules.isEmpty else { return }
        let making = try store.snapshot {
            try JointMaking(
                definitions, in: $0, try curation(of: $0), workspace.configuration)
        }
        guard making.fingerprint != status?.lastGoodRun?.fingerprint else { return }
        let outcome = try store.ingest(
            source: source,
            run: RunInfo(
                startedAt: now, today: today, fingerprint: making.fingerprint, lossLimit: .none)
        ) { transaction in
            for provider in making.providers { try transaction.provider(provider) }
            for made in making.made {
                try transaction.record(
                    made.course.record, original: made.original,
                    diagnostics: made.course.diagnostics)
                for occasion in made.course.quarantined { try transaction.quarantine(occasion) }
            }
            for record in making.quarantined { try transaction.quarantine(record) }
            try transaction.finish(
                FeedClosing(
                    offered: making.offered, format: JointModule.source.value,
                    bytes: definitions.texts.reduce(0) { $0 + $1.text.utf8.count }))
        }
        // An empty feed waits for a person, and a person has just taken the last module out.
        if outcome.verdict == .held { try store.release(JointModule.source, at: now) }
        if !making.faults.isEmpty { onProgress(.faultyJointModules(making.faults)) }
    }
}
