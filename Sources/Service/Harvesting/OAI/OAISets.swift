import Answers
import CourseModel
import Ingest
import Places
import Storage

/// The sets that can be harvested by themselves: where a course is given, for which sector of
/// business, and whose it is (OAI-PMH 2.0, section 2.6).
struct OAISets {
    /// A set.
    struct Entry {
        var spec: String
        var name: String
    }

    private enum Kind: String, CaseIterable {
        case region, sector, partner
    }

    let gazetteer: Gazetteer
    let configuration: CatalogConfiguration
    let owners: CourseOwners
    let language: AnswerLanguage

    init(_ catalogue: OpenCatalogue, _ shown: ShownCourses) {
        gazetteer = catalogue.gazetteer
        configuration = catalogue.workspace.configuration
        owners = CourseOwners(configuration, joint: catalogue.joint(), curation: shown.curation)
        language = catalogue.language
    }

    /// All sets, each kind behind the set of all its members.
    var entries: [Entry] {
        Kind.allCases.flatMap { kind in
            [Entry(spec: kind.rawValue, name: title(kind))]
                + members(kind).map { Entry(spec: "\(kind.rawValue):\($0.code)", name: $0.name) }
        }
    }

    private func title(_ kind: Kind) -> String {
        switch kind {
        case .region: language(nl: "Plaatsen in een regio", en: "Given in a region")
        case .sector: language(nl: "Voor een bedrijfssector", en: "For a sector of business")
        case .partner: language(nl: "Van een partner", en: "Of a partner")
        }
    }

    private func members(_ kind: Kind) -> [(code: String, name: String)] {
        switch kind {
        case .region: gazetteer.regions.map { ($0.code, $0.label) }
        case .sector: BusinessSector.all.map { ($0.code, language(nl: $0.dutch, en: $0.english)) }
        case .partner: configuration.partners.map { ($0.id.value, $0.name) }
        }
    }

    /// Whether there is such a set.
    func contains(_ spec: String) -> Bool {
        let parts = spec.split(separator: ":", maxSplits: 1)
        guard let kind = parts.first.flatMap({ Kind(rawValue: String($0)) }) else { return false }
        return parts.count == 1 || members(kind).contains { $0.code == parts[1] }
    }

    /// The one source that gives all of a set; `nil` when several may, or none in particular.
    func source(of spec: String?) -> ID<Source>? {
        guard let spec, spec.hasPrefix("partner:") else { return nil }
        let partner = ID<Partner>(String(spec.dropFirst(8)))
        let own = configuration.sources.filter { $0.partner == partner }
        return own.count == 1 && !owners.ownsMore(partner) ? own[0].id : nil
    }

    /// The sets that a course is in, without those that hold all members of a kind.
    ///
    /// - Parameter provider: Whose it is; an offering that says nothing of where it is given is given
    ///   at its address, as in the index.
    func specs(of record: CourseRecord, provider: Provider?) -> [String] {
        var specs: [String] = []
        func add(_ kind: Kind, _ code: String) {
            let spec = "\(kind.rawValue):\(code)"
            if !specs.contains(spec) { specs.append(spec) }
        }
        for venue in Set(record.offerings.flatMap { $0.venues(usual: provider?.location) }) {
            guard let areas = gazetteer.place(venue).areas else { continue }
            for kind in RegionKind.allCases { add(.region, gazetteer[areas[kind]].code) }
        }
        for code in record.course.subjects where code.scheme == BusinessSector.scheme {
            if BusinessSector.all.contains(where: { $0.code == code.code }) {
                add(.sector, code.code)
            }
        }
        for owner in owners.owners(of: record.course) { add(.partner, owner.value) }
        return specs.sorted()
    }

    /// Whether a course is in a set.
    static func holds(_ set: String, _ specs: [String]) -> Bool {
        specs.contains { $0 == set || $0.hasPrefix(set + ":") }
    }
}
