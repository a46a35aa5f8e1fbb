import CourseModel
import Storage

/// Stands for everything that documents of the index are made with besides courses: the program, the
/// settings, the gazetteer and the skills.
///
/// Files are known by size and time of change, as in ``FeedFingerprint``.
enum IndexFingerprint {
    static func of(_ workspace: Workspace) -> UInt64 {
        var hasher = FingerprintHasher()
        func add(_ text: String) { hasher.update(Array(text.utf8) + [0]) }
        add(FeedFingerprint.fileMark("/proc/self/exe") ?? "")
        for folder in [workspace.placesFolder, workspace.skillsFolder] {
            add(folder)
            for name in Folder.names(in: folder) ?? [] {
                add(name)
                add(FeedFingerprint.fileMark(folder + "/" + name) ?? "")
            }
        }
        let configuration = workspace.configuration
        for language in configuration.languages { add(language.code) }
        for partner in configuration.partners {
            add(partner.id.value)
            add(partner.name)
        }
        for source in configuration.sources {
            add(source.id.value)
            add(source.partner?.value ?? "")
        }
        return hasher.finish().high
    }
}
