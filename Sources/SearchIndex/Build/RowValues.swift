import CourseModel

/// Degrees times 10⁷: 1 cm, finer than any feed.
func fixed(_ point: Coordinates) -> (latitude: Int32, longitude: Int32) {
    (Int32((point.latitude * 1e7).rounded()), Int32((point.longitude * 1e7).rounded()))
}

/// One bit for each member of a closed vocabulary, in the order of its cases.
func bits<Value: CaseIterable & Hashable>(of values: Set<Value>) -> UInt8 {
    guard !values.isEmpty else { return 0 }
    var bits: UInt8 = 0
    for (index, value) in Value.allCases.enumerated() where values.contains(value) {
        bits |= 1 << UInt8(index)
    }
    return bits
}

/// An offering's start as the index orders it.
func startDay(_ offering: Offering) -> Int32 {
    if let day = offering.timing.start.date { return day.daysSince1970 }
    return offering.timing.start.isContinuous
        ? OfferingRow.continuousStart : OfferingRow.unknownStart
}

extension Offering {
    /// Whether it is given without a venue: online, at a distance, or where the learner works.
    package func needsNoTravel(_ course: Course) -> Bool {
        if places.contains(where: { $0.venue != nil }) { return false }
        if !places.isEmpty { return true }
        let modes = modes.isEmpty ? course.modes : modes
        return !modes.isEmpty && modes.isSubset(of: [.online, .distance, .workplace])
    }

    func modeBits(_ course: Course) -> UInt8 {
        var modes = modes.isEmpty ? course.modes : modes
        if modes.isEmpty {
            if places.contains(.online) { modes.insert(.online) }
            if places.contains(.workplace) { modes.insert(.workplace) }
        }
        return bits(of: modes)
    }

    /// How many weeks it lasts, rounded up.
    package func weeks(_ course: Course) -> Int? {
        if let duration = duration ?? course.duration { return Int(duration.weeks.rounded(.up)) }
        guard let start = timing.start.date, let end = timing.end else { return nil }
        return (start.days(to: end) + 7) / 7
    }

    /// Its price in euro cents with VAT, as far as its rate is known.
    package var euroCents: Int32? {
        guard let price, price.total.currency == .euro else { return nil }
        var amount = price.total.amount
        if case .excluded(.some(let percent)) = price.vat, let tax = amount.percentage(percent) {
            amount = amount + tax
        }
        let cents = (amount.scaled + (amount.scaled < 0 ? -50 : 50)) / 100
        guard cents >= 0, cents < Int64(OfferingRow.unknownPrice) else { return nil }
        return Int32(cents)
    }
}
