import CourseModel
import Matching
import SearchIndex

/// How values are said to a person, in Dutch and English.
public struct Wording: Sendable {
    private let language: AnswerLanguage
    private var plain: PlainWords { PlainWords(language: language.reasons) }

    /// How values are said in a language.
    public init(language: AnswerLanguage) { self.language = language }

    private static let months = (
        nl: ["jan", "feb", "mrt", "apr", "mei", "jun", "jul", "aug", "sep", "okt", "nov", "dec"],
        en: ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
    )

    /// `12 jan 2027`.
    public func date(_ date: CalendarDate) -> String {
        let (year, month, day) = date.parts
        let names = language == .nl ? Self.months.nl : Self.months.en
        return "\(day) \(names[month - 1]) \(year)"
    }

    /// When an offering starts.
    public func start(_ start: Start) -> String {
        switch start {
        case .on(let date): self.date(date)
        case .rolling: language(nl: "doorlopend", en: "any time")
        case .onRequest: language(nl: "in overleg", en: "by agreement")
        case .unstated(let raw): raw ?? language(nl: "onbekend", en: "not known")
        }
    }

    /// `€ 1.195,00` or `€1,195.00`; whole amounts without cents.
    public func money(_ money: Money) -> String {
        let text = money.amount.text(minimumPlaces: 2)
        let negative = text.first == "-"
        let parts = text.drop { $0 == "-" }.split(separator: ".")
        var amount = Int(parts[0]).map(plain.grouped) ?? String(parts[0])
        if parts.count > 1, parts[1] != "00" { amount += (language == .nl ? "," : ".") + parts[1] }
        let sign = negative ? "-" : ""
        switch money.currency {
        case .euro: return sign + (language == .nl ? "€ " : "€") + amount
        case .pound: return sign + (language == .nl ? "£ " : "£") + amount
        default: return sign + "\(money.currency) \(amount)"
        }
    }

    /// A price with what is to be known of VAT.
    public func price(_ price: Money?, includesVAT: Bool?) -> String {
        guard let price else { return language(nl: "onbekend", en: "not known") }
        if price.amount == .zero { return language(nl: "gratis", en: "free") }
        return includesVAT == false
            ? money(price) + language(nl: " ex btw", en: " ex VAT") : money(price)
    }

    /// `12,3 km`.
    public func distance(_ kilometres: Double) -> String {
        let tenths = Int((kilometres * 10).rounded())
        return "\(tenths / 10)\(language == .nl ? "," : ".")\(tenths % 10) km"
    }

    /// A level: the framework's, else the feed's own word.
    public func level(_ level: LevelCode, stated: String?) -> String {
        level.eqf == nil ? stated ?? "–" : "NLQF \(level.name)"
    }

    /// The sort of learning.
    public func kind(_ kind: CourseKind) -> String { plain.kind(kind) }

    /// How it is taught.
    public func mode(_ mode: DeliveryMode) -> String { plain.mode(mode) }

    /// Whether it can be taken up; nothing when it is open or not said.
    public func status(_ status: OfferingStatus) -> String? {
        switch status {
        case .open, .unstated: nil
        case .full: language(nl: "vol", en: "full")
        case .closed: language(nl: "inschrijving gesloten", en: "enrolment closed")
        case .cancelled: language(nl: "gaat niet door", en: "cancelled")
        }
    }

    /// Where an offering is: towns, or that one need not go anywhere.
    public func place(of offering: Offering) -> String {
        let places = offering.places.map { place in
            switch place {
            case .venue(let venue):
                venue.address.city ?? venue.name.text(in: language.preferences)
                    ?? venue.address.postcode ?? "–"
            case .online: "online"
            case .workplace: language(nl: "op je werkplek", en: "at your workplace")
            }
        }
        var seen: Set<String> = []
        return places.isEmpty
            ? "–" : places.filter { seen.insert($0).inserted }.joined(separator: ", ")
    }
}
