import CourseModel

/// A joint module made of its parts: one course with several owners.
///
/// What its definition does not say comes from the parts: the highest level, the hours and credits
/// together, all skills, subjects and languages, the ways to pay that every part accepts. An occasion to
/// take it begins with its first part and ends with its last; it costs what the parts cost together.
struct JointCourse {
    /// A part with who teaches it.
    struct Part {
        var record: CourseRecord
        var provider: Provider?

        /// Where an offering is given: at its provider's address when it does not say.
        func places(of offering: Offering) -> [TeachingPlace] {
            guard offering.places.isEmpty else { return offering.places }
            return offering.venues(usual: provider?.location).map(TeachingPlace.venue)
        }
    }

    /// The course with its offerings.
    private(set) var record: CourseRecord
    /// Occasions that cannot be taken.
    private(set) var quarantined: [QuarantinedRecord] = []
    /// What is doubtful.
    private(set) var diagnostics: [Diagnostic] = []

    private let module: JointModule
    private let parts: [Part]

    /// Puts a module together.
    ///
    /// - Parameters:
    ///   - parts: Its parts, in order, each of which is offered.
    ///   - provider: The owners together.
    ///   - original: The definition as it stands in its file.
    /// - Returns: `nil` when it has no title.
    init?(_ module: JointModule, parts: [Part], provider: ID<Provider>, original: [UInt8]) {
        self.module = module
        self.parts = parts
        let provenance = Provenance(
            source: JointModule.source, format: JointModule.source.value, file: module.file,
            position: module.line.map { SourcePosition(line: $0, column: 1, byteOffset: 0) })
        guard
            let course = Self.course(module, parts, provider, provenance),
            let bare = CourseRecord(course: course, offerings: [])
        else { return nil }
        record = bare
        var offerings: [Offering] = []
        if module.occasions.isEmpty {
            offerings = chains().map { offering($0, id: nil, price: nil, course) }
            if offerings.isEmpty {
                diagnostics.append(
                    diagnostic(
                        .warning, .jointDatesClash,
                        "there is no way to take its parts one after the other; wait for new dates, "
                            + "or say order = \"any\" when they may be taken together"))
            }
        }
        for occasion in module.occasions {
            switch chosen(occasion) {
            case .success(let chosen):
                offerings.append(
                    offering(chosen, id: occasion.id, price: occasion.price, course))
            case .failure(let fault):
                quarantined.append(
                    QuarantinedRecord(
                        kind: .offering, nativeID: occasion.id, file: module.file,
                        position: provenance.position, original: original,
                        reasons: [diagnostic(.error, fault.code, fault.message)],
                        count: RecordCount(offerings: 1)))
            }
        }
        guard let whole = CourseRecord(course: course, offerings: offerings) else { return nil }
        record = whole
    }

    private struct Fault: Error {
        var code: DiagnosticCode
        var message: String
    }

    private func diagnostic(
        _ severity: Diagnostic.Severity, _ code: DiagnosticCode, _ message: String
    ) -> Diagnostic {
        Diagnostic(
            severity, code, file: module.file,
            position: module.line.map { SourcePosition(line: $0, column: 1, byteOffset: 0) },
            record: module.id, field: "parts", message: message)
    }

    // MARK: The course

    private static func course(
        _ module: JointModule, _ parts: [Part], _ provider: ID<Provider>, _ provenance: Provenance
    ) -> Course? {
        guard
            var course = Course(
                id: module.course, nativeID: module.id, provider: provider, kind: module.kind,
                title: module.title, provenance: provenance)
        else { return nil }
        let courses = parts.map(\.record.course)
        course.summary = module.summary
        course.url = module.url
        course.level =
            module.level.map { Level(stated: $0) }
            ?? courses.compactMap(\.level).filter { $0.eqf != nil }
            .max { ($0.eqf ?? 0) < ($1.eqf ?? 0) }
        course.requiredLevels = courses[0].requiredLevels
        course.prerequisites = courses[0].prerequisites
        course.studyLoad = StudyLoad(
            hours: Self.sum(courses.map(\.studyLoad.hours)),
            contactHours: Self.sum(courses.map(\.studyLoad.contactHours)),
            credits: Self.sum(courses.map(\.studyLoad.ects)).map {
                [StudyLoad.Credit(system: "ECTS", value: $0)]
            } ?? [])
        course.qualifications = Self.union(courses.map(\.qualifications))
        course.subjects = Self.union(courses.map(\.subjects))
        course.skills = Self.union(courses.map(\.skills))
        course.languages = Self.union(courses.map(\.languages))
        course.audiences = courses.reduce(into: []) { $0.formUnion($1.audiences) }
        course.modes = courses.reduce(into: []) { $0.formUnion($1.modes) }
        course.studyModes = courses.reduce(into: []) { $0.formUnion($1.studyModes) }
        course.funding = courses[0].funding.filter { scheme in
            courses.allSatisfy { $0.funding.contains(scheme) }
        }
        for wording in courses.flatMap(\.keywords.wordings) { course.keywords.append(wording) }
        course.contacts = Self.union(courses.map(\.contacts))
        course.expires = courses.compactMap(\.expires).min()
        course.sections = [curriculum(parts)]
        return course
    }

    /// The parts in words, which searches find the module by, too.
    private static func curriculum(_ parts: [Part]) -> TextSection {
        func list(_ language: LanguageTag) -> RichText {
            RichText([
                .list(
                    ordered: true,
                    items: parts.map { part in
                        let course = part.record.course
                        let title = course.title.text(in: [language]) ?? course.nativeID
                        let name = part.provider?.name.text(in: [language])
                        let head = RichText.Span(
                            title + (name.map { " (\($0))" } ?? ""), style: .strong)
                        guard let text = course.summary.text(in: [language]) else { return [head] }
                        return [head, RichText.Span(": " + text)]
                    })
            ])
        }
        let text = LocalizedRichText([
            .init(language: .dutch, text: list(.dutch)),
            .init(language: .english, text: list(.english)),
        ])
        return TextSection(
            theme: "curriculum",
            heading: LocalizedText([
                .init(language: .dutch, text: "Onderdelen"),
                .init(language: .english, text: "Parts"),
            ]), text: text)
    }

    /// The sum; `nil` when one is not known.
    private static func sum(_ values: [FixedDecimal?]) -> FixedDecimal? {
        let known = values.compactMap { $0 }
        return known.count == values.count ? known.reduce(.zero, +) : nil
    }

    private static func union<Value: Hashable>(_ lists: [[Value]]) -> [Value] {
        var seen: Set<Value> = []
        return lists.joined().filter { seen.insert($0).inserted }
    }

    // MARK: Occasions

    /// The offerings that an occasion names.
    private func chosen(_ occasion: JointModule.Occasion) -> Result<[Offering], Fault> {
        var chosen: [Offering] = []
        for (part, id) in zip(parts, occasion.parts) {
            guard let offering = part.record.offerings.first(where: { $0.id == id }) else {
                return .failure(
                    Fault(
                        code: .jointPartMissing,
                        message:
                            "“\(occasion.id)” names the offering “\(id)”, which is not offered "
                            + "(any more); name another one of “\(part.record.course.id)”, or take "
                            + "this occasion out"))
            }
            chosen.append(offering)
        }
        if let clash = clash(chosen) {
            return .failure(
                Fault(
                    code: .jointDatesClash,
                    message: "“\(occasion.id)”: \(clash); choose other offerings, or take this "
                        + "occasion out"))
        }
        return .success(chosen)
    }

    /// Every way to take the parts one after the other that begins with another offering of the first:
    /// each following part as soon as can be, in the same town when it is given there.
    private func chains() -> [[Offering]] {
        let open = parts.map { part in
            part.record.offerings.filter {
                ![.full, .closed, .cancelled].contains($0.status)
            }.sorted { ($0.firstDay, $0.id) < ($1.firstDay, $1.id) }
        }
        return open[0].compactMap { first in
            var chain = [first]
            for offerings in open.dropFirst() {
                let fitting = offerings.filter { clash(chain + [$0]) == nil }
                let towns = chain[chain.count - 1].towns
                guard
                    let next = fitting.first(where: { !$0.towns.isDisjoint(with: towns) })
                        ?? fitting.first
                else { return nil }
                chain.append(next)
            }
            return chain
        }
    }

    /// Why offerings cannot be taken together; `nil` when they can.
    private func clash(_ offerings: [Offering]) -> String? {
        for (one, other) in zip(offerings, offerings.dropFirst()) where !module.isInAnyOrder {
            guard let begin = other.timing.start.date,
                let end = one.timing.end ?? one.timing.start.date
            else { continue }
            if begin < end || begin == one.timing.start.date {
                return "“\(other.id)” begins on \(begin.iso), before “\(one.id)” is over "
                    + "(\(end.iso))"
            }
        }
        for (place, one) in offerings.enumerated() {
            for other in offerings[(place + 1)...] {
                if let day = Self.meeting(one, other) {
                    return "“\(one.id)” and “\(other.id)” both meet on \(day.iso)"
                }
            }
        }
        return nil
    }

    /// A day on which both have a meeting at the same time.
    private static func meeting(_ one: Offering, _ other: Offering) -> CalendarDate? {
        for first in one.sessions {
            guard let day = first.date else { continue }
            for second in other.sessions where second.date == day {
                guard let begins = first.begins, let ends = first.ends,
                    let otherBegins = second.begins, let otherEnds = second.ends
                else { return day }
                if begins < otherEnds, otherBegins < ends { return day }
            }
        }
        return nil
    }

    private func offering(
        _ chosen: [Offering], id: String?, price: FixedDecimal?, _ course: Course
    ) -> Offering {
        let native = id ?? chosen.map(\.nativeID).joined(separator: "+")
        let starts = chosen.compactMap(\.timing.start.date)
        let ends = chosen.map { $0.timing.end ?? $0.timing.start.date }
        let last = ends.contains(nil) ? nil : ends.compactMap { $0 }.max()
        let start = module.isInAnyOrder ? starts.min().map(Start.on) : nil
        var whole = Offering(
            id: ID(course: course.id, native: native), nativeID: native, course: course.id,
            timing: Timing(start: start ?? chosen[0].timing.start, end: last)
                ?? Timing(start: chosen[0].timing.start),
            provenance: course.provenance)
        whole.enrolment = chosen[0].enrolment
        whole.applyURL = module.url == nil ? chosen[0].applyURL ?? chosen[0].url : nil
        whole.dayParts = chosen.reduce(into: []) { $0.formUnion($1.dayParts) }
        whole.sessions = chosen.flatMap(\.sessions)
        whole.hoursPerWeek = chosen.compactMap(\.hoursPerWeek).max()
        whole.places = Self.union(zip(parts, chosen).map { $0.places(of: $1) })
        whole.modes = zip(parts, chosen).reduce(into: []) { modes, part in
            modes.formUnion(part.1.modes.isEmpty ? part.0.record.course.modes : part.1.modes)
        }
        whole.studyModes = chosen.reduce(into: []) { $0.formUnion($1.studyModes) }
        whole.languages = Self.union(chosen.map(\.languages))
        whole.price =
            price.map { Price(total: Money($0, .euro), vat: .included(percentage: nil)) }
            ?? Self.price(chosen)
        whole.capacity = chosen.compactMap(\.capacity).min()
        whole.placesLeft = chosen.compactMap(\.placesLeft).min()
        whole.status = Self.status(chosen)
        return whole
    }

    /// What all cost together; `nil` when one has no price, or another currency, or VAT stands to one
    /// of them otherwise.
    private static func price(_ chosen: [Offering]) -> Price? {
        let prices = chosen.compactMap(\.price)
        guard let first = prices.first, prices.count == chosen.count,
            prices.allSatisfy({
                $0.total.currency == first.total.currency && $0.includesVAT == first.includesVAT
            })
        else { return nil }
        let isSame = prices.allSatisfy { $0.vat == first.vat }
        guard isSame || first.includesVAT == true else { return nil }
        return Price(
            total: Money(prices.map(\.total.amount).reduce(.zero, +), first.total.currency),
            vat: isSame ? first.vat : .included(percentage: nil))
    }

    private static func status(_ chosen: [Offering]) -> OfferingStatus {
        let order: [OfferingStatus] = [.cancelled, .closed, .full]
        for status in order where chosen.contains(where: { $0.status == status }) { return status }
        return chosen.allSatisfy { $0.status == .open } ? .open : .unstated
    }
}

extension Offering {
    /// Its first day for putting offerings in order; those without one come last.
    fileprivate var firstDay: Int32 { timing.start.date?.daysSince1970 ?? .max }

    /// The towns that it is given in.
    fileprivate var towns: Set<String> { Set(places.compactMap { $0.venue?.address.city }) }
}
