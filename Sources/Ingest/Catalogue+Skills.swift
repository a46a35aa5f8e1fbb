import Glibc
import Skills

extension Catalogue {
    /// Puts a classification beside the workspace's own skills, and has the courses tagged anew.
    ///
    /// The index goes before the skills change: whoever comes meanwhile makes it again, and a
    /// process that is stopped here leaves no index with skills that are no longer there.
    ///
    /// - Throws: ``SkillsError`` and ``IngestError``.
    public func install(
        _ classification: Classification
    ) throws -> ClassificationInstaller.Summary {
        let folder = workspace.folder + "/skills"
        return try write {
            unlink(workspace.indexFolder + "/current")
            return try ClassificationInstaller(classification).install(into: folder)
        }
    }
}
