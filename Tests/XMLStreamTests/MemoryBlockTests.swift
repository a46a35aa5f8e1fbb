import Testing

@testable import XMLStream

@Suite("Memory for fragments")
struct MemoryBlockTests {
    @Test("a block that was given back is taken again, if it is large enough")
    func reuse() {
        let blocks = MemoryBlocks()
        let first = blocks.take(1_000)
        #expect(first.capacity >= 1_000)
        blocks.giveBack(first)
        let larger = blocks.take(first.capacity + 1)
        #expect(larger.start != first.start)
        #expect(larger.capacity > first.capacity)
        let again = blocks.take(900)
        #expect(again.start == first.start)
        blocks.giveBack(larger)
        blocks.giveBack(again)
    }

    @Test("what is too large to keep is as large as asked for")
    func large() {
        let blocks = MemoryBlocks()
        let block = blocks.take(10_000_000)
        #expect(block.capacity == 10_000_000)
        blocks.giveBack(block)
    }
}
