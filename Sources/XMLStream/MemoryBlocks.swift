import Synchronization

/// Memory that the fragments of one document use one after the other.
///
/// A record's fragment is gone soon after it was made, mostly on another thread than its own; the
/// system's allocator would part and join these large pieces again and again.
final class MemoryBlocks: Sendable {
    /// A piece of memory, uninitialized, aligned to 16 bytes.
    ///
    /// `@unchecked Sendable`: it belongs to whoever took it.
    struct Block: @unchecked Sendable {
        let start: UnsafeMutableRawPointer
        let capacity: Int
    }

    private let free = Mutex<[Block]>([])

    /// What is kept for later, at most: as many blocks, none larger than this.
    private static let most = 64
    private static let largest = 131_072

    deinit { free.withLock { for block in $0 { block.start.deallocate() } } }

    /// A block of at least so many bytes.
    func take(_ count: Int) -> Block {
        if count <= Self.largest {
            let found = free.withLock { blocks in
                // The last one given back is the likeliest to be in the processor's cache.
                blocks.lastIndex { $0.capacity >= count }.map { blocks.remove(at: $0) }
            }
            if let found { return found }
        }
        var capacity = count
        if count <= Self.largest {
            capacity = 16_384
            while capacity < count { capacity *= 2 }
        }
        return Block(
            start: .allocate(byteCount: capacity, alignment: 16), capacity: capacity)
    }

    /// Takes a block back that nobody uses any more.
    func giveBack(_ block: Block) {
        let isKept =
            block.capacity <= Self.largest
            && free.withLock { blocks in
                guard blocks.count < Self.most else { return false }
                blocks.append(block)
                return true
            }
        if !isKept { block.start.deallocate() }
    }
}
