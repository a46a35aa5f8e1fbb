import CourseModel
import XMLStream

/// A course element's own words, and the course that they make.
struct XCRICourse {
    private(set) var common = XCRICommon()
    private(set) var presentations: [XMLNode] = []
    private var places: [SourcePosition] = []
    private var levels: [String] = []
    private var qualifications: [Qualification] = []
    private var credits: [StudyLoad.Credit] = []
    private let node: XMLNode
    private let memory: XCRIMemory

    /// Reads what stands in a `course`, presentations aside.
    ///
    /// - Parameter framework: What a level's bare number stands in.
    init(
        _ node: XMLNode, framework: LevelFramework?, _ memory: XCRIMemory,
        _ log: inout DiagnosticLog
    ) {
        self.node = node
        self.memory = memory
        take(node, framework, &log)
    }

    private mutating func take(
        _ node: XMLNode, _ framework: LevelFramework?, _ log: inout DiagnosticLog
    ) {
        for child in node.children {
            guard let name = XCRIName(child) else {
                // An element that only wraps presentations.
                if child.hasElementChildren, child.first("presentation") != nil {
                    presentations += child.all("presentation")
                }
                continue
            }
            if common.take(child, name, &log) { continue }
            switch name {
            case .presentation: presentations.append(child)
            case .level: if let text = child.foldedText { levels.append(text) }
            case .qualification: takeQualification(child, framework, &log)
            case .credit: takeCredit(child, &log)
            default: break
            }
        }
    }

    private mutating func takeQualification(
        _ node: XMLNode, _ framework: LevelFramework?, _ log: inout DiagnosticLog
    ) {
        var common = XCRICommon()
        var result = Qualification(kind: .other)
        var type: String?
        for child in node.children {
            switch XCRIName(within: child) {
            case .abbreviation: result.abbreviation = child.foldedText
            case .educationLevel, .level:
                guard let text = child.foldedText else { continue }
                result.level = level(text, framework, child, &log) ?? result.level
            case .awardedBy: result.awardedBy = child.foldedText
            case .accreditedBy: result.accreditedBy = child.foldedText
            case .type: type = child.foldedText
            case let name?: _ = common.take(child, name, &log)
            case nil: break
            }
        }
        result.title = common.titles
        result.url = common.url
        result.codes = XCRIIdentity.others(common.identifiers, than: nil)
        guard result != Qualification(kind: .other) || type != nil else { return }
        result.kind = XCRIKind.qualification(type, title: common.titles.text() ?? "")
        if !qualifications.contains(result) { qualifications.append(result) }
    }

    private func level(
        _ text: String, _ framework: LevelFramework?, _ node: XMLNode, _ log: inout DiagnosticLog
    ) -> Level? {
        let level = memory.level(text, framework: framework)
        if let level, level.eqf == nil {
            log.add(
                .note, .levelUnknown, at: node, field: node.localName,
                "The level \(quoted(text)) is in no table; it was kept as it stands. "
                    + "Name a framework, such as “NLQF 4”.")
        }
        return level
    }

    private mutating func takeCredit(_ node: XMLNode, _ log: inout DiagnosticLog) {
        let credit: StudyLoad.Credit?
        if let known = memory.credits.value(of: node) {
            credit = known
        } else {
            let found = log.count
            credit = Self.credit(node, &log)
            if log.count == found { memory.credits.keep(credit, for: node) }
        }
        if let credit { credits.append(credit) }
    }

    private static func credit(
        _ node: XMLNode, _ log: inout DiagnosticLog
    ) -> StudyLoad.Credit? {
        var system: String?
        var level: String?
        var value: FixedDecimal?
        for child in node.children {
            guard let text = child.foldedText else { continue }
            switch XCRIName(within: child) {
            case .scheme: system = system ?? Self.lastPart(text)
            case .level: level = level ?? Self.lastPart(text)
            case .value:
                guard value == nil else { continue }
                value = parseAmount(text)
                if value == nil {
                    log.add(
                        .note, .numberUnreadable, at: child, field: "credit",
                        "The credit \(quoted(text)) is no number; it was left out. "
                            + "Give the number only.")
                }
            default: break
            }
        }
        return value.map {
            StudyLoad.Credit(system: system ?? "unstated", value: $0, level: level)
        }
    }

    /// `ECTS` of `http://purl.org/net/cm/terms/ECTS`, and `1` of `…/ECTS#1`.
    private static func lastPart(_ text: String) -> String {
        guard text.hasPrefix("http") else { return text }
        let part = text.split(whereSeparator: { $0 == "/" || $0 == "#" }).last
        return part.map(String.init) ?? text
    }
}

extension XCRICourse {
    /// What a course takes from its surroundings.
    struct Surroundings {
        var source: ID<Source>
        var provider: Provider
        var framework: LevelFramework?
        var file: String
    }

    /// Whether the element says that it is withdrawn (1.1's `@recstatus`).
    var isWithdrawn: Bool { node.attribute("recstatus") == "3" }

    /// The id that the feed gives, when it gives one.
    var identifier: String? { XCRIIdentity.primary(common.identifiers)?.text ?? common.url }

    /// The id made of provider and title where the feed gives none.
    func derivedIdentifier(_ provider: Provider) -> String {
        let hash = StableHash.of(provider.nativeID, common.titles.text() ?? "")
        let hex = String(hash, radix: 16)
        return "title-" + String(repeating: "0", count: 16 - hex.count) + hex
    }

    /// The course's title, or that of what stands in it.
    func title(_ log: inout DiagnosticLog) -> LocalizedText? {
        if !common.titles.isEmpty { return common.titles }
        var found: LocalizedText?
        for presentation in presentations {
            if let title = presentation.first("title") ?? presentation.first("name"),
                let text = title.trimmedText.flatMap(nonEmpty)
            {
                found = LocalizedText(text, language: title.language.flatMap { LanguageTag($0) })
                break
            }
        }
        found = found ?? qualifications.first { !$0.title.isEmpty }?.title
        guard let found else { return nil }
        log.add(
            .warning, .titleTakenOver, at: node, field: "title",
            "The course has no title; that of its presentation or qualification, "
                + "\(quoted(found.text() ?? "")), was taken. Give the course a dc:title.")
        return found
    }

    /// The course, or `nil` when it has no title.
    mutating func course(
        nativeID: String, id: ID<Course>, in surroundings: Surroundings, _ log: inout DiagnosticLog
    ) -> Course? {
        guard let title = title(&log) else { return nil }
        let kindTexts = common.types
        var kind: CourseKind?
        var stated: String?
        let audiences = common.takeTypes("audience").compactMap { Audience(rawValue: $0) }
        let funding = common.takeTypes("funding").map { FundingScheme($0) }
        if let first = common.types.first, let known = CourseKind(rawValue: first) {
            kind = known
            stated = common.types.dropFirst().first
        } else {
            stated = common.types.first
            kind = kindTexts.lazy.compactMap { XCRIKind.kind($0) }.first
        }
        guard
            var course = Course(
                id: id, nativeID: nativeID, provider: surroundings.provider.id,
                kind: kind ?? .course, title: title,
                provenance: Provenance(
                    source: surroundings.source, format: XCRICAP.name, file: surroundings.file,
                    position: SourcePosition(node.position), lastEdited: common.lastEdited))
        else { return nil }
        course.statedKind = stated
        course.audiences = Set(audiences)
        course.funding = funding
        for code in XCRIIdentity.others(common.identifiers, than: identifier) {
            if code.scheme == "variant-group" {
                course.variantGroup = code.code
            } else if XCRICodes.isRegister(code.scheme) {
                course.codes.append(code)
            } else {
                course.aliases.append(code)
            }
        }
        course.summary = common.summary
        course.description = common.description
        course.sections = common.sections.all
        course.prerequisites = common.prerequisites
        course.requiredLevels = common.requiredLevels
        course.subjects = common.subjects.subjects
        course.keywords = common.subjects.keywords
        course.skills = common.subjects.skills
        course.url = common.url
        course.image = common.image
        course.contacts = common.contacts
        course.expires = common.expires
        course.studyLoad = common.studyLoad
        course.studyLoad.credits = credits
        course.level = courseLevel(surroundings.framework, &log)
        course.qualifications = qualifications.map { qualification in
            var own = qualification
            if own.level == course.level { own.level = nil }
            return own
        }
        return course
    }

    /// The level that the course states, else that of its first qualification.
    private func courseLevel(_ framework: LevelFramework?, _ log: inout DiagnosticLog) -> Level? {
        let own = levels.compactMap { memory.level($0, framework: framework) }
        if let level = own.first(where: { $0.eqf != nil }) ?? own.first {
            if level.eqf == nil { _ = self.level(level.nationalName ?? "", framework, node, &log) }
            return level
        }
        return qualifications.lazy.compactMap(\.level).first
    }
}

extension XCRICourse {
    /// Finds presentations that stand deeper in the course than they should.
    mutating func findPresentations(in fragment: XMLFragment) {
        places = fragment.positions(of: XCRIName.presentation.rawValue).map { SourcePosition($0) }
        if places.count != presentations.count {
            presentations = Self.presentations(in: fragment)
        }
    }

    /// Where a presentation stands.
    func place(of index: Int) -> SourcePosition { places[index] }

    /// The presentations at any depth of a course.
    static func presentations(in fragment: XMLFragment) -> [XMLNode] {
        var found: [XMLNode] = []
        collect(fragment.root, into: &found)
        return found
    }

    private static func collect(_ node: XMLNode, into found: inout [XMLNode]) {
        for child in node.children {
            if XCRIName(child) == .presentation { found.append(child) }
            collect(child, into: &found)
        }
    }
}
