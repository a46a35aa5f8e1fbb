import CourseModel
import Places
import SearchIndex

extension Scorer {
    /// What an offering must be to break no more limits than so many, in numbers of its row.
    ///
    /// Limits that take more than a row to tell are left out, and so is what counts in several ways,
    /// such as a price that a scheme may pay: what passes is looked at again, one by one.
    ///
    /// - Parameters:
    ///   - most: 0 or 1.
    ///   - near: How far beyond a limit an offering may be to be told, when it may break one.
    func screen(breaking most: Int, _ near: NearMissLimits) -> OfferingScreen {
        var screen = OfferingScreen(today: CalendarDate(daysSince1970: today))
        screen.mayBreak = most
        if hasGap, !countsEvents {
            screen.countedKinds = ~Set8<CourseKind>([.event]).bits
        }
        for must in musts {
            switch must {
            case .kind where !profile.kinds.isEmpty:
                screen.kinds = Set8<CourseKind>(profile.kinds).bits
            case .mode where modes != 0: screen.modes = modes
            case .level: limitLevels(of: &screen, near)
            case .start: screen.start = startSpan(near)
            case .budget: screen.price = priceSpan(near)
            case .travel: screen.circles = circles(near)
            default: break
            }
        }
        return screen
    }

    private func limitLevels(of screen: inout OfferingScreen, _ near: NearMissLimits) {
        (screen.levels, screen.nearlyLevels) = (0, 0)
        for code in UInt8(0)..<16 {
            let shortfall = levelShortfall(LevelCode(rawValue: code).eqf)
            if shortfall == nil { screen.levels |= 1 << UInt16(code) }
            if shortfall.map(near.admit) ?? true { screen.nearlyLevels |= 1 << UInt16(code) }
        }
    }

    private func startSpan(_ near: NearMissLimits) -> OfferingScreen.Span? {
        guard profile.startAfter != nil || profile.startBefore != nil else { return nil }
        let first = Int(profile.startAfter?.daysSince1970 ?? .min)
        let last = Int(profile.startBefore?.daysSince1970 ?? .max)
        let end = max(first, last)
        return Self.span(first...end, (first - near.days)...(end + near.days))
    }

    /// `nil` when a scheme may pay its part, or the budget is in another currency.
    private func priceSpan(_ near: NearMissLimits) -> OfferingScreen.Span? {
        guard let budget, funding.rules.isEmpty || fundingRights.isEmpty else { return nil }
        let learners = max(profile.teamSize, 1)
        let most = budget / learners
        return Self.span(Int.min...most, Int.min...max(most, (budget + near.cents) / learners))
    }

    private static func span(
        _ kept: ClosedRange<Int>, _ nearly: ClosedRange<Int>
    ) -> OfferingScreen.Span {
        func narrow(_ range: ClosedRange<Int>) -> ClosedRange<Int32> {
            Int32(clamping: range.lowerBound)...Int32(clamping: range.upperBound)
        }
        return OfferingScreen.Span(kept: narrow(kept), nearly: narrow(nearly))
    }

    /// `nil` when the way is not told by the distance: no place has a reach, or a router says how long
    /// it takes.
    private func circles(_ near: NearMissLimits) -> [OfferingScreen.Circle]? {
        let places = resolved.places
        guard !places.isEmpty, !places.contains(where: { resolved.travel.isRouted($0.mode) })
        else { return nil }
        let circles = places.compactMap { place -> OfferingScreen.Circle? in
            let (metres, nearly) =
                switch place.within {
                case nil: (-1.0, -1.0)
                case .metres(let limit): (Double(limit), Double(limit) + Double(near.metres))
                case .minutes(let limit):
                    (
                        Self.metres(in: limit, by: place.mode),
                        Self.metres(in: limit + near.minutes, by: place.mode)
                    )
                }
            guard metres >= 0 else { return nil }
            return OfferingScreen.Circle(
                center: place.coordinates, metres: metres, nearly: max(metres, nearly))
        }
        return circles.isEmpty ? nil : circles
    }

    /// The farthest that one gets in so many minutes, a little more rather than less.
    private static func metres(in minutes: Int, by mode: TravelMode) -> Double {
        Reach.time(minutes: Double(minutes), mode: mode).maximumDistance * 1.000_001 + 1
    }
}
