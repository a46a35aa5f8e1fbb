import XMLStream

/// Writes facts in an element that EDU-DEX leaves free.
enum EDUDEXFactsElement {
    static func write(
        _ facts: EDUDEXFacts, in element: String, to xml: inout XMLWriter
    ) throws(XMLWriteError) {
        guard !facts.entries.isEmpty else { return }
        try xml.startElement(element)
        for (name, value) in facts.entries {
            try xml.element(
                "fact", value, ("xmlns", EDUDEX.Namespace.facts), ("name", name.rawValue))
        }
        try xml.endElement()
    }
}
