import CourseModel

/// The national framework that a bare level number (`2`, `Level 3`) belongs to.
public enum LevelFramework: Hashable, Sendable {
    /// The Dutch NLQF.
    case nlqf
    /// The frameworks of England, Wales and Northern Ireland (RQF, before it QCF and NQF).
    case rqf
    /// The framework of Scotland.
    case scqf
}

/// Reads a level by its national name and places it in the frameworks.
///
/// - Parameter framework: What a bare number stands in; without it such a number is only kept.
/// - Returns: A level with the feed's own words; without a framework level when the name is not in
///   the tables. `nil` for an empty text.
public func parseLevel(_ text: String, framework: LevelFramework? = nil) -> Level? {
    let name = String(text.trimmingSpaces())
    guard !name.isEmpty else { return nil }
    if let level = parseAnnotatedLevel(name, framework) { return level }
    return derivedLevel(name, framework)
}

/// A level as one text that ``parseLevel(_:framework:)`` reads back: `mbo niveau 4 (NLQF 4)`.
public func levelText(_ level: Level) -> String {
    let mark: String
    if let nlqf = level.nlqf {
        mark = "NLQF \(nlqf.rawValue)"
    } else if let eqf = level.eqf {
        mark = "EQF \(eqf)"
    } else {
        return level.nationalName ?? ""
    }
    switch (level.basis, level.nationalName) {
    case (.derived, let name?):
        return derivedLevel(name, nil) == level ? name : "\(name) (\(mark), derived)"
    case (_, let name?): return "\(name) (\(mark))"
    case (.derived, nil): return "\(mark), derived"
    case (_, nil): return mark
    }
}

/// `NLQF 4+`, `EQF 5`, alone or in brackets behind the national name.
private func parseAnnotatedLevel(_ text: String, _ framework: LevelFramework?) -> Level? {
    if let level = frameworkLevel(text, nationalName: nil) { return level }
    guard text.hasSuffix(")"), let open = text.lastIndex(of: "(") else { return nil }
    let name = String(text[..<open].trimmingSpaces())
    let mark = text[text.index(after: open)...].dropLast()
    guard !name.isEmpty else { return nil }
    return frameworkLevel(String(mark), nationalName: name)
}

private func frameworkLevel(_ text: String, nationalName: String?) -> Level? {
    var rest = text[...]
    var basis = Level.Basis.stated
    if rest.hasSuffix(", derived") {
        basis = .derived
        rest = rest.dropLast(9)
    }
    let upper = rest.uppercased()
    let isNLQF = upper.hasPrefix("NLQF")
    guard isNLQF || upper.hasPrefix("EQF") else { return nil }
    var number = upper.dropFirst(isNLQF ? 4 : 3)
    for word in ["-", ":", " ", "NIVEAU", "LEVEL", " "] {
        while number.hasPrefix(word) { number = number.dropFirst(word.count) }
    }
    if isNLQF {
        guard let value = NLQFLevel(rawValue: String(number)) else { return nil }
        var level = Level(stated: value, nationalName: nationalName)
        level.basis = basis
        return level
    }
    return Int(number).flatMap { Level(eqf: $0, nationalName: nationalName, basis: basis) }
}

private func derivedLevel(_ name: String, _ framework: LevelFramework?) -> Level {
    let words = levelWords(name)
    let key = words.joined(separator: " ")
    if let nlqf = dutchLevels[key] { return Level(derived: nlqf, nationalName: name) }
    func outside(_ eqf: Int?) -> Level {
        guard let eqf, let level = Level(eqf: eqf, nationalName: name, basis: .derived) else {
            return Level(derived: nil, nationalName: name)
        }
        return level
    }
    if let eqf = englishLevels[key] { return outside(eqf) }
    // "QCF Level 4", "SCQF level 6", "Level 3 Diploma" in a British feed, "3".
    guard let number = words.compactMap({ Int($0) }).first else { return outside(nil) }
    if words.contains("scqf") { return outside(scottishEQF[number]) }
    if words.contains(where: { ["qcf", "rqf", "nqf", "qcf/rqf"].contains($0) }) {
        return outside(englishEQF[number])
    }
    let isBare = words.count == 1 || words.contains("level") || words.contains("niveau")
    guard isBare else { return outside(nil) }
    switch framework {
    case .rqf: return outside(englishEQF[number])
    case .scqf: return outside(scottishEQF[number])
    case .nlqf: return Level(derived: NLQFLevel(rawValue: String(number)), nationalName: name)
    case nil: return outside(nil)
    }
}

private func levelWords(_ text: String) -> [String] {
    let lower = text.lowercased()
    guard lower.utf8.allSatisfy({ $0 < 0x80 }) else {
        return lower.split { !($0.isLetter || $0.isNumber || $0 == "+" || $0 == "/") }
            .map(String.init)
    }
    return lower.utf8.split { !(97...122 ~= $0 || 47...57 ~= $0 || $0 == 43) }
        .map { String(decoding: $0, as: UTF8.self) }
}

/// NLQF classification of the Dutch levels (NCP NLQF, generic classification), where it is one.
///
/// `mbo`, `vbo` and `lbo` alone span several levels and stay without one. `hbo` and `wo` stand at
/// the level of their first degree.
private let dutchLevels: [String: NLQFLevel] = [
    "vmbo bb": .one, "vmbo basis": .one, "vmbo kb": .two, "vmbo kader": .two, "vmbo gl": .two,
    "vmbo tl": .two, "vmbo t": .two, "vmbo/mavo": .two, "mavo": .two, "havo": .four,
    "vwo": .fourPlus, "gymnasium": .fourPlus, "atheneum": .fourPlus,
    "mbo niveau 1": .one, "mbo 1": .one, "mbo1": .one, "niveau 1 mbo": .one, "entree": .one,
    "mbo entree": .one,
    "mbo niveau 2": .two, "mbo 2": .two, "mbo2": .two, "niveau 2 mbo": .two,
    "mbo niveau 3": .three, "mbo 3": .three, "mbo3": .three, "niveau 3 mbo": .three,
    "mbo niveau 4": .four, "mbo 4": .four, "mbo4": .four, "niveau 4 mbo": .four,
    "associate": .five, "associate degree": .five, "ad": .five, "hbo ad": .five,
    "bachelor": .six, "hbo bachelor": .six, "hbo": .six, "post hbo": .six, "wo": .six,
    "wo bachelor": .six, "academic bachelor": .six, "master": .seven, "hbo master": .seven,
    "wo master": .seven, "academic master": .seven, "post academic": .seven,
    "postacademisch": .seven, "phd": .eight, "doctoraat": .eight, "doctorate": .eight,
]

/// British names, by the referencing of RQF and SCQF to the EQF (2009, 2019).
private let englishLevels: [String: Int] = [
    "gcse": 3, "gcses": 3, "a level": 4, "a levels": 4, "as level": 4, "foundation degree": 5,
    "hnc": 5, "hnd": 5, "undergraduate": 6, "degree": 6, "honours degree": 6, "hons": 6,
    "bachelor degree": 6, "bachelors degree": 6, "postgraduate": 7, "masters": 7,
    "masters degree": 7, "master degree": 7, "pgce": 7, "doctoral": 8, "higher": 4,
    "advanced higher": 5, "intermediate 1": 2, "intermediate 2": 3,
]

private let englishEQF: [Int: Int] = [1: 2, 2: 3, 3: 4, 4: 5, 5: 5, 6: 6, 7: 7, 8: 8]
private let scottishEQF: [Int: Int] = [
    3: 1, 4: 2, 5: 3, 6: 4, 7: 5, 8: 5, 9: 6, 10: 6, 11: 7, 12: 8,
]
