import Places

extension IndexReader {
    /// A region by its number from 1 on.
    func region(_ number: Int) throws(IndexError) -> IndexedRegion {
        let parts = try regions.string(number - 1)
            .split(separator: "\t", maxSplits: 2, omittingEmptySubsequences: false)
        guard parts.count == 3, let raw = UInt8(parts[0]), let kind = RegionKind(number: raw)
        else { throw file.damaged(.regions) }
        return IndexedRegion(kind: kind, code: String(parts[1]), name: String(parts[2]))
    }

    /// The numbers of the regions that offerings lie in and that are asked for.
    func regionNumbers(_ codes: Set<RegionCode>) throws(IndexError) -> Set<UInt16> {
        var numbers = Set<UInt16>()
        for number in stride(from: 1, through: regions.count, by: 1) {
            let region = try region(number)
            if codes.contains(RegionCode(kind: region.kind, code: region.code)) {
                numbers.insert(UInt16(number))
            }
        }
        return numbers
    }
}
