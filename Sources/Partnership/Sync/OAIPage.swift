import XMLStream

/// One answer of an OAI-PMH repository (protocol version 2.0, section 3.2).
package struct OAIPage {
    /// A record of `ListRecords`.
    package struct Record {
        /// Its identifier in the repository.
        package var identifier: String
        /// Its metadata as a document of its own; `nil` when it is deleted.
        package var document: [UInt8]?
    }

    /// An `error` element.
    package struct Fault {
        package var code: String
        package var message: String
    }

    /// When the repository answered, by its own clock.
    package var responseDate: String?
    /// Why there is no answer.
    package var fault: Fault?
    /// Where the list goes on; `nil` at its end.
    package var resumptionToken: String?
    /// `Identify`: whether a record that is deleted is told: `no`, `transient`, `persistent`.
    package var deletedRecord: String?
    /// `Identify`: `YYYY-MM-DD` or `YYYY-MM-DDThh:mm:ssZ`.
    package var granularity: String?
    /// `ListMetadataFormats`: the prefixes.
    package var prefixes: [String] = []

    /// Reads an answer.
    ///
    /// - Parameter receive: Called with each record, in the order of the answer.
    /// - Throws: ``SyncFailure/notOAI(address:reason:)``, and what `receive` throws.
    package init(path: String, address: String, _ receive: (Record) throws -> Void) throws {
        do {
            let declarations = Declarations(of: path)
            var reader = try XMLReader(path: path, name: address, records: ["record"])
            var isOAI = false
            while let event = try reader.next() {
                if case .damage(let damage) = event {
                    throw SyncFailure.notOAI(address: address, reason: damage.message)
                }
                guard event == .startElement else { continue }
                switch reader.localName {
                case "OAI-PMH": isOAI = true
                case "responseDate": responseDate = try reader.readElement().root.trimmedText
                case "deletedRecord": deletedRecord = try reader.readElement().root.trimmedText
                case "granularity": granularity = try reader.readElement().root.trimmedText
                case "resumptionToken":
                    resumptionToken = try reader.readElement().root.trimmedText
                case "error":
                    let code = reader.attribute("code") ?? ""
                    fault = Fault(
                        code: code, message: try reader.readElement().root.trimmedText ?? "")
                case "metadataFormat":
                    let format = try reader.readElement().root
                    if let prefix = format.first("metadataPrefix")?.trimmedText {
                        prefixes.append(prefix)
                    }
                case "record":
                    try receive(
                        Self.record(try reader.readElement(), declarations, address: address))
                default: break
                }
            }
            guard isOAI else {
                throw SyncFailure.notOAI(address: address, reason: "its root is not <OAI-PMH>")
            }
        } catch let error as XMLError {
            throw SyncFailure.notOAI(address: address, reason: error.message)
        }
    }

    private static func record(
        _ fragment: XMLFragment, _ declarations: Declarations, address: String
    ) throws(SyncFailure) -> Record {
        guard let header = fragment.root.first("header"),
            let identifier = header.first("identifier")?.trimmedText
        else { throw .notOAI(address: address, reason: "a record has no identifier") }
        if header.attribute("status") == "deleted" {
            return Record(identifier: identifier, document: nil)
        }
        guard let metadata = fragment.root.first("metadata"),
            let payload = metadata.children.first(where: { _ in true })
        else {
            throw .notOAI(
                address: address, reason: "the record “\(identifier)” has no metadata")
        }
        let whole = fragment.original
        let start = payload.position.byteOffset - fragment.byteRange.lowerBound
        let end = whole.lastStart(of: "metadata") ?? whole.count
        guard whole.indices.contains(start), start < end else {
            throw .notOAI(
                address: address, reason: "the metadata of “\(identifier)” cannot be cut out")
        }
        return Record(
            identifier: identifier,
            document: declarations.document(Array(whole[start..<end]), within: whole[..<start]))
    }
}

/// The prefixes that are declared around a record's metadata: cut out, it needs them of its own.
private struct Declarations {
    private var outer: [(name: String, text: String)]

    /// Those of the answer's root.
    init(of path: String) {
        let opening = AtomicFile.opening(path, count: 8_192)
        let end = opening.firstStart(of: "responseDate") ?? opening.count
        outer = Self.declarations(in: opening[..<end])
    }

    /// The metadata as a document.
    func document(_ payload: [UInt8], within before: ArraySlice<UInt8>) -> [UInt8] {
        let tagEnd = payload.firstIndex(of: 0x3E) ?? payload.endIndex
        let own = Set(Self.declarations(in: payload[..<tagEnd]).map(\.name))
        var added: [String: String] = [:]
        for declaration in outer + Self.declarations(in: before) {
            added[declaration.name] = declaration.text
        }
        let missing = added.filter { !own.contains($0.key) }.sorted { $0.key < $1.key }
        let nameEnd =
            payload.firstIndex { [0x20, 0x09, 0x0A, 0x0D, 0x3E, 0x2F].contains($0) }
            ?? payload.endIndex
        return Array("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n".utf8) + payload[..<nameEnd]
            + missing.flatMap { Array((" " + $0.value).utf8) } + payload[nameEnd...]
    }

    private static func declarations(in bytes: ArraySlice<UInt8>) -> [(name: String, text: String)]
    {
        let text = String(decoding: bytes, as: UTF8.self)
        var found: [(name: String, text: String)] = []
        for piece in text.split(separator: "xmlns:").dropFirst() {
            guard let equals = piece.firstIndex(of: "="),
                let quote = piece[equals...].first(where: { $0 == "\"" || $0 == "'" }),
                let open = piece[equals...].firstIndex(of: quote),
                let close = piece[piece.index(after: open)...].firstIndex(of: quote)
            else { continue }
            let name = piece[..<equals].filter { !$0.isWhitespace }
            found.append((String(name), "xmlns:\(name)=\(piece[open...close])"))
        }
        return found
    }
}

extension [UInt8] {
    /// Where the last end tag of this local name starts.
    fileprivate func lastStart(of local: String) -> Int? {
        let name = Array(local.utf8)
        var index = count - name.count
        while index > 1 {
            index -= 1
            guard self[index...].starts(with: name) else { continue }
            // Before it stands `</`, perhaps with a prefix; looking farther back for each time that
            // the word is met would take a hostile answer's length squared.
            var open = index - 1
            if self[open] == 0x3A {
                open -= 1
                while open > 0, index - open <= 1_000, self[open] != 0x2F, self[open] != 0x3C,
                    self[open] > 0x20
                { open -= 1 }
            }
            if open > 0, self[open] == 0x2F, self[open - 1] == 0x3C { return open - 1 }
        }
        return nil
    }

    /// Where the first start tag of this local name starts.
    fileprivate func firstStart(of local: String) -> Int? {
        let name = Array(local.utf8)
        return indices.first { self[$0] == 0x3C && self[($0 + 1)...].starts(with: name) }
    }
}
