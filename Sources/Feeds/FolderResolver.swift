import CourseModel
import Glibc

/// Opens the documents of a feed within one folder, and nothing outside of it.
///
/// A relative reference is taken from the referring document, as RFC 3986 says. Of an absolute
/// address (`https://school.example/feeds/programs/12.xml`) the longest tail that is a file of the
/// folder is opened (`feeds/programs/12.xml`, `programs/12.xml`, `12.xml`), so that a copied feed
/// can be read where it lies.
func folderResolver(_ folder: String) -> FeedInput.Resolver {
    { reference, from throws(FeedError) in
        func unresolved(_ reason: String) -> FeedError {
            .unresolved(reference: reference, from: from.name, reason: reason)
        }
        let plain = reference.prefix { $0 != "?" && $0 != "#" }
        guard !plain.isEmpty else { throw unresolved("the reference is empty") }
        var candidates: [String] = []
        if let scheme = plain.range(of: "://") {
            let parts = plain[scheme.upperBound...].split(separator: "/")
            for start in parts.indices.dropFirst() {
                candidates.append(folder + "/" + parts[start...].joined(separator: "/"))
            }
        } else if plain.hasPrefix("/") {
            candidates.append(String(plain))
        } else {
            candidates.append(parent(of: from) + "/" + plain)
            candidates.append(folder + "/" + plain)
        }
        let root = realPath(folder)
        for candidate in candidates {
            guard let path = realPath(percentDecoded(candidate)) ?? realPath(candidate) else {
                continue
            }
            guard let root, path == root || path.hasPrefix(root == "/" ? "/" : root + "/") else {
                throw unresolved("it lies outside the folder “\(folder)” of the feed")
            }
            return FeedInput(
                .file(path: path), name: shortName(candidate), source: from.source,
                currency: from.currency, today: from.today, resolver: from.resolver)
        }
        throw unresolved("there is no such file in “\(folder)”")
    }
}

private func parent(of input: FeedInput) -> String {
    guard case .file(let path) = input.content, let slash = path.lastIndex(of: "/") else {
        return "."
    }
    return String(path[..<slash])
}

/// The path without links and dots, when it exists.
func realPath(_ path: String) -> String? {
    guard let resolved = realpath(path, nil) else { return nil }
    defer { free(resolved) }
    return String(cString: resolved)
}

private func shortName(_ path: String) -> String {
    path.hasPrefix("./") ? String(path.dropFirst(2)) : path
}

func percentDecoded(_ text: String) -> String {
    guard text.utf8.contains(37) else { return text }
    var bytes: [UInt8] = []
    var rest = text.utf8[...]
    while let byte = rest.popFirst() {
        if byte == 37, rest.count >= 2,
            let value = UInt8(String(decoding: rest.prefix(2), as: UTF8.self), radix: 16)
        {
            bytes.append(value)
            rest = rest.dropFirst(2)
        } else {
            bytes.append(byte)
        }
    }
    return String(decoding: bytes, as: UTF8.self)
}

extension Substring {
    /// Where `needle` first stands; Foundation's search is not worth its start-up time here.
    fileprivate func range(of needle: String) -> Range<Index>? {
        var start = startIndex
        while start < endIndex {
            if self[start...].hasPrefix(needle) {
                return start..<index(start, offsetBy: needle.count)
            }
            formIndex(after: &start)
        }
        return nil
    }
}
