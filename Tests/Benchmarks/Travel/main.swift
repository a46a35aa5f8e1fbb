// How far are estimated travel times from published ones?
//
// usage: TravelBenchmark
//
// Prints, in Markdown, each published figure with its source and the estimate beside it, then the
// errors by way to travel: of all figures, and of those that the model was not fitted to.

import Places
import TestSupport

/// The mean of the errors, and of their sizes, as text.
func summary(_ errors: [Double]) -> String {
    guard !errors.isEmpty else { return "– | –" }
    func percent(_ share: Double) -> String { "\(Int((share * 100).rounded())) %" }
    let count = Double(errors.count)
    return percent(errors.reduce(0, +) / count) + " | "
        + percent(errors.map(abs).reduce(0, +) / count)
}

print(PublishedTravelTime.heading)
var errors: [TravelMode: [(error: Double, isFitted: Bool)]] = [:]
for published in PublishedTravelTime.all {
    guard let mode = TravelMode(published.mode) else {
        fatalError("\(published.mode) is no way to travel")
    }
    let estimate = travelEstimate(metres: published.metres, by: mode)
    print(published.row(estimate: estimate))
    errors[mode, default: []].append((published.error(of: estimate), published.isFitted))
}
print(
    """

    | way | figures | mean error | mean size | not fitted: mean error | mean size |
    |---|---|---|---|---|---|
    """)
for mode in TravelMode.allCases {
    let known = errors[mode] ?? []
    print(
        "| \(mode.rawValue) | \(known.count) | \(summary(known.map(\.error))) "
            + "| \(summary(known.filter { !$0.isFitted }.map(\.error))) |")
}
