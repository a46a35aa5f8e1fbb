import Foundation

extension Scratch {
    /// Links the places and skills of the sample catalogue into a folder of a catalogue, where they are
    /// not there yet.
    ///
    /// - Parameter catalogue: The folder, made when it is not there; the scratch folder itself unless
    ///   given.
    public func linkSampleData(into catalogue: String = ".") throws {
        let sample = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent()
            .appendingPathComponent("catalog")
        try FileManager.default.createDirectory(
            atPath: path(catalogue), withIntermediateDirectories: true)
        for name in ["places", "skills"] {
            let link = path(catalogue + "/" + name)
            guard !FileManager.default.fileExists(atPath: link) else { continue }
            try FileManager.default.createSymbolicLink(
                atPath: link, withDestinationPath: sample.appendingPathComponent(name).path)
        }
    }
}
