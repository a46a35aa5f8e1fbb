import Answers
import Places

/// Regions shaded by a figure: a drawing (SVG 1.1) that stands by itself, for a slide or a report.
struct RegionDrawing {
    /// What stands above it.
    var heading: String
    /// What the figures are, in a sentence.
    var title: String
    /// The shapes and their figures, 0 or more.
    var regions: [(shape: RegionMap.Shape, value: Double)]
    /// How a figure is written.
    var number: (Double) -> String
    var language: AnswerLanguage

    /// The drawing.
    var text: String {
        let bounds = Self.bounds(regions.map(\.value))
        let box = RegionMap.Box.whole
        let (width, height) = (RegionMap.tenths(box.east), RegionMap.tenths(box.south))
        var text = """
            <?xml version="1.0" encoding="UTF-8"?>
            <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 -260 \(width) \(height + 260)" \
            role="img" aria-labelledby="title">
            <title id="title">\(Self.escaped(title))</title>
            <style>
            svg { background: #fff; font: 62px system-ui, sans-serif; fill: #17251d }
            path { stroke: #fff; stroke-width: 5; stroke-linejoin: round }
            .t0 { fill: #e6e9e6 } .t1 { fill: #c9e4cf } .t2 { fill: #8fcaa0 } .t3 { fill: #4f9f6b }
            .t4 { fill: #1f6b40 }
            </style>
            <text x="20" y="-150" font-size="84" font-weight="600">\(Self.escaped(heading))</text>
            <text x="20" y="-50">\(Self.escaped(title))</text>

            """
        for (shape, value) in regions {
            text += "<path class=\"t\(Self.tint(value, bounds))\" d=\"\(shape.path)\"><title>"
            text += Self.escaped("\(shape.region.name): \(number(value))") + "</title></path>\n"
        }
        return text + legend(bounds) + "</svg>\n"
    }

    /// Where each shade begins: the quarters of the regions that have something.
    static func bounds(_ values: [Double]) -> [Double] {
        let some = values.filter { $0 > 0 }.sorted()
        guard !some.isEmpty else { return [] }
        return (1...3).map { some[min(some.count - 1, some.count * $0 / 4)] }
    }

    /// 0 for nothing, else 1...4.
    static func tint(_ value: Double, _ bounds: [Double]) -> Int {
        value <= 0 ? 0 : 1 + bounds.count { value >= $0 }
    }

    private func legend(_ bounds: [Double]) -> String {
        var text = ""
        var labels = [language(nl: "niets", en: "nothing")]
        if let first = bounds.first {
            labels.append(language(nl: "minder dan ", en: "less than ") + number(first))
            labels += bounds.map { language(nl: "vanaf ", en: "from ") + number($0) }
        }
        for (tint, label) in labels.enumerated() {
            let y = 180 + 95 * tint
            text += "<rect class=\"t\(tint)\" x=\"20\" y=\"\(y - 55)\" width=\"70\" height=\"70\"/>"
            text += "<text x=\"115\" y=\"\(y)\">\(Self.escaped(label))</text>\n"
        }
        return text
    }

    private static func escaped(_ text: String) -> String {
        var result = ""
        for character in text {
            switch character {
            case "&": result += "&amp;"
            case "<": result += "&lt;"
            case ">": result += "&gt;"
            case "\"": result += "&quot;"
            default: result.append(character)
            }
        }
        return result
    }
}
