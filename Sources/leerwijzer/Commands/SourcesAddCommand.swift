import Answers
import ArgumentParser
import CourseModel
import Feeds
import Glibc
import Ingest
import Partnership
import Storage

struct SourcesAddCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "add",
        abstract: "Bring a partner on board: fetch its feed, check it, show it, and add it.",
        discussion: """
            Fetches and reads the feed, and shows what was understood, its faults with what to do, \
            how complete it is and its first courses as learners would see them. Then asks whether \
            to go on; only then the lines are written to catalog.toml, which keeps its comments and \
            layout, and the feed is taken in. When that fails, catalog.toml is put back.

            leerwijzer sources add https://school.example/feed.xml --partner school --preview
            leerwijzer sources add https://school.example/feed.xml --partner school --name "De School"
            leerwijzer sources add extra.csv --partner school --id school-evenings --yes

            A partner that stands in catalog.toml already needs no --name. Without a terminal to ask \
            at, --yes is needed; credentials are written into catalog.toml by hand, see sources sync.

            Exit status: 0 done; 65 nothing of the feed can be taken in; 75 not added, since nobody \
            said yes.
            """)

    @Argument(help: "The address, file or folder of the feed.") var feed: String
    @Option(help: ArgumentHelp("The partner's id.", valueName: "id")) var partner: String
    @Option(help: ArgumentHelp("The name of a new partner.", valueName: "name"))
    var name: String?
    @Option(
        help: ArgumentHelp(
            "What a new partner is: \(Partner.Role.allCases.map(\.rawValue).joined(separator: ", ")); "
                + "may be given more than once (default: provider).", valueName: "role"))
    var role: [Partner.Role] = []
    @Option(help: ArgumentHelp("The page of a new partner.", valueName: "address"))
    var website: String?
    @Option(help: ArgumentHelp("The id of the source (default: the partner's).", valueName: "id"))
    var id: String?
    @Option(
        name: .customLong("as"),
        help: ArgumentHelp("The format (default: recognised each time).", valueName: "format"))
    var feedFormat: String?
    @Option(help: ArgumentHelp("How often to fetch it (default: as for all).", valueName: "time"))
    var every: String?
    @Flag(help: "Allow an address on a private network.") var allowPrivate = false
    @Option(
        help: ArgumentHelp(
            "The address is an OAI-PMH repository; its metadata prefix, or “any”.",
            valueName: "prefix"))
    var oaiPmh: String?
    @Flag(help: "Only show; nothing is added.") var preview = false
    @Flag(help: "Add without asking.") var yes = false
    @Option(help: ArgumentHelp("Form of the preview: table, json.", valueName: "form"))
    var format: TableOrJSON = .table
    @OptionGroup var workspace: WorkspaceOptions

    func validate() throws {
        for id in [partner, id].compactMap({ $0 })
        where !CatalogConfiguration.isSourceName(id) {
            throw ValidationError(
                "“\(id)” cannot be an id: use lower-case letters, digits and hyphens")
        }
        guard !(preview && yes) else {
            throw ValidationError("--preview only shows; --yes adds: give one of them")
        }
        guard feed != "-" else {
            throw ValidationError(
                "a source is read again and again, so it cannot be standard input; name a file or "
                    + "an address")
        }
    }

    func run() throws {
        let catalogue = try workspace.open()
        if let feedFormat { _ = try Feeds.format(named: feedFormat) }
        let joining = try Joining(try new(in: catalogue), to: catalogue, now: workspace.now)
        let source = joining.new.source
        let seen: FeedPreview
        do {
            seen = try FeedPreview(of: source, in: joining.catalogue, now: workspace.now)
        } catch {
            FeedPreview.discard(source, in: catalogue.workspace)
            throw error
        }
        try FeedPreviewOutput(seen, joining.new, language: workspace.language).print(as: format)
        guard !preview else { return FeedPreview.discard(source, in: catalogue.workspace) }
        guard !seen.checked.summary.accepted.isZero else {
            FeedPreview.discard(source, in: catalogue.workspace)
            throw Failure(.data, "nothing of this feed can be taken in; it was not added")
        }
        guard try yes || isAgreed() else {
            FeedPreview.discard(source, in: catalogue.workspace)
            throw Failure(
                .temporary,
                workspace.language(
                    nl: "niet toegevoegd; zeg --yes om het toe te voegen",
                    en: "not added; say --yes to add it"))
        }
        let outcome = try joining.finish(now: workspace.now)
        try tell(outcome, source)
    }

    private func new(in catalogue: Catalogue) throws -> NewSource {
        let configuration = catalogue.workspace.configuration
        let source = Source(
            id: ID(id ?? partner), partner: ID(partner),
            location: try location(in: catalogue.workspace), format: feedFormat)
        let isKnown = configuration.partners.contains { $0.id.value == partner }
        if isKnown, name != nil || !role.isEmpty || website != nil {
            throw NewSource.Refusal.partnerTaken(ID(partner))
        }
        if !isKnown, name?.isEmpty != false, !preview {
            throw Failure(
                .usage,
                "“\(partner)” is a new partner: give the --name that people know it by, or only "
                    + "look with --preview")
        }
        return NewSource(
            source,
            partner: isKnown
                ? nil
                : Partner(
                    id: ID(partner), name: name ?? partner,
                    roles: role.isEmpty ? [.provider] : role,
                    website: website),
            every: every, allowsPrivateAddresses: allowPrivate,
            harvestPrefix: oaiPmh.map { $0 == "any" ? "" : $0 })
    }

    /// The feed as `catalog.toml` names it: an address as it stands, a file from the catalogue's
    /// folder when it lies in there, else by its full path.
    private func location(in workspace: Workspace) throws(Failure) -> String {
        guard !feed.contains("://") else { return feed }
        guard let path = realpath(feed, nil) else {
            throw Failure(.noInput, "cannot read \(feed): \(String(cString: strerror(errno)))")
        }
        defer { free(path) }
        let file = String(cString: path)
        guard let folder = realpath(workspace.folder, nil) else { return file }
        defer { free(folder) }
        let start = String(cString: folder) + "/"
        return file.hasPrefix(start) ? String(file.dropFirst(start.count)) : file
    }

    /// Asks at the terminal; no without one.
    private func isAgreed() throws -> Bool {
        guard format == .table, isatty(STDIN_FILENO) == 1, isatty(STDERR_FILENO) == 1 else {
            return false
        }
        try Console.write(
            workspace.language(
                nl: "Toevoegen aan catalog.toml en inlezen? [j/N] ",
                en: "Add to catalog.toml and take in? [y/N] "), to: STDERR_FILENO)
        let answer = readLine()?.lowercased() ?? ""
        return ["y", "yes", "j", "ja"].contains(answer)
    }

    private func tell(_ outcome: SyncOutcome, _ source: Source) throws {
        guard case .delivered(.success(let taken)) = outcome.step else { return }
        let count = taken.run.accepted
        let text = workspace.language(
            nl: "\(source.id): toegevoegd aan catalog.toml; \(count.courses) cursussen en "
                + "\(count.offerings) uitvoeringen ingelezen, generatie \(taken.generation)",
            en: "\(source.id): added to catalog.toml; \(count.courses) courses and "
                + "\(count.offerings) offerings taken in, generation \(taken.generation)")
        // With JSON the answer is the preview.
        if format == .json { Console.complain(text) } else { try Console.print(text) }
        if taken.run.verdict == .held {
            throw Failure(
                .temporary, taken.run.hold?.description ?? "the feed is held; see: sources history")
        }
    }
}

extension Partner.Role: ExpressibleByArgument {}
