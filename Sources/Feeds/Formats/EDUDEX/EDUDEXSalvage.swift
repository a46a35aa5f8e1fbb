import CourseModel
import XMLStream

/// Saves a programme of which only runs are broken: the runs are cut out and set apart, so that one
/// faulty run costs no other one and not its programme.
struct EDUDEXSalvage {
    /// The programme without its broken runs; white space stands in, so that every place is the
    /// same.
    let programme: XMLFragment
    /// What the parser mended in it.
    let mended: [XMLDiagnostic]
    /// The runs that cannot be read.
    let broken: [BrokenRun]

    /// A run that cannot be read.
    struct BrokenRun {
        /// Where it starts, counted from the start of the programme.
        var position: SourcePosition
        var bytes: [UInt8]
        var message: String
    }

    /// Cuts broken runs out of a broken programme.
    ///
    /// - Returns: `nil` when no run is broken, or the rest is broken too.
    init?(_ damage: XMLDamage, name: String) {
        guard damage.recordName == "program" else { return nil }
        let runs = EDUDEXDamage.elements(named: "programRun", in: damage.bytes)
        var sound = damage.bytes
        var broken: [BrokenRun] = []
        for range in runs {
            let bytes = Array(damage.bytes[range])
            guard case .failure(let fault) = Self.read(bytes, "programRun", name) else { continue }
            broken.append(
                BrokenRun(
                    position: EDUDEXDamage.position(of: range.lowerBound, in: damage.bytes),
                    bytes: bytes, message: fault.message))
            for index in range where sound[index] != 10 && sound[index] != 13 { sound[index] = 32 }
        }
        guard !broken.isEmpty,
            case .success(let (programme, mended)) = Self.read(sound, "program", name)
        else { return nil }
        self.programme = programme
        self.mended = mended
        self.broken = broken
    }

    private struct Fault: Error {
        var message: String
    }

    /// Reads an element that should be all there is.
    private static func read(
        _ bytes: [UInt8], _ element: String, _ name: String
    ) -> Result<(XMLFragment, [XMLDiagnostic]), Fault> {
        do {
            var reader = try XMLReader(bytes: bytes, name: name, records: [element])
            var fragment: XMLFragment?
            while let event = try reader.next() {
                if case .damage(let damage) = event {
                    return .failure(Fault(message: damage.message))
                }
                if event == .startElement, reader.localName == element, fragment == nil {
                    fragment = try reader.readElement()
                }
            }
            guard let fragment, fragment.original.count + 1 >= trimmedCount(bytes) else {
                return .failure(Fault(message: "the element does not end where it should"))
            }
            return .success((fragment, reader.takeDiagnostics()))
        } catch {
            return .failure(Fault(message: error.message))
        }
    }

    private static func trimmedCount(_ bytes: [UInt8]) -> Int {
        let blanks = bytes.reversed().prefix { $0 == 32 || $0 == 10 || $0 == 13 || $0 == 9 }
        return bytes.count - blanks.count
    }
}
