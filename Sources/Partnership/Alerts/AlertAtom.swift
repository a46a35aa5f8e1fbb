import CourseModel
import Feeds
import Storage
import XMLStream

/// What an alert finds now as Atom (RFC 4287): an entry an offering, dated by when it was first told.
///
/// The file is made anew with each run, so what can no longer be taken up leaves it.
struct AlertAtom {
    /// The news, in any order.
    let message: AlertMessage
    /// When each offering was first told, in seconds since 1970, by id.
    let times: [String: Int64]

    /// The feed; the same news gives the same bytes.
    func text() throws(XMLWriteError) -> String {
        func time(_ finding: AlertFinding) -> Int64 { times[finding.row.offering.value] ?? 0 }
        let entries = message.findings.sorted {
            (-time($0), $0.row.offering.value) < (-time($1), $1.row.offering.value)
        }
        let sink = XMLMemorySink()
        let xml = XMLWriter(to: sink)
        try xml.startElement("feed")
        try xml.attribute("xmlns", "http://www.w3.org/2005/Atom")
        try xml.attribute("xml:lang", message.language.rawValue)
        try xml.element("id", OwnURN.urn("alert", message.alert.name))
        try xml.element("title", message.alert.title.onOneLine)
        try xml.element("updated", Self.iso(entries.first.map(time) ?? 0))
        try xml.startElement("author")
        try xml.element("name", message.site)
        try xml.endElement()
        for finding in entries {
            let row = finding.row
            try xml.startElement("entry")
            try xml.element("id", OwnURN.urn("alert", message.alert.name, row.offering.value))
            try xml.element("title", row.title.onOneLine)
            try xml.element("updated", Self.iso(time(finding)))
            if let address = message.address(row) {
                try xml.element(
                    "link", "", ("rel", "alternate"), ("type", "text/html"), ("href", address))
            }
            let reasons = finding.reasons.map { "\n- \($0.onOneLine)" }.joined()
            try xml.element("summary", message.facts(row) + reasons, ("type", "text"))
            try xml.endElement()
        }
        try xml.endElement()
        try xml.finish()
        return sink.string
    }

    private static func iso(_ seconds: Int64) -> String {
        Moment(secondsSince1970: seconds).iso
    }
}
