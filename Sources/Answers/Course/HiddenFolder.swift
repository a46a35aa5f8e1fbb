import CourseModel

/// Takes the place of a folder on this machine out of what is told to others.
struct HiddenFolder {
    private let prefix: String?

    /// Whether there is a folder to hide, as where anyone may read the answer.
    var isHidden: Bool { prefix != nil }

    init(_ folder: String?) { prefix = folder.map { $0.hasSuffix("/") ? $0 : $0 + "/" } }

    func remove(from course: Course) -> Course {
        var course = course
        course.provenance.file = remove(from: course.provenance.file)
        return course
    }

    func remove(from offering: Offering) -> Offering {
        var offering = offering
        offering.provenance.file = remove(from: offering.provenance.file)
        return offering
    }

    func remove(from provider: Provider) -> Provider {
        var provider = provider
        provider.provenance.file = remove(from: provider.provenance.file)
        return provider
    }

    func remove(from diagnostic: Diagnostic) -> Diagnostic {
        var diagnostic = diagnostic
        diagnostic.file = remove(from: diagnostic.file)
        return diagnostic
    }

    func remove(from path: String) -> String {
        guard let prefix, path.hasPrefix(prefix) else { return path }
        return String(path.dropFirst(prefix.count))
    }
}
