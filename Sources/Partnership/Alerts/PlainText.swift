import CourseModel

extension String {
    /// The text on one line: control characters, line ends and marks that turn the direction of
    /// writing become a space, and several spaces one.
    ///
    /// What feeds and people write goes through it before it stands in a message.
    var onOneLine: String {
        var line = ""
        for scalar in unicodeScalars {
            let isBlank: Bool
            switch scalar.properties.generalCategory {
            case .control, .lineSeparator, .paragraphSeparator, .spaceSeparator, .surrogate:
                isBlank = true
            // U+202A–U+202E, U+2066–U+2069: what follows would be shown in another order.
            default: isBlank = 0x202A...0x202E ~= scalar.value || 0x2066...0x2069 ~= scalar.value
            }
            if !isBlank {
                line.unicodeScalars.append(scalar)
            } else if line.last != " " {
                line.append(" ")
            }
        }
        return String(line.trimmingSpaces())
    }
}
