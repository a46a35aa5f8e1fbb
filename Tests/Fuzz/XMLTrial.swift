import XMLStream

/// What the XML reader promises of any bytes: it ends; stretches that were read whole or lost are
/// exactly the document's, in order; and how the bytes arrive does not matter.
enum XMLTrial {
    private static let records: Set<String> = ["course", "presentation", "program"]

    static func tryOut(_ bytes: [UInt8]) throws {
        let whole = Account(bytes, step: .max)
        try whole.check(bytes)
        // Cut where the bytes say, so that the fuzzer finds bad places.
        let step = Int(bytes.last ?? 0) % 61 + 1
        let piecemeal = Account(bytes, step: step)
        try require(
            whole == piecemeal, "the same whole and by \(step) bytes: \(whole) \(piecemeal)")
    }

    /// What a reader said of a document.
    private struct Account: Equatable {
        var lines: [String] = []
        var diagnostics: [String] = []
        var error: String?
        var stretches: [Stretch] = []

        struct Stretch: Equatable {
            var range: Range<Int>
            var bytes: [UInt8]
        }

        init(_ bytes: [UInt8], step: Int) {
            do {
                var reader = try XMLReader(
                    source: SteppingSource(bytes, step: step), name: "fuzz.xml", records: records)
                do {
                    while let event = try reader.next() { try take(event, &reader) }
                } catch {
                    self.error = "\(error)"
                }
                diagnostics = reader.takeDiagnostics().map { "\($0)" }
            } catch {
                self.error = "\(error)"
            }
        }

        private mutating func take(
            _ event: XMLReader.Event, _ reader: inout XMLReader
        ) throws {
            let at = reader.position
            switch event {
            case .startElement:
                lines.append(
                    "\(at) \(at.byteOffset) <\(reader.namespace) \(reader.localName) "
                        + "\(reader.attributes) \(reader.language ?? "") \(reader.depth)")
                if records.contains(reader.localName) {
                    let fragment = try reader.readElement()
                    stretches.append(
                        Stretch(range: fragment.byteRange, bytes: fragment.original))
                    walk(fragment.root)
                }
            case .endElement: lines.append("\(at) / \(reader.localName) \(reader.depth)")
            case .text: lines.append("\(at) \(reader.text)")
            case .damage(let damage):
                lines.append("\(damage.position) damage \(damage.faultPosition) \(damage.message)")
                stretches.append(Stretch(range: damage.byteRange, bytes: damage.bytes))
            }
        }

        /// Looks at all that a captured element says.
        private mutating func walk(_ node: XMLNode) {
            lines.append(
                "\(node.position) \(node.localName) \(node.foldedText ?? "") "
                    + "\(node.language ?? "") \(node.attribute("id") ?? "")")
            for child in node.children { walk(child) }
        }

        func check(_ bytes: [UInt8]) throws {
            var end = 0
            for stretch in stretches {
                try require(
                    stretch.range.lowerBound >= end && stretch.range.upperBound <= bytes.count,
                    "stretches in order: \(stretch.range) behind \(end)")
                try require(
                    stretch.bytes[...] == bytes[stretch.range], "exact bytes of \(stretch.range)")
                end = stretch.range.upperBound
            }
        }
    }

    /// Gives so many bytes at a time.
    private struct SteppingSource: XMLByteSource {
        private let bytes: [UInt8]
        private let step: Int
        private var offset = 0

        init(_ bytes: [UInt8], step: Int) {
            self.bytes = bytes
            self.step = step
        }

        mutating func read(
            into buffer: UnsafeMutableRawBufferPointer
        ) throws(XMLError) -> Int {
            let count = min(buffer.count, bytes.count - offset, step)
            buffer.copyBytes(from: bytes[offset..<offset + count])
            offset += count
            return count
        }
    }
}
