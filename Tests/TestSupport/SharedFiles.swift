import Glibc

/// Real feeds and data that some tests read and the project does not hold.
///
/// They are looked for in the folder that `LEERWIJZER_SHARED` names, else in a folder `shared`
/// beside the checkout. Tests that need them are skipped when they are absent.
public enum SharedFiles {
    /// The folder, when it is there.
    public static let root: String? = {
        if let named = getenv("LEERWIJZER_SHARED") { return String(cString: named) }
        var folder = #filePath.split(separator: "/").dropLast(3)
        while !folder.isEmpty {
            let candidate = "/" + folder.dropLast().joined(separator: "/") + "/shared"
            if access(candidate + "/feeds", R_OK) == 0 { return candidate }
            folder = folder.dropLast()
        }
        return nil
    }()

    /// The path of a file of that folder, when it is there.
    public static func path(_ relative: String) -> String? {
        guard let root else { return nil }
        let path = root + "/" + relative
        return access(path, R_OK) == 0 ? path : nil
    }
}
