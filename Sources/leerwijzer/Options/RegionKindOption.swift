import ArgumentParser
import Places

/// A kind of region as an option takes it.
struct RegionKindOption: ExpressibleByArgument, CaseIterable {
    let kind: RegionKind

    static let allCases = RegionKind.allCases.map { RegionKindOption(kind: $0) }
    static let help = ArgumentHelp(
        "Which regions: \(RegionKind.allCases.map(\.rawValue).joined(separator: ", ")).",
        valueName: "kind")

    init(kind: RegionKind) { self.kind = kind }

    init?(argument: String) {
        guard let kind = RegionKind(rawValue: argument) else { return nil }
        self.kind = kind
    }

    var defaultValueDescription: String { kind.rawValue }
    static var allValueStrings: [String] { RegionKind.allCases.map(\.rawValue) }
}

/// The forms of an answer about regions.
enum RegionForm: String, ExpressibleByArgument, CaseIterable {
    case table, json, csv, geojson, svg

    static let help = ArgumentHelp(
        "Form of the answer: \(allCases.map(\.rawValue).joined(separator: ", ")).",
        valueName: "form")
}
