import CourseModel
import XMLStream

/// A formation's own words, and the course that they make.
struct LHEOFormation {
    let node: XMLNode
    /// Its sessions, each with its action; an action without a session is an occasion of its own.
    private(set) var occasions: [LHEOOccasion] = []
    private var actions: [XMLNode] = []
    /// Numbers that sessions of more than one action have.
    private var sharedNumbers: Set<String> = []

    init(_ node: XMLNode) {
        self.node = node
        collect(node, action: nil)
        var owners: [String: String?] = [:]
        for occasion in occasions {
            guard let number = occasion.session?.statedAttribute("numero") else { continue }
            let owner = occasion.action?.statedAttribute("numero")
            if let other = owners[number], other != owner { sharedNumbers.insert(number) }
            owners[number] = .some(owner)
        }
    }

    /// Sessions are taken wherever they stand, so that a misplaced one is not lost.
    private mutating func collect(_ node: XMLNode, action: XMLNode?) {
        for child in node.children {
            switch child.localName {
            case "session":
                occasions.append(LHEOOccasion(action: action, session: child))
            case "action":
                actions.append(child)
                let before = occasions.count
                collect(child, action: child)
                if occasions.count == before {
                    occasions.append(LHEOOccasion(action: child, session: nil))
                }
            default:
                collect(child, action: action)
            }
        }
    }

    /// The id that the feed gives, when it gives one.
    var number: String? { node.statedAttribute("numero") }

    /// The id made of organisation and title where the feed gives none.
    func derivedNumber(_ provider: Provider) -> String {
        StableHash.id("title", of: [provider.nativeID, node.line("intitule-formation")])
    }

    /// What an occasion is called: its session's number, behind that of its action where several
    /// actions count alike; made of action and start where the session has none.
    func number(of occasion: LHEOOccasion) -> String {
        guard let own = occasion.session?.statedAttribute("numero") else {
            return occasion.derivedNumber
        }
        guard sharedNumbers.contains(own), let action = occasion.action?.statedAttribute("numero")
        else { return own }
        return action + "/" + own
    }

    /// The course, or `nil` when it has no title.
    func course(
        _ native: String, provider: ID<Provider>, source: ID<Source>, _ log: inout DiagnosticLog
    ) -> Course? {
        guard let title = node.line("intitule-formation", without: LHEOWords.fillers) else {
            return nil
        }
        let language = node.first("intitule-formation")?.languageTag
        guard
            var course = Course(
                id: ID(source: source, native: native), nativeID: native, provider: provider,
                kind: kind, title: LocalizedText(title, language: language),
                provenance: Provenance(
                    source: source, format: LHEO.name, file: log.file,
                    position: SourcePosition(node.position),
                    lastEdited: node.statedAttribute("horodatage-modification")
                        ?? node.statedAttribute("datemaj")))
        else { return nil }
        course.statedKind = node.line("objectif-general-formation")
            .flatMap { LHEOWords.generalObjectives[$0] }
        takeTexts(&course, &log)
        takeLevels(&course, &log)
        course.qualifications = qualifications
        course.subjects = subjects
        for type in node.all("code-type-formation") {
            for (element, scheme) in [("code-CPF", "cpf"), ("code-ELU", "elu")] {
                guard let code = type.line(element, without: LHEOWords.fillers) else { continue }
                course.codes.append(Code(scheme: scheme, code: code))
            }
        }
        course.url = LHEOPlace.url(node.first("url-formation"), &log)
        course.contacts = contacts
        takeActions(&course, &log)
        return course
    }

    // MARK: Kind, level, subjects

    private var certifications: [XMLNode] { Array(node.all("certification")) }

    private func hasCode(_ name: String) -> Bool {
        certifications.contains { $0.line(name, without: LHEOWords.noCodes) != nil }
    }

    /// A formation that prepares for an entry of the national register of vocational qualifications
    /// (RNCP) ends in a diploma; one for the specific register (RS) in a certificate.
    private var kind: CourseKind {
        if node.line("identifiant-module") != nil { return .module }
        if hasCode("code-RNCP") { return .diplomaProgramme }
        if hasCode("code-RS") || node.line("certifiante") == "1" { return .certificate }
        return .course
    }

    private var qualifications: [Qualification] {
        var found: [Qualification] = []
        for certification in certifications {
            var codes: [Code] = []
            for (element, scheme) in LHEOWords.registers {
                guard let code = certification.line(element, without: LHEOWords.noCodes) else {
                    continue
                }
                codes.append(Code(scheme: scheme, code: code))
            }
            guard !codes.isEmpty else { continue }
            let schemes = Set(codes.map(\.scheme))
            let kind: Qualification.Kind =
                schemes.contains("rncp") ? .diploma : schemes.contains("rs") ? .certificate : .other
            let qualification = Qualification(kind: kind, codes: codes)
            if !found.contains(qualification) { found.append(qualification) }
        }
        guard found.isEmpty else { return found }
        switch node.line("certifiante") {
        case "1": return [Qualification(kind: .certificate)]
        case "0":
            let results = node.line("resultats-attendus")?.lowercased() ?? ""
            return [Qualification(kind: results.holds("attestation") ? .attendance : .none)]
        default: return []
        }
    }

    private func takeLevels(_ course: inout Course, _ log: inout DiagnosticLog) {
        course.level = level("code-niveau-sortie", &log)
        guard let entry = level("code-niveau-entree", &log) else { return }
        let demands = actions.compactMap {
            $0.line("niveau-entree-obligatoire").flatMap(parseBoolean)
        }
        if demands.isEmpty || demands.contains(true) {
            course.requiredLevels = [entry]
        } else if let name = entry.nationalName {
            // Advised, not asked for.
            course.sections.add("student profile", RichText(plain: name), language: nil)
        }
    }

    private func level(_ name: String, _ log: inout DiagnosticLog) -> Level? {
        guard let element = node.first(name), let code = element.line() else { return nil }
        if LHEOWords.noLevels.contains(code) { return nil }
        guard let (text, eqf) = LHEOWords.levels[code] else {
            log.add(
                .note, .levelUnknown, at: element, field: name,
                "The level \(quoted(code)) is not in LHEO's list; it was kept as it stands. "
                    + "Use a code of dict-niveaux.")
            return Level(derived: nil, nationalName: code)
        }
        return eqf.flatMap { Level(eqf: $0, nationalName: text, basis: .derived) }
            ?? Level(derived: nil, nationalName: text)
    }

    /// FORMACODE with the main one first, NSF, ROME.
    private var subjects: [Code] {
        guard let domain = node.first("domaine-formation") else { return [] }
        var codes: [Code] = []
        let formacodes = domain.all("code-FORMACODE")
        let main = formacodes.filter { $0.attribute("tag") == "principal" }
        let others = formacodes.filter { $0.attribute("tag") != "principal" }
        for (elements, scheme) in [
            (main + others, "formacode"), (Array(domain.all("code-NSF")), "nsf"),
            (Array(domain.all("code-ROME")), "rome"),
        ] {
            for element in elements {
                guard let text = element.line(without: LHEOWords.noCodes) else { continue }
                let code = Code(scheme: scheme, code: text)
                if !codes.contains(code) { codes.append(code) }
            }
        }
        return codes
    }

    // MARK: Texts and people

    private func takeTexts(_ course: inout Course, _ log: inout DiagnosticLog) {
        if let content = node.first("contenu-formation"),
            content.isStated(without: LHEOWords.fillers)
        {
            let text = readText(of: content, field: content.localName, into: &log)
            course.description.append(
                LocalizedRichText.Wording(language: content.languageTag, text: text))
        }
        for (element, theme) in [
            ("objectif-formation", "objectives"), ("resultats-attendus", "learningOutcome"),
        ] {
            course.sections.take(
                theme, node.first(element), without: LHEOWords.fillers, &log)
        }
    }

    private var contacts: [Contact] {
        var found: [Contact] = []
        func add(_ holder: XMLNode, role: String?) {
            guard let contact = LHEOPlace.contact(holder, role: role), !found.contains(contact)
            else { return }
            found.append(contact)
        }
        for holder in node.all("contact-formation") { add(holder, role: nil) }
        for occasion in occasions {
            for holder in occasion.session?.all("contact-session").map({ $0 }) ?? [] {
                add(holder, role: nil)
            }
        }
        for trainer in actions.flatMap({ Array($0.all("organisme-formateur")) }) {
            if let contact = LHEOPlace.trainer(trainer), !found.contains(contact) {
                found.append(contact)
            }
        }
        return found
    }

    // MARK: What actions say of the course

    private func takeActions(_ course: inout Course, _ log: inout DiagnosticLog) {
        for action in actions {
            course.studyLoad.fill(from: LHEOOccasion.studyLoad(action, &log))
            for scheme in LHEOOccasion.funding(action) where !course.funding.contains(scheme) {
                course.funding.append(scheme)
            }
            let conditions = action.first("conditions-specifiques")
            guard let conditions, conditions.isStated(without: LHEOWords.fillers) else {
                continue
            }
            let text = readText(of: conditions, field: conditions.localName, into: &log)
            let isKnown = course.prerequisites.wordings.contains { $0.text == text }
            if !isKnown { course.prerequisites.merge(text, language: conditions.languageTag) }
        }
        if course.codes.contains(where: { $0.scheme == "cpf" })
            || course.qualifications.contains(where: { $0.codes.contains { $0.scheme == "cpf" } })
        {
            course.funding.append("cpf")
        }
    }
}
