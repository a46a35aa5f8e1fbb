import CourseModel
import Settings

/// Reads a file of `curation/`; every fault names file, line and field.
struct CorrectionReader {
    private let configuration: CatalogConfiguration
    private let file: String

    /// - Parameter file: The name to use in faults, and to tell where a correction stands.
    init(_ configuration: CatalogConfiguration, file: String) {
        self.configuration = configuration
        self.file = file
    }

    /// The corrections of a file.
    ///
    /// - Throws: All faults of the file together.
    func corrections(toml text: String) throws(SettingsFaults) -> [Correction] {
        let table: SettingsTable
        do { table = try SettingsTable.read(toml: text, file: file) } catch {
            throw SettingsFaults([error])
        }
        let corrections = table.tables("correction").compactMap { correction($0) }
        let additions = table.tables("addition").compactMap { addition($0) }
        try table.finish()
        return corrections + additions
    }

    private func correction(_ entry: SettingsTable) -> Correction? {
        let subject = subject(of: entry)
        let changes = changes(of: entry, subject)
        if changes.isEmpty, !["set", "add", "remove", "clear"].contains(where: entry.has) {
            entry.missing(
                "set", "say what changes under [correction.set], .add or .remove, or in clear")
        }
        return correction(entry, subject, changes)
    }

    /// An offering that the feed does not have.
    private func addition(_ entry: SettingsTable) -> Correction? {
        let fields = CuratedField<Offering>.all
        var subject: Correction.Subject?
        let course = entry.string("course")
        let name = entry.string("name")
        let isID = course?.contains(":") ?? true
        let isName = name.map { CatalogConfiguration.isSourceName($0) } ?? true
        if !isID {
            entry.fault("course", "“\(course ?? "")” is not an id; search and show print ids")
        }
        if !isName {
            entry.fault(
                "name",
                "“\(name ?? "")” is no name: use lower-case letters, digits and hyphens")
        }
        if let course, let name, isID, isName {
            subject = .addition(
                ID("\(course)#\(CuratedField<Offering>.additionMark)\(name)"), to: ID(course))
        }
        if course == nil {
            entry.missing("course", "give the id of the course that is also held so")
        }
        if name == nil {
            entry.missing("name", "give it a name of your own; it becomes part of its id")
        }
        var values: [String] = []
        if let table = entry.table("offering") {
            table.expect(fields.map(\.name))
            for field in fields where table.has(field.name) {
                values += self.values(of: field, in: table).map { "\(field.name)=\($0)" }
            }
            if !table.has("start") {
                table.missing("start", "say when it begins: a day, “rolling” or “on-request”")
            }
        } else {
            entry.missing("offering", "say when and where under [addition.offering]")
        }
        let change = Correction.Change(
            field: CuratedField<Offering>.additionName, language: nil, operation: .add,
            values: values, line: entry.line(of: "name") ?? 0)
        return correction(entry, subject, values.isEmpty ? [] : [change])
    }

    private func correction(
        _ entry: SettingsTable, _ subject: Correction.Subject?, _ changes: [Correction.Change]
    ) -> Correction? {
        let author = entry.string("author")
        let reason = entry.string("reason")
        let date = entry.parsed("date", expected: "a day such as 2026-11-24") {
            CalendarDate(iso: $0)
        }
        let until = entry.parsed("until", expected: "a day such as 2027-12-31") {
            CalendarDate(iso: $0)
        }
        let partner = partner("partner", of: entry)
        if author == nil { entry.missing("author", "say who corrects this") }
        if reason?.trimmingSpaces().isEmpty ?? true {
            entry.missing("reason", "say why, for whoever has to judge it later")
        }
        if !entry.has("date") {
            entry.missing(
                "date",
                "give the day on which you wrote this: what the feed said then "
                    + "is what is corrected")
        }
        if let date, let until, until < date {
            entry.fault("until", "\(until) lies before its date, \(date)")
        }
        if let author, let partner { check(author, of: partner, "author", in: entry) }
        let approvals = entry.tables("approval").compactMap { approval($0) }
        guard let subject, let author, let reason, let date, let partner, !changes.isEmpty else {
            return nil
        }
        return Correction(
            subject: subject, author: author, partner: partner.id,
            reason: String(reason.trimmingSpaces()), date: date, until: until,
            approvals: approvals, changes: changes, file: file)
    }

    private func subject(of entry: SettingsTable) -> Correction.Subject? {
        let named = ["course", "offering", "provider"].filter(entry.has)
        guard named.count < 2 else {
            entry.fault(named[1], "stands beside \(named[0]); a correction is about one of them")
            return nil
        }
        if let course = entry.string("course") {
            guard course.contains(":") else {
                entry.fault("course", "“\(course)” is not an id; search and show print ids")
                return nil
            }
            return .course(ID(course))
        }
        if let offering = entry.string("offering") {
            // An offering's id is its course's, a hash and its own name.
            guard let mark = offering.lastIndex(of: "#"), offering.contains(":") else {
                entry.fault(
                    "offering",
                    "“\(offering)” is not an offering's id, which has a “#”; "
                        + "show prints ids")
                return nil
            }
            return .offering(ID(offering), of: ID(String(offering[..<mark])))
        }
        if let provider = entry.string("provider") {
            guard provider.contains(":") else {
                entry.fault(
                    "provider", "“\(provider)” is not a provider's id; show --format json prints it"
                )
                return nil
            }
            return .provider(ID(provider))
        }
        if named.isEmpty {
            entry.missing(
                "course", "give the id of a course, or of an offering or provider as such")
        }
        return nil
    }

    private func partner(_ field: String, of entry: SettingsTable) -> Partner? {
        guard let id = entry.string(field) else {
            entry.missing(field, "say for which partner of catalog.toml")
            return nil
        }
        let known = configuration.partners
        if let partner = known.first(where: { $0.id.value == id }) { return partner }
        entry.fault(field, "“\(id)” is not a partner of catalog.toml" + hint(id))
        return nil
    }

    private func hint(_ id: String) -> String {
        nearest(to: id, among: configuration.partners.map(\.id.value))
            .map { "; did you mean “\($0)”?" } ?? ""
    }

    private func check(
        _ person: String, of partner: Partner, _ field: String, in entry: SettingsTable
    ) {
        guard !partner.people.isEmpty, !partner.people.contains(person) else { return }
        let meant = nearest(to: person, among: partner.people)
        entry.fault(
            field,
            "“\(person)” is not among the people of \(partner.id) in catalog.toml"
                + (meant.map { "; did you mean “\($0)”?" }
                    ?? ": \(partner.people.joined(separator: ", "))"))
    }

    private func approval(_ entry: SettingsTable) -> Correction.Approval? {
        let person = entry.string("person")
        let partner = partner("partner", of: entry)
        let date = entry.parsed("date", expected: "a day such as 2026-11-24") {
            CalendarDate(iso: $0)
        }
        if person == nil { entry.missing("person", "say who approved") }
        guard let person, let partner else { return nil }
        check(person, of: partner, "person", in: entry)
        return Correction.Approval(person: person, partner: partner.id, date: date)
    }

    // MARK: Fields

    private func changes(
        of entry: SettingsTable, _ subject: Correction.Subject?
    ) -> [Correction.Change] {
        switch subject {
        case .offering, .addition:
            changes(of: entry, CuratedField<Offering>.all, what: "an offering")
        case .provider: changes(of: entry, CuratedField<Provider>.all, what: "a provider")
        case .course: changes(of: entry, CuratedField<Course>.all, what: "a course")
        case nil where entry.has("provider"):
            changes(of: entry, CuratedField<Provider>.all, what: "a provider")
        case nil where entry.has("offering"):
            changes(of: entry, CuratedField<Offering>.all, what: "an offering")
        case nil: changes(of: entry, CuratedField<Course>.all, what: "a course")
        }
    }

    private func changes<Record>(
        of entry: SettingsTable, _ fields: [CuratedField<Record>], what: String
    ) -> [Correction.Change] {
        var changes: [Correction.Change] = []
        if let table = entry.table("set") {
            table.expect(fields.map(\.name))
            for field in fields where table.has(field.name) {
                changes += set(field, in: table)
            }
        }
        for operation in [Correction.Operation.add, .remove] {
            guard let table = entry.table(operation.rawValue) else { continue }
            table.expect(fields.map(\.name))
            for field in fields where table.has(field.name) {
                guard field.shape == .list else {
                    table.fault(
                        field.name, "has one value; say what it is under [correction.set]")
                    continue
                }
                let values = values(of: field, in: table)
                guard !values.isEmpty else { continue }
                changes.append(
                    Correction.Change(
                        field: field.name, language: nil, operation: operation, values: values,
                        line: table.line(of: field.name) ?? 0))
            }
        }
        for name in entry.strings("clear") {
            guard let field = fields.first(where: { $0.name == name && $0.shape != .byLanguage })
            else {
                entry.fault("clear", unknown(name, fields.map(\.name), what))
                continue
            }
            guard field.canBeEmpty else {
                entry.fault("clear", "“\(name)” cannot be empty; set it to what it should be")
                continue
            }
            changes.append(
                Correction.Change(
                    field: name, language: nil, operation: .set, values: [],
                    line: entry.line(of: "clear") ?? 0))
        }
        return changes
    }

    private func set<Record>(
        _ field: CuratedField<Record>, in table: SettingsTable
    ) -> [Correction.Change] {
        let line = table.line(of: field.name) ?? 0
        switch field.shape {
        case .byLanguage:
            return table.wordings(field.name).compactMap { language, text in
                guard let value = field.canonical(text) else {
                    table.fault(field.name, "is empty in \(language); give a text")
                    return nil
                }
                return Correction.Change(
                    field: field.name, language: language, operation: .set, values: [value],
                    line: line)
            }
        case .single:
            guard let text = table.text(field.name), let value = canonical(text, field, table)
            else { return [] }
            return [
                Correction.Change(
                    field: field.name, language: nil, operation: .set, values: [value], line: line)
            ]
        case .list:
            guard field.name != CuratedField<Course>.ownersName else {
                table.fault(
                    field.name,
                    "can only be added to: its own partner stays one of its owners; "
                        + "write it under [correction.add]")
                return []
            }
            let values = values(of: field, in: table)
            guard !values.isEmpty else { return [] }
            return [
                Correction.Change(
                    field: field.name, language: nil, operation: .set, values: values, line: line)
            ]
        }
    }

    private func values<Record>(
        of field: CuratedField<Record>, in table: SettingsTable
    ) -> [String] {
        let texts = table.texts(field.name)
        if texts.isEmpty, table.has(field.name) {
            table.fault(field.name, "is empty; to say that there are none, name it in clear")
        }
        return texts.compactMap { canonical($0, field, table) }
    }

    private func canonical<Record>(
        _ text: String, _ field: CuratedField<Record>, _ table: SettingsTable
    ) -> String? {
        if field.name == CuratedField<Course>.ownersName {
            if configuration.partners.contains(where: { $0.id.value == text }) { return text }
            table.fault(field.name, "“\(text)” is not a partner of catalog.toml" + hint(text))
            return nil
        }
        if let value = field.canonical(text) { return value }
        if field.vocabulary.isEmpty {
            table.fault(field.name, "“\(text)” is not understood; expected \(field.expected)")
        } else {
            let meant = nearest(to: text, among: field.vocabulary)
            table.fault(
                field.name,
                "“\(text)” is not one of \(field.vocabulary.joined(separator: ", "))"
                    + (meant.map { "; did you mean “\($0)”?" } ?? ""))
        }
        return nil
    }

    private func unknown(_ name: String, _ names: [String], _ what: String) -> String {
        let meant = nearest(to: name, among: names)
        return "“\(name)” is not a field of \(what) that can be corrected"
            + (meant.map { "; did you mean “\($0)”?" }
                ?? "; there are \(names.joined(separator: ", "))")
    }
}
