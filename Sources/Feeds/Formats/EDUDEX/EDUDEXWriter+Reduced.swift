import CourseModel

extension EDUDEXWriter {
    /// What a reader of the format gets back of a record.
    ///
    /// This is also what is written: the record is reduced first, so what comes behind needs to
    /// know of nothing that EDU-DEX cannot hold.
    public static func reduced(_ record: CourseRecord) -> CourseRecord {
        let organisation = String(record.course.provider.native)
        let course = reduced(record.course, organisation: organisation, record: record)
        let weekly = sharedWeek(of: record)
        let offerings = record.offerings.map { reduced($0, of: course, weekly: weekly) }
        return CourseRecord(course: course, offerings: offerings) ?? record
    }

    /// What a reader of the format gets back of a provider.
    public static func reduced(_ provider: Provider) -> Provider {
        let native = String(provider.id.native)
        var held = Provider(
            id: ID(source: provider.provenance.source, native: native), nativeID: native,
            name: EDUDEXHeld.localized(provider.name, limit: 200),
            provenance: provider.provenance)
        if held.name.isEmpty { held.name = LocalizedText(native, language: .dutch) }
        held.description = LocalizedRichText(
            EDUDEXHeld.plainRich(provider.description).wordings.map {
                let plain = EDUDEXHeld.shortened(EDUDEXHeld.plainForm($0.text), 1200)
                return .init(language: $0.language, text: readHTML(plain).text)
            })
        held.url = provider.url.flatMap(cleanURL)
        held.image = EDUDEXHeld.image(provider.image)
        held.location = provider.location.map(EDUDEXHeld.venue).flatMap(instituteVenue)
        held.contacts = provider.contacts.compactMap { contact in
            // EDU-DEX requires an e-mail address here, and has no page.
            var contact = contact
            contact.url = nil
            return EDUDEXHeld.contact(contact).flatMap { $0.email == nil ? nil : $0 }
        }
        held.codes =
            provider.codes.first {
                $0.scheme == EDUDEXVocabulary.Scheme.kvk && EDUDEXHeld.isDigits($0.code, 8...8)
            }.map { [Code(scheme: $0.scheme, code: $0.code)] } ?? []
        for accreditation in provider.accreditations
        where EDUDEXCodes.instituteAccreditations.contains(accreditation)
            && !held.accreditations.contains(accreditation)
        {
            held.accreditations.append(accreditation)
        }
        return held
    }

    /// An institute's address has a street and a house number, and a country of a short list.
    private static func instituteVenue(_ venue: Venue) -> Venue? {
        var venue = venue
        // A Dutch postcode with its letters says the country where nobody does.
        let country =
            venue.address.country ?? (venue.address.dutchPostcode?.letters).map { _ in "NL" }
        if let country, EDUDEXCodes.instituteCountries.contains(country.lowercased()) {
            venue.address.country = country
        } else {
            // EDU-DEX requires a country, from its list; coordinates stand in an address only.
            venue.address = Address()
            venue.coordinates = nil
        }
        return venue == Venue() ? nil : venue
    }

    // MARK: Courses

    private static func reduced(
        _ course: Course, organisation: String, record: CourseRecord
    ) -> Course {
        typealias Scheme = EDUDEXVocabulary.Scheme
        let client = course.aliases.first {
            $0.scheme == Scheme.client && EDUDEXHeld.isOrganisationID($0.code)
        }
        let source = course.provenance.source
        let native = EDUDEXProgramme.native(
            organisation: organisation, program: course.nativeID, client: client?.code)
        let title = EDUDEXHeld.localized(course.title, limit: 200)
        guard
            var held = Course(
                id: ID(source: source, native: native), nativeID: course.nativeID,
                provider: ID(source: source, native: organisation), kind: course.kind,
                title: title.isEmpty ? LocalizedText(course.nativeID) : title,
                provenance: course.provenance)
        else { return course }
        if let uuid = course.aliases.first(where: { $0.scheme == Scheme.uuid && isUUID($0.code) }) {
            held.aliases.append(Code(scheme: Scheme.uuid, code: uuid.code))
        }
        if let client {
            let offer = client.label.wordings.map(\.text).first {
                EDUDEXCodes.clientOffers.contains($0)
            }
            held.aliases.append(
                Code(
                    scheme: Scheme.client, code: client.code, label: LocalizedText(offer ?? "")))
        }
        held.statedKind = course.statedKind.flatMap { $0.isEmpty ? nil : $0 }
        held.variantGroup = course.variantGroup.flatMap {
            $0.trimmingSpaces().isEmpty ? nil : String($0.trimmingSpaces())
        }
        held.summary = LocalizedText(
            course.summary.wordings.map {
                .init(
                    language: EDUDEXHeld.language($0.language),
                    text: EDUDEXHeld.line($0.text, limit: 1000))
            })
        held.description = EDUDEXHeld.rich(course.description, limit: 1200)
        held.sections = course.sections.compactMap { section in
            let held = TextSection(
                theme: subject(of: section.theme),
                heading: EDUDEXHeld.localized(section.heading, limit: 200),
                text: EDUDEXHeld.rich(section.text))
            return held.heading.isEmpty && held.text.isEmpty ? nil : held
        }
        held.keywords = EDUDEXHeld.localized(course.keywords, limit: 200)
        held.prerequisites = EDUDEXHeld.plainRich(course.prerequisites)
        held.level = course.level.flatMap { parseLevel(levelText($0)) }
        held.requiredLevels = course.requiredLevels.compactMap { parseLevel(levelText($0)) }
        held.studyLoad = StudyLoad(
            hours: EDUDEXHeld.hours(course.studyLoad.hours),
            hoursPerWeek: EDUDEXHeld.hours(course.studyLoad.hoursPerWeek),
            credits: course.studyLoad.credits.compactMap(credit))
        held.duration = EDUDEXHeld.duration(course.duration ?? sharedDuration(of: record))
        held.qualifications =
            course.qualifications.first.flatMap {
                EDUDEXVocabulary.qualification(
                    degree: EDUDEXVocabulary.degree(for: $0, level: course.level))
            }.map { [$0] } ?? []
        held.codes = codes(of: course)
        held.subjects = subjects(of: course)
        held.skills =
            course.skills.filter { EDUDEXSkill.ecfParts(of: $0) != nil }
            + course.skills.filter { EDUDEXSkill.governmentCode(of: $0) != nil }
        held.skills = held.skills.map { DeclaredSkill(id: $0.id) }
        held.modes = course.modes
        held.studyModes = course.studyModes
        let languages = course.languages.isEmpty ? sharedLanguages(of: record) : course.languages
        held.languages = languages.filter { $0.language.code.utf8.count == 2 }.map {
            LanguageShare(
                $0.language,
                percentage: $0.percentage.flatMap { (1...100).contains($0) ? $0 : nil })
        }
        held.funding = course.funding
        held.audiences = course.audiences == [.team] ? [.team] : []
        held.url = course.url.flatMap(cleanURL)
        held.image = EDUDEXHeld.image(course.image)
        held.contacts = course.contacts.compactMap(EDUDEXHeld.contact)
        held.expires = course.expires
        return held
    }

    /// The duration that all offerings share; a programme has one duration in EDU-DEX.
    private static func sharedDuration(of record: CourseRecord) -> CourseDuration? {
        guard let first = record.offerings.first?.duration,
            record.offerings.allSatisfy({ $0.duration == first })
        else { return nil }
        return first
    }

    /// The languages that all offerings share; EDU-DEX has them for a programme only.
    private static func sharedLanguages(of record: CourseRecord) -> [LanguageShare] {
        guard let first = record.offerings.first?.languages,
            record.offerings.allSatisfy({ $0.languages == first })
        else { return [] }
        return first
    }

    static func subject(of theme: String) -> String {
        EDUDEXCodes.subjects.contains(theme)
            ? theme : EDUDEXVocabulary.subjectOfTheme[theme] ?? "description"
    }

    private static func credit(_ credit: StudyLoad.Credit) -> StudyLoad.Credit? {
        let value = EDUDEXHeld.cents(credit.value)
        guard credit.system.isEmpty || EDUDEXCodes.creditSystems.contains(credit.system),
            value > .zero, value <= FixedDecimal(scaled: 4_200_000)
        else { return nil }
        return .init(system: credit.system, value: value)
    }

    /// The register entries that EDU-DEX has elements for, in the order in which they are read.
    private static func codes(of course: Course) -> [Code] {
        typealias Scheme = EDUDEXVocabulary.Scheme
        let all = course.codes + course.qualifications.flatMap(\.codes)
        func held(_ scheme: String, _ fits: (String) -> Bool) -> [Code] {
            var codes: [Code] = []
            for code in all where code.scheme == scheme && fits(code.code) {
                if !codes.contains(where: { $0.code == code.code }) {
                    codes.append(
                        Code(
                            scheme: scheme, code: code.code,
                            label: scheme == Scheme.crebo || scheme == Scheme.croho
                                ? EDUDEXHeld.localized(code.label, limit: 200) : LocalizedText()))
                }
            }
            return codes
        }
        let crebo = held(Scheme.crebo, isCrebo)
        let paths = held(Scheme.learningPath) { EDUDEXCodes.learningPaths.contains($0) }
        let nlqf = course.level?.nlqf == nil ? [] : held(Scheme.nlqf, isNLQFCode)
        return crebo + held(Scheme.croho) { EDUDEXHeld.isDigits($0, 5...5) } + nlqf
            + held(Scheme.rio, isRIO).prefix(1) + paths.prefix(crebo.count)
    }

    private static func isCrebo(_ text: String) -> Bool {
        let bytes = Array(text.utf8)
        return bytes.count == 5 && (65...90 ~= bytes[0] || 48...57 ~= bytes[0])
            && bytes[1...].allSatisfy { 48...57 ~= $0 }
    }

    private static func isRIO(_ text: String) -> Bool {
        let parts = text.split(separator: "O", omittingEmptySubsequences: false)
        return parts.count == 2 && parts.allSatisfy { EDUDEXHeld.isDigits(String($0), 4...4) }
    }

    private static func isNLQFCode(_ text: String) -> Bool {
        let parts = text.split(separator: "-", omittingEmptySubsequences: false)
        return parts.count == 2 && parts.allSatisfy { EDUDEXHeld.isDigits(String($0), 2...3) }
    }

    private static func isUUID(_ text: String) -> Bool {
        let parts = text.split(separator: "-", omittingEmptySubsequences: false)
        return parts.map(\.utf8.count) == [8, 4, 4, 4, 12]
            && parts.allSatisfy { $0.utf8.allSatisfy(isHexDigit) }
    }

    private static func isHexDigit(_ byte: UInt8) -> Bool {
        48...57 ~= byte || 65...70 ~= byte || 97...102 ~= byte
    }

    private static func subjects(of course: Course) -> [Code] {
        typealias Scheme = EDUDEXVocabulary.Scheme
        func held(_ scheme: String, _ fits: (String) -> Bool) -> [Code] {
            var codes: [Code] = []
            for code in course.subjects where code.scheme == scheme && fits(code.code) {
                let plain = Code(scheme: scheme, code: code.code)
                if !codes.contains(plain) { codes.append(plain) }
            }
            return codes
        }
        return held(Scheme.theme) { EDUDEXCodes.themes.contains($0) }
            + held(Scheme.sector) { EDUDEXCodes.sectors.contains($0) }
            + held(Scheme.sbi) { EDUDEXHeld.isDigits($0, 2...5) }.prefix(1)
            + held(Scheme.profession) { EDUDEXCodes.professions.contains($0) }
    }

    // MARK: Offerings

    /// The meetings by day of the week that hold for every offering without dated ones; EDU-DEX has
    /// these for a programme as a whole only.
    private static func sharedWeek(of record: CourseRecord) -> [Session] {
        let undated = record.offerings.map(\.sessions).filter { sessions in
            !sessions.contains { $0.date != nil }
        }
        guard let first = undated.first, undated.allSatisfy({ $0 == first }) else { return [] }
        guard record.offerings.count > 1 else { return first }
        return first.map { session in
            var session = session
            session.venue = nil
            return session
        }
    }

    private static func reduced(
        _ offering: Offering, of course: Course, weekly: [Session]
    ) -> Offering {
        var held = Offering(
            id: ID(course: course.id, native: offering.nativeID), nativeID: offering.nativeID,
            course: course.id, timing: reduced(offering.timing), provenance: offering.provenance)
        held.enrolment = offering.enrolment?.closes.flatMap { EnrolmentWindow(closes: $0) }
        held.dayParts = offering.dayParts
        let dated = offering.sessions.filter { $0.date != nil }
        held.places = []
        for place in offering.places {
            guard let venue = place.venue else { continue }
            if let place = EDUDEXPlace.place(EDUDEXHeld.venue(venue)), place.venue != nil {
                EDUDEXPlace.add(place, to: &held.places)
            }
        }
        let isOnline = offering.places.contains { place in
            place == .online
                || place.venue.flatMap { EDUDEXPlace.place(EDUDEXHeld.venue($0)) } == .online
        }
        held.sessions = (dated.isEmpty ? weekly : dated).compactMap {
            reduced($0, at: held.places.first)
        }
        let isElsewhere = isOnline && held.places.isEmpty
        for case let venue? in held.sessions.map(\.venue) where !isElsewhere {
            let place = TeachingPlace.venue(venue)
            if !held.places.contains(where: { $0.venue != nil })
                || held.places.contains(where: { EDUDEXPlace.isSame($0, place) })
            {
                EDUDEXPlace.add(place, to: &held.places)
            }
        }
        if isOnline { held.places.append(.online) }
        if offering.places.contains(.workplace) { held.places.append(.workplace) }
        held.modes = offering.modes
        held.studyModes = offering.studyModes
        held.price = offering.price.map { reduced($0, duration: course.duration) }
        held.capacity = offering.capacity.flatMap { (1..<1_000_000).contains($0) ? $0 : nil }
        held.minimumParticipants = offering.minimumParticipants.flatMap {
            (1..<1_000_000).contains($0) ? $0 : nil
        }
        held.status = offering.status
        return held
    }

    private static func reduced(_ timing: Timing) -> Timing {
        guard case .unstated(let raw?) = timing.start, raw.isEmpty else { return timing }
        return Timing(
            start: .unstated(raw: nil), startIsFinal: timing.startIsFinal, end: timing.end)
            ?? timing
    }

    private static func reduced(_ session: Session, at place: TeachingPlace?) -> Session? {
        var held = session
        if session.date != nil { held.weekday = nil }
        held.name = EDUDEXHeld.localized(session.name, limit: 200)
        held.venue = session.venue.map(EDUDEXHeld.venue).flatMap {
            EDUDEXPlace.place($0)?.venue
        }
        if let venue = held.venue, let place, EDUDEXPlace.isSame(.venue(venue), place) {
            held.venue = nil
        }
        return held == Session() ? nil : held
    }

    /// A price as it is read back: computed from its costs where these make it up, else stated.
    private static func reduced(_ price: Price, duration: CourseDuration?) -> Price {
        let costs = price.costs.map(EDUDEXHeld.cost)
        if let computed = computed(costs, duration), computed.total == price.total,
            computed.vat == price.vat
        {
            return computed
        }
        return Price(total: price.total, vat: price.vat, costs: costs)
    }

    /// The price that a reader computes from costs, on any day; `nil` when that depends on the day.
    static func computed(_ costs: [Cost], _ duration: CourseDuration?) -> Price? {
        guard !costs.contains(where: { $0.validFrom != nil || $0.validUntil != nil }) else {
            return nil
        }
        return EDUDEXPrice.price(
            of: costs, duration: duration, today: CalendarDate(daysSince1970: 0)
        ).price
    }
}
