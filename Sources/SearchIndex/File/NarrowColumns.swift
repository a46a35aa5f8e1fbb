/// Small numbers, in as many bytes each as the largest takes: 1, 2 or 4.
struct NarrowColumn: Sendable {
    private let view: SectionView
    private let width: Int

    /// How many bytes numbers below `count` take.
    static func width(below count: Int) -> Int { count <= 1 << 8 ? 1 : count <= 1 << 16 ? 2 : 4 }

    init(
        _ file: MappedFile, _ section: IndexSection, count: Int, below limit: Int
    ) throws(IndexError) {
        view = SectionView(file, section)
        width = Self.width(below: limit)
        guard view.count == count * width else { throw file.damaged(section) }
    }

    /// A number; traps beyond the end.
    func row(_ index: Int) throws(IndexError) -> Int {
        let bytes = try view.bytes(index * width, width)
        switch width {
        case 1: return Int(bytes.load(as: UInt8.self))
        case 2: return Int(bytes.loadUnaligned(as: UInt16.self))
        default: return Int(bytes.loadUnaligned(as: UInt32.self))
        }
    }
}

/// Where things of different length start, and where the last one ends: u32, or u64 when 4 GB are not
/// enough.
struct Offsets: Sendable {
    private let view: SectionView
    private let width: Int

    init(_ file: MappedFile, _ section: IndexSection, count: Int) throws(IndexError) {
        view = SectionView(file, section)
        width = view.count / (count + 1)
        guard width == 4 || width == 8, view.count == width * (count + 1) else {
            throw file.damaged(section)
        }
    }

    /// Where a thing starts and ends.
    func range(_ index: Int) throws(IndexError) -> Range<Int> {
        let bytes = try view.bytes(index * width, 2 * width)
        let start: UInt64
        let end: UInt64
        if width == 4 {
            start = UInt64(bytes.loadUnaligned(as: UInt32.self))
            end = UInt64(bytes.loadUnaligned(fromByteOffset: 4, as: UInt32.self))
        } else {
            start = bytes.loadUnaligned(as: UInt64.self)
            end = bytes.loadUnaligned(fromByteOffset: 8, as: UInt64.self)
        }
        guard start <= end else { throw view.file.damaged(view.section) }
        return Int(start)..<Int(end)
    }
}
