import FoundationEssentials
import Glibc
import Ingest

/// The files of an archive, read from beginning to end and held against their checksums.
///
/// An archive comes from anywhere: a file whose path leads elsewhere, a link, a folder or a device in
/// it, a file twice, or anything behind its end, and nothing of it is used.
struct ArchiveContents {
    private let path: String

    init(reading path: String) { self.path = path }

    private func damaged(_ reason: String) -> BackUpError { .damaged(path: path, reason: reason) }

    /// Reads an archive and holds it against the label that it was written with.
    func check(against label: OpenArchive) throws {
        guard try read(into: nil) == label else {
            throw damaged("its label is not the one that was written")
        }
    }

    /// Reads an archive into a folder.
    ///
    /// - Parameter folder: An empty folder; `nil` only to look at the archive.
    /// - Returns: Its label.
    /// - Throws: `BackUpError`; what is in the folder then is to be thrown away.
    func read(into folder: String?) throws -> OpenArchive {
        var tar = TarReader(try GzipFile(reading: path), path: path)
        guard let first = try tar.next(), first.name == OpenArchive.label, first.size < 1 << 24
        else {
            throw BackUpError.noArchive(path: path, reason: "it has no \(OpenArchive.label)")
        }
        let text = try Self.all(&tar)
        let label = try decoded(Format.self, text, OpenArchive.label)
        guard label.format <= OpenArchive.currentFormat else {
            throw BackUpError.newer(path: path)
        }
        guard label.format == OpenArchive.currentFormat else {
            throw BackUpError.noArchive(
                path: path, reason: "its layout, \(label.format), has no checksums")
        }
        let archive = try decoded(OpenArchive.self, text, OpenArchive.label)
        var sums = [ArchiveWriter.sum(SHA256.digest(text), OpenArchive.label)]
        var names: Set<String> = [OpenArchive.label]
        var (files, bytes, originals) = (1, text.count, 0)
        while let entry = try tar.next() {
            guard let parts = entry.parts, !entry.isFolder, names.insert(entry.name).inserted else {
                throw BackUpError.noArchive(
                    path: path, reason: "it holds a file “\(entry.name.prefix(80))”")
            }
            if entry.name == OpenArchive.sums {
                let stated = try Self.all(&tar)
                try compare(stated, with: sums)
                files += 1
                bytes += entry.size
                try readEnd(
                    &tar,
                    OpenArchive.End(
                        files: files, bytes: bytes,
                        sha256: SHA256.hexadecimal(SHA256.digest(stated))))
                guard originals == archive.counts.originals else {
                    throw damaged(
                        "it has \(originals) originals, not \(archive.counts.originals)")
                }
                return archive
            }
            let isKnown =
                parts.count == 1
                ? entry.name == "README.txt"
                : [OpenArchive.catalogueFolder, OpenArchive.sourcesFolder].contains(
                    String(parts[0]))
            guard isKnown else {
                throw BackUpError.noArchive(
                    path: path, reason: "it holds a file “\(entry.name.prefix(80))”")
            }
            let target = folder.map { $0 + "/" + entry.name }
            if let folder {
                try Folder.make(folder + parts.dropLast().map { "/" + $0 }.joined())
            }
            sums.append(ArchiveWriter.sum(try Self.copy(&tar, to: target), entry.name))
            files += 1
            bytes += entry.size
            if parts.count == 4, parts[2] == "originals" { originals += 1 }
        }
        throw damaged("its checksums are missing")
    }

    private struct Format: Decodable { var format: Int }

    private func decoded<Value: Decodable>(
        _ type: Value.Type, _ text: [UInt8], _ name: String
    ) throws -> Value {
        do { return try JSONDecoder().decode(type, from: Data(text)) } catch {
            throw BackUpError.noArchive(path: path, reason: "its \(name) cannot be read")
        }
    }

    private func compare(_ stated: [UInt8], with sums: [String]) throws(BackUpError) {
        let lines = String(decoding: stated, as: UTF8.self)
            .split(separator: "\n", omittingEmptySubsequences: false)
        guard lines.count == sums.count + 1, lines.last == "" else {
            throw damaged(
                "it has \(sums.count) files, and checksums of \(max(0, lines.count - 1))")
        }
        for (line, sum) in zip(lines, sums) where line != sum.dropLast() {
            throw damaged(
                "“\(sum.dropLast().dropFirst(66).prefix(80))” is not what its checksum stands for")
        }
    }

    private func readEnd(_ tar: inout TarReader, _ expected: OpenArchive.End) throws {
        guard let entry = try tar.next(), entry.name == OpenArchive.end, entry.size < 1 << 16,
            try decoded(OpenArchive.End.self, try Self.all(&tar), OpenArchive.end) == expected
        else { throw damaged("its end is missing, or stands for other files") }
        guard try tar.next() == nil else { throw damaged("it goes on behind its end") }
    }

    private static func all(_ tar: inout TarReader) throws(BackUpError) -> [UInt8] {
        var bytes: [UInt8] = []
        while case let piece = try tar.read(), !piece.isEmpty { bytes += piece }
        return bytes
    }

    /// Copies a file out of the archive; returns its digest.
    private static func copy(_ tar: inout TarReader, to path: String?) throws -> [UInt8] {
        var hash = SHA256()
        guard let path else {
            while case let piece = try tar.read(), !piece.isEmpty { hash.update(piece) }
            return hash.finish()
        }
        func failed() -> BackUpError {
            .cannotWrite(path: path, reason: String(cString: strerror(errno)))
        }
        let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard descriptor >= 0, let file = fdopen(descriptor, "wb") else { throw failed() }
        var isOpen = true
        defer { if isOpen { fclose(file) } }
        while case let piece = try tar.read(), !piece.isEmpty {
            hash.update(piece)
            guard fwrite(piece, 1, piece.count, file) == piece.count else { throw failed() }
        }
        isOpen = false
        guard fclose(file) == 0 else { throw failed() }
        return hash.finish()
    }
}
