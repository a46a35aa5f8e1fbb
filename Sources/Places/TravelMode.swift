/// How someone travels.
public enum TravelMode: String, Hashable, Sendable, Codable, CaseIterable {
    /// Walking.
    case foot
    /// Cycling, without a motor.
    case bike
    /// Train, metro, tram and bus, with the way to and from the stop.
    case transit
    /// Driving a car.
    case car

    /// Reads a mode in English or Dutch: `bike`, `fiets`, `transit`, `ov`, `te voet`.
    public init?(_ text: some StringProtocol) {
        switch String(decoding: FoldedName(text).key, as: UTF8.self) {
        case "foot", "onfoot", "walk", "walking", "lopen", "lopend", "tevoet", "voet": self = .foot
        case "bike", "bybike", "bicycle", "cycle", "cycling", "fiets", "fietsen", "opdefiets":
            self = .bike
        case "transit", "publictransport", "pt", "ov", "methetov", "openbaarvervoer", "trein",
            "bus":
            self = .transit
        case "car", "bycar", "drive", "driving", "auto", "metdeauto": self = .car
        default: return nil
        }
    }
}
