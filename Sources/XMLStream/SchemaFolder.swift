internal import CLibXML2
import Glibc

/// The folder from which the parts of a schema are read, while one is being read; at all other
/// times libxml2 opens nothing.
enum SchemaFolder {
    /// The folder, for the thread that reads a schema.
    @TaskLocal static var current: String?

    /// The file for an address of a part: the longest tail of the address that is a file of the
    /// folder, so that `https://www.w3.org/2001/xml.xsd` is the `xml.xsd` that lies there.
    static func file(_ address: String, in folder: String) -> String? {
        guard let root = real(folder) else { return nil }
        let plain = percentDecoded(
            address.hasPrefix("file://") ? String(address.dropFirst(7)) : address)
        if let path = real(plain), path.hasPrefix(root + "/") { return path }
        let parts = plain.split(separator: "/")
        for start in parts.indices {
            let candidate = folder + "/" + parts[start...].joined(separator: "/")
            if let path = real(candidate), path.hasPrefix(root + "/") { return path }
        }
        return nil
    }

    /// The path without links and dots, when it exists.
    static func real(_ path: String) -> String? {
        guard let resolved = realpath(path, nil) else { return nil }
        defer { free(resolved) }
        return String(cString: resolved)
    }

    private static func percentDecoded(_ text: String) -> String {
        guard let plain = xmlURIUnescapeString(text, 0, nil) else { return text }
        // libxml2 allocates with the C library.
        defer { free(plain) }
        return String(cString: plain)
    }
}

/// What libxml2 asks for every file that it would open.
let schemaFileLoader: xmlExternalEntityLoader = { address, _, parser in
    guard let folder = SchemaFolder.current, let address,
        let path = SchemaFolder.file(String(cString: address), in: folder)
    else { return nil }
    return xmlNewInputFromFile(parser, path)
}
