import Answers
import Matching
import Settings

extension WorkspaceOptions {
    /// Reads a profile.
    ///
    /// - Parameter file: Its name, or - for standard input.
    /// - Throws: ``Failure`` with every fault in the language of answers.
    func profile(in file: String) throws -> Profile {
        do {
            return try Profile.read(
                try TextFile.read(file), file: file, today: day, schemes: try funding().schemes)
        } catch let faults as SettingsFaults {
            throw Failure(.data, faults.description(in: language.tag))
        }
    }

    /// Looks a profile's words and places up.
    ///
    /// - Throws: ``Failure`` for a place that is not found or may be several.
    func resolve(
        _ profile: Profile, of file: String, at desk: LearnerDesk
    ) throws(Failure) -> ResolvedProfile {
        do { return try desk.resolve(profile) } catch {
            throw Failure(
                .data, "\(file): \(error.description(in: desk.language(for: profile).tag))")
        }
    }
}
