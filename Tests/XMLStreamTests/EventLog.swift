@testable import XMLStream

/// What a reader said about a document, as lines that can be compared and read.
struct EventLog: Equatable {
    var lines: [String] = []
    var diagnostics: [String] = []
    var error: String?
    /// The exact bytes of every record that was captured or lost, with where they start.
    var stretches: [Stretch] = []

    struct Stretch: Equatable {
        var range: Range<Int>
        var bytes: [UInt8]
    }

    /// Reads to the end, or to an error.
    init(
        _ bytes: [UInt8], records: Set<String> = ["course"], chunkBytes: Int = 32_768,
        limits: XMLLimits = .standard, capturing: Bool = false, eventLimit: Int = .max
    ) {
        do throws(XMLError) {
            var reader = try XMLReader(
                source: XMLMemorySource(bytes), name: "feed.xml", limits: limits,
                records: records, chunkBytes: chunkBytes)
            do throws(XMLError) {
                while let event = try reader.next() {
                    if lines.count > eventLimit {
                        error = "too many events"
                        return
                    }
                    try take(event, &reader, capturing ? records : [])
                }
            } catch {
                self.error = error.description
            }
            diagnostics = reader.takeDiagnostics().map {
                "\($0.position) \($0.code)" + ($0.count > 1 ? " ×\($0.count)" : "")
            }
        } catch {
            self.error = error.description
        }
    }

    init(_ text: String, records: Set<String> = ["course"]) {
        self.init(Array(text.utf8), records: records)
    }

    private mutating func take(
        _ event: XMLReader.Event, _ reader: inout XMLReader, _ captured: Set<String>
    ) throws(XMLError) {
        let at = reader.position
        let place = "\(at.line):\(at.column)+\(at.byteOffset)"
        switch event {
        case .startElement:
            let attributes = reader.attributes.map {
                " {\($0.namespace)}\($0.localName)=\($0.value.debugDescription)"
            }
            lines.append(
                "\(place) <{\(reader.namespace)}\(reader.localName)\(attributes.joined())>"
                    + " \(reader.depth)")
            if captured.contains(reader.localName) {
                let fragment = try reader.readElement()
                stretches.append(
                    Stretch(range: fragment.byteRange, bytes: fragment.original))
                lines.append(fragment.root.outerXML)
                for node in fragment.root.contents {
                    let at = node.position
                    lines.append("  \(at.line):\(at.column)+\(at.byteOffset) \(node.localName)")
                }
            }
        case .endElement: lines.append("\(place) </\(reader.localName)> \(reader.depth)")
        case .text: lines.append("\(place) \(reader.text.debugDescription)")
        case .damage(let damage):
            lines.append(
                "\(place) damage \(damage.recordName) \(damage.byteRange) "
                    + "\(damage.faultPosition)")
            stretches.append(Stretch(range: damage.byteRange, bytes: damage.bytes))
        }
    }

    /// The text of all text events.
    static func texts(_ bytes: [UInt8]) throws(XMLError) -> [String] {
        var reader = try XMLReader(bytes: bytes, name: "feed.xml")
        var texts: [String] = []
        while let event = try reader.next() {
            if case .text = event { texts.append(reader.text) }
        }
        return texts
    }
}

/// Random numbers that are the same every time.
struct Seeded: RandomNumberGenerator {
    private var state: UInt64

    init(_ seed: UInt64) { state = seed &* 0x9E37_79B9_7F4A_7C15 &+ 1 }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }
}
