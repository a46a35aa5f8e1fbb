import CourseModel
import Storage

/// The joint modules of a snapshot, made of the parts as they are there.
struct JointMaking {
    /// A module that can be offered.
    struct Made {
        var course: JointCourse
        var original: [UInt8]
    }

    /// The owners of modules, together, as those who teach them.
    private(set) var providers: [Provider] = []
    /// The modules that can be offered.
    private(set) var made: [Made] = []
    /// The modules that cannot.
    private(set) var quarantined: [QuarantinedRecord] = []
    /// Stands for the definitions and everything of the catalogue that went into them.
    let fingerprint: Fingerprint

    /// Everything that is wrong with them.
    var faults: [Diagnostic] {
        quarantined.flatMap(\.reasons)
            + made.flatMap { $0.course.quarantined.flatMap(\.reasons) + $0.course.diagnostics }
    }

    /// What stood in the definitions, and what became of it.
    var offered: RecordCount {
        quarantined.reduce(RecordCount()) { $0 + $1.count }
            + made.reduce(RecordCount()) {
                $0
                    + RecordCount(
                        courses: 1,
                        offerings: $1.course.record.offerings.count + $1.course.quarantined.count)
            }
    }

    /// Makes the modules.
    ///
    /// - Parameter curation: The corrections that are in force on their parts.
    /// - Throws: ``StoreError``.
    init(
        _ definitions: JointModules, in snapshot: any CatalogueSnapshot, _ curation: Curation,
        _ configuration: CatalogConfiguration
    ) throws {
        var hasher = FingerprintHasher()
        func note(_ text: String) { hasher.update(Array(text.utf8) + [0]) }
        note("joint modules, 2")
        for (file, text) in definitions.texts {
            note(file)
            note(text)
        }
        for partner in configuration.partners { note(partner.id.value + "=" + partner.name) }
        for module in definitions.modules {
            var parts: [JointCourse.Part] = []
            var reasons: [Diagnostic] = []
            func fault(_ code: DiagnosticCode, _ field: String, _ message: String) {
                reasons.append(
                    Diagnostic(
                        .error, code, file: module.file, position: Self.position(module),
                        record: module.id, field: field, message: message))
            }
            for id in module.parts {
                let stored = try snapshot.record(id)
                note("\(curation.mark(of: id) ?? 0)")
                note("\(id) \(stored?.changed.number ?? -1) \(stored?.state.rawValue ?? "")")
                guard let stored, stored.state == .present else {
                    fault(
                        .jointPartMissing, "parts",
                        stored == nil
                            ? "there is no course “\(id)”; name it as show does, or wait until its "
                                + "feed has been read"
                            : "“\(id)” is no longer offered (\(stored?.state.rawValue ?? "")); "
                                + "name another course, or take the module out")
                    continue
                }
                let provider = try snapshot.provider(stored.record.course.provider)
                note("\(provider?.changed.number ?? -1)")
                parts.append(
                    .init(
                        record: curation.applied(to: stored.record),
                        provider: provider.map { curation.applied(to: $0.provider) }))
            }
            var owners: [Partner] = []
            for id in Self.owners(of: module, configuration) {
                if let partner = configuration.partners.first(where: { $0.id == id }) {
                    owners.append(partner)
                } else {
                    fault(
                        .jointOwnerUnknown, "owners",
                        "there is no partner “\(id)” in catalog.toml; known: "
                            + configuration.partners.map(\.id.value).joined(separator: ", "))
                }
            }
            let original = definitions.original(of: module)
            let provider = Self.provider(owners, parts, module)
            guard reasons.isEmpty,
                let course = JointCourse(
                    module, parts: parts, provider: provider.id, original: original)
            else {
                quarantined.append(
                    QuarantinedRecord(
                        kind: .course, nativeID: module.id, file: module.file,
                        position: Self.position(module), original: original, reasons: reasons,
                        count: RecordCount(courses: 1, offerings: module.occasions.count)))
                continue
            }
            if !providers.contains(where: { $0.id == provider.id }) { providers.append(provider) }
            made.append(Made(course: course, original: original))
        }
        fingerprint = hasher.finish()
    }

    /// Who offers a module together: those that it names, else those whose sources have its parts.
    static func owners(
        of module: JointModule, _ configuration: CatalogConfiguration
    ) -> [ID<Partner>] {
        guard module.owners.isEmpty else { return module.owners }
        var owners: [ID<Partner>] = []
        for part in module.parts {
            let source = ID<Source>(String(part.value.prefix { $0 != ":" }))
            guard let owner = configuration.partner(of: source)?.id, !owners.contains(owner)
            else { continue }
            owners.append(owner)
        }
        return owners
    }

    private static func position(_ module: JointModule) -> SourcePosition? {
        module.line.map { SourcePosition(line: $0, column: 1, byteOffset: 0) }
    }

    /// The owners together, as one who teaches; without partners those who teach the parts.
    private static func provider(
        _ owners: [Partner], _ parts: [JointCourse.Part], _ module: JointModule
    ) -> Provider {
        var names: [String] = []
        var native: [String] = []
        for owner in owners {
            names.append(owner.name)
            native.append(owner.id.value)
        }
        if owners.isEmpty {
            for provider in parts.compactMap(\.provider) {
                guard let name = provider.name.text(), !names.contains(name) else { continue }
                names.append(name)
                native.append(provider.id.value)
            }
        }
        func list(_ and: String) -> String {
            guard let last = names.last, names.count > 1 else { return names.first ?? module.id }
            return names.dropLast().joined(separator: ", ") + " \(and) " + last
        }
        let id = native.joined(separator: "+")
        return Provider(
            id: ID(source: JointModule.source, native: id), nativeID: id,
            name: LocalizedText([
                .init(language: .dutch, text: list("en")),
                .init(language: .english, text: list("and")),
            ]),
            provenance: Provenance(
                source: JointModule.source, format: JointModule.source.value, file: module.file))
    }
}
