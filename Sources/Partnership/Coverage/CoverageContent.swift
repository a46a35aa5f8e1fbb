import CourseModel
import SearchIndex

/// The offerings that a query finds, gathered by where they are and what they count as.
struct CoverageContent {
    private(set) var content = ReachGrid.Content()
    /// By counter: what needs no travel.
    private(set) var withoutTravel: [UInt32]
    /// How many offerings have a venue.
    private(set) var placed = 0

    /// Offerings counted by level, price, field and audience.
    ///
    /// - Parameter fields: By course, a bit for each of its fields.
    init(
        _ query: Query, in index: IndexReader, bins: CoverageBins, fields: [UInt64]
    ) throws {
        var signatures: [CoverageBins.Signature: Int32] = [:]
        try self.init(query, in: index, width: bins.total) { match, signatureBins in
            let key = CoverageBins.Signature(match, fields: fields[match.course])
            if let known = signatures[key] { return known }
            let signature = Int32(signatureBins.count)
            signatures[key] = signature
            signatureBins.append(bins.bins(key))
            return signature
        }
    }

    /// Offerings counted by nothing but that they are there: in one counter.
    init(_ query: Query, in index: IndexReader) throws {
        try self.init(query, in: index, width: 1) { _, signatureBins in
            if signatureBins.isEmpty { signatureBins.append([0]) }
            return 0
        }
    }

    /// - Parameters:
    ///   - width: How many counters there are.
    ///   - signature: The signature of an offering; adds the counters of a new one.
    private init(
        _ query: Query, in index: IndexReader, width: Int,
        signature: (IndexReader.Match, _ signatureBins: inout [[Int32]]) -> Int32
    ) throws {
        withoutTravel = [UInt32](repeating: 0, count: width)
        var failure: IndexError?
        // An answer of its own: what is captured by a closure that is called a million times is
        // better not shared.
        var (content, free, placed) = (ReachGrid.Content(), withoutTravel, 0)
        try index.forEachMatch(of: query) { match in
            let signature = signature(match, &content.signatureBins)
            if match.row.flags & OfferingRow.needsNoTravel > 0 {
                for bin in content.signatureBins[Int(signature)] { free[Int(bin)] += 1 }
                return
            }
            guard match.row.flags & OfferingRow.hasMoreVenues > 0 else {
                guard match.row.latitude != OfferingRow.noPlace else { return }
                placed += 1
                content.single.append(
                    (match.row.latitude, match.row.longitude, signature))
                return
            }
            var places: Set<ReachGrid.Content.Place> = []
            do throws(IndexError) {
                try index.forEachVenue(ofOffering: match.offering) { point in
                    places.insert(
                        .init(
                            latitude: Int32((point.latitude * 1e7).rounded()),
                            longitude: Int32((point.longitude * 1e7).rounded())))
                }
            } catch { failure = error }
            guard !places.isEmpty else { return }
            placed += 1
            if places.count == 1, let place = places.first {
                content.single.append((place.latitude, place.longitude, signature))
            } else {
                content.scattered[places.sorted(), default: [:]][signature, default: 0] += 1
            }
        }
        if let failure { throw failure }
        (self.content, self.withoutTravel, self.placed) = (content, free, placed)
    }
}
