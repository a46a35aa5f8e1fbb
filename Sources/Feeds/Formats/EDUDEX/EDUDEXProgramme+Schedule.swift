import CourseModel
import XMLStream

extension EDUDEXProgramme {
    /// A run that cannot be told from an earlier one.
    struct RepeatedRun {
        var node: XMLNode
        var nativeID: String
        var reason: Diagnostic
    }

    /// Reads the offerings.
    ///
    /// Costs and places come from the most specific level that has them: the run, else its modules
    /// and course days, else what holds for every run.
    mutating func offerings(of course: Course) -> (accepted: [Offering], repeated: [RepeatedRun]) {
        if isGenericOnly { return ([genericOffering(of: course)], []) }
        var accepted: [Offering] = []
        var repeated: [RepeatedRun] = []
        var known: [String: Int] = [:]
        let generic = level(genericRun, isGeneric: true, facts: EDUDEXFacts())
        for run in runs {
            var offering = offering(run, of: course, generic: generic)
            if let first = known[offering.nativeID] {
                let native = offering.nativeID
                if isSame(offering, accepted[first]) {
                    let count = issues.entries.count
                    issues.add(
                        .error, .duplicateID, at: run, field: "id",
                        "The run “\(native)” stands here a second time, with nothing that differs. "
                            + "Leave it out.")
                    repeated.append(
                        RepeatedRun(node: run, nativeID: native, reason: issues.entries[count]))
                    continue
                }
                rename(&offering, known)
                issues.add(
                    .warning, .duplicateID, at: run, field: "id",
                    "The run id “\(native)” is used a second time for another run, which is kept "
                        + "as “\(offering.nativeID)”. Give every run an id of its own.")
            }
            known[offering.nativeID] = accepted.count
            accepted.append(offering)
        }
        checkTuitionFee(accepted)
        return (accepted, repeated)
    }

    private func isSame(_ first: Offering, _ second: Offering) -> Bool {
        var second = second
        second.provenance = first.provenance
        return first == second
    }

    /// Tells a run whose id is taken from the first by its start, else by a number.
    private func rename(_ offering: inout Offering, _ known: [String: Int]) {
        var native = offering.nativeID
        if let start = offering.timing.start.date { native += "/\(start)" }
        var number = 2
        while known[native] != nil {
            native = "\(offering.nativeID)/\(number)"
            number += 1
        }
        offering.nativeID = native
        offering.id = ID(course: offering.course, native: native)
    }

    // MARK: Levels

    /// What one level of the schedule says of costs, places and meetings.
    private struct Level {
        var costs: [Cost] = []
        var places: [TeachingPlace] = []
        var sessions: [Session] = []
        var dayParts: Set<DayPart> = []
    }

    private mutating func level(_ node: XMLNode?, isGeneric: Bool, facts: EDUDEXFacts) -> Level {
        guard let node else { return Level() }
        var level = Level()
        let own = node.first("location").flatMap { place($0) }
        if let own { level.places = [own] }
        level.costs = costs(Array(node.all("cost")), facts: facts)
        var deeper: [Cost] = []
        var sessions: [Session] = []
        var meetings: [TeachingPlace] = []
        for module in Array(node.all(isGeneric ? "genericModule" : "module")) {
            let name = EDUDEXText.localized(Array(module.all("name")), &issues)
            let place = module.first("location").flatMap { self.place($0) }
            if let place { EDUDEXPlace.add(place, to: &level.places) }
            let costs = costs(Array(module.all("cost")))
            deeper += costs
            for day in Array(module.all("courseDay")) {
                let venue = day.first("location").flatMap { self.place($0) }
                if let venue { meetings.append(venue) }
                sessions.append(session(day, name: name, place: venue ?? place, level: own))
                if costs.isEmpty { deeper += self.costs(Array(day.all("cost"))) }
            }
        }
        var days: [Session] = []
        for day in Array(node.all("courseDay")) {
            let venue = day.first("location").flatMap { self.place($0) }
            if let venue { meetings.append(venue) }
            days.append(session(day, name: LocalizedText(), place: venue, level: own))
            deeper += costs(Array(day.all("cost")))
        }
        let isPlaced = level.places.contains { $0.venue != nil }
        for place in meetings
        where !isPlaced || level.places.contains(where: { EDUDEXPlace.isSame($0, place) }) {
            EDUDEXPlace.add(place, to: &level.places)
        }
        level.sessions = (days + sessions).filter { $0 != Session() }
        if level.costs.isEmpty { level.costs = deeper }
        for part in node.all("contactHoursPartOfDay") {
            guard let code = EDUDEXText.value(part) else { continue }
            guard let known = EDUDEXVocabulary.dayParts.first(where: { $0.code == code }) else {
                issues.add(
                    .warning, .codeUnknown, at: part,
                    "“\(code)” is no part of the day. Its codes are morning, afternoon, day, "
                        + "evening, night, weekend.")
                continue
            }
            level.dayParts.insert(known.part)
        }
        return level
    }

    private mutating func session(
        _ day: XMLNode, name: LocalizedText, place: TeachingPlace?, level: TeachingPlace?
    ) -> Session {
        let isElsewhere = place.map { place in
            level.map { !EDUDEXPlace.isSame(place, $0) } ?? true
        }
        let own = EDUDEXText.localized(Array(day.all("name")), &issues)
        return Session(
            date: day.first("date").flatMap { date($0) },
            weekday: EDUDEXText.value(day.first("dayOfTheWeek")).flatMap {
                Weekday(rawValue: $0.lowercased())
            },
            begins: time(day.first("startTime")), ends: time(day.first("endTime")),
            venue: isElsewhere == true ? place?.venue : nil, name: own.isEmpty ? name : own)
    }

    private mutating func time(_ node: XMLNode?) -> TimeOfDay? {
        guard let node, let text = EDUDEXText.value(node) else { return nil }
        if let time = TimeOfDay(iso: text) { return time }
        issues.add(
            .warning, .timeUnreadable, at: node,
            "“\(text)” is no time of day; it was left out. Write it as 09:30:00.")
        return nil
    }

    // MARK: Offerings

    private mutating func offering(
        _ run: XMLNode, of course: Course, generic: Level
    ) -> Offering {
        let facts = EDUDEXFacts(run.first("programRunFree"))
        let own = level(run, isGeneric: false, facts: facts)
        let timing = timing(of: run, facts: facts)
        var native = facts[.runID] ?? EDUDEXText.value(run.first("id"))
        if native == nil {
            native = derivedID(timing.start, own.places)
            issues.add(
                .warning, .missingID, at: run, field: "id",
                "The run has no id; “\(native ?? "")” stands in. Add one that never changes.")
        }
        let id = native ?? "?"
        var offering = Offering(
            id: ID(course: course.id, native: id), nativeID: id, course: course.id, timing: timing,
            provenance: course.provenance)
        offering.enrolment = run.first("applicationDeadline").flatMap { date($0) }.flatMap {
            EnrolmentWindow(closes: $0)
        }
        offering.status = status(of: run, facts: facts)
        readForm(run, facts, &offering)
        readPlaces(run, own, generic, facts, &offering)
        offering.dayParts = own.dayParts.isEmpty ? generic.dayParts : own.dayParts
        offering.dayParts = facts.words(.dayPart) ?? offering.dayParts
        offering.sessions = own.sessions.isEmpty ? generic.sessions : own.sessions
        readParticipants(run, &offering)
        let costs = own.costs.isEmpty ? generic.costs : own.costs
        offering.price = price(
            of: costs, at: run, facts: facts, duration: course.duration)
        if EDUDEXText.value(run.first("openTo")) == "client only", let node = run.first("openTo") {
            issues.add(
                .note, .clientOnly, at: node,
                "The run “\(id)” is for the clients of the closed feed only.")
        }
        checkDates(run, offering)
        return offering
    }

    /// The one offering of a programme without runs.
    private mutating func genericOffering(of course: Course) -> Offering {
        let run = genericRun ?? schedule ?? node
        let facts = EDUDEXFacts(genericRun?.first("genericProgramRunFree"))
        let generic = level(genericRun, isGeneric: true, facts: facts)
        let id = facts[.runID] ?? "generic"
        let start: Start =
            switch startDetermination {
            case "direct start": .rolling
            case "agreed starting date": .onRequest
            default: statedStart(facts) ?? .unstated(raw: nil)
            }
        var offering = Offering(
            id: ID(course: course.id, native: id), nativeID: id, course: course.id,
            timing: Timing(start: start), provenance: course.provenance)
        let isOpen = boolean(admission?.first("applicationOpen"))
        offering.status =
            facts[.status].flatMap { .init(rawValue: $0) }
            ?? isOpen.map { $0 ? .open : .closed } ?? .unstated
        readForm(nil, facts, &offering)
        readPlaces(nil, Level(), generic, facts, &offering)
        offering.dayParts = generic.dayParts
        offering.sessions = generic.sessions
        if let admission { readParticipants(admission, &offering) }
        offering.price = price(
            of: generic.costs, at: run, facts: facts, duration: course.duration)
        checkTuitionFee([offering])
        return offering
    }

    private func derivedID(_ start: Start, _ places: [TeachingPlace]) -> String {
        let day = start.date?.iso ?? "run"
        let city = places.lazy.compactMap { $0.venue?.address.city }.first
        return city.map { "\(day) \($0)" } ?? day
    }

    private func statedStart(_ facts: EDUDEXFacts) -> Start? {
        guard let text = facts[.start] else { return nil }
        switch text {
        case "rolling": return .rolling
        case "on-request": return .onRequest
        case "unstated": return .unstated(raw: nil)
        default:
            return text.hasPrefix("unstated ") ? .unstated(raw: String(text.dropFirst(9))) : nil
        }
    }

    private mutating func timing(of run: XMLNode, facts: EDUDEXFacts) -> Timing {
        let startNode = run.first("startDate")
        var start = Start.unstated(raw: nil)
        if let stated = statedStart(facts) {
            start = stated
        } else if let startNode, let text = EDUDEXText.value(startNode) {
            start = date(startNode).map { .on($0) } ?? .unstated(raw: text)
        }
        var isFinal: Bool?
        if let startNode, !facts.isUnstated("startDate/@isFinal"),
            let text = startNode.attribute("isFinal")
        {
            isFinal = parseBoolean(text)
        }
        guard let endNode = run.first("endDate"), !facts.isUnstated("endDate"),
            let end = date(endNode)
        else { return Timing(start: start, startIsFinal: isFinal) ?? Timing(start: start) }
        if let timing = Timing(start: start, startIsFinal: isFinal, end: end) { return timing }
        issues.add(
            .warning, .endBeforeStart, at: endNode,
            "The run ends on \(end), before it starts on \(start.date?.iso ?? "?"); the end was "
                + "left out. Correct one of the two.")
        return Timing(start: start, startIsFinal: isFinal) ?? Timing(start: start)
    }

    private func status(of run: XMLNode, facts: EDUDEXFacts) -> OfferingStatus {
        if let stated = facts[.status].flatMap({ OfferingStatus(rawValue: $0) }) { return stated }
        switch EDUDEXText.value(run.first("status"))?.lowercased() {
        case "application opened", "opened", "open": return .open
        case "application closed", "closed": return .closed
        case "canceled", "cancelled": return .cancelled
        case "full": return .full
        default: return .unstated
        }
    }

    private mutating func readForm(
        _ run: XMLNode?, _ facts: EDUDEXFacts, _ offering: inout Offering
    ) {
        if let form = EDUDEXText.value(run?.first("programForm")) {
            offering.studyModes = Set(
                EDUDEXVocabulary.studyModes.filter { $0.form == form }.map(\.mode))
            offering.modes = Set(
                EDUDEXVocabulary.formModes.filter { $0.form == form }.map(\.mode))
        }
        offering.modes = facts.words(.mode) ?? offering.modes
        offering.studyModes = facts.words(.studyMode) ?? offering.studyModes
    }

    private mutating func readPlaces(
        _ run: XMLNode?, _ own: Level, _ generic: Level, _ facts: EDUDEXFacts,
        _ offering: inout Offering
    ) {
        let isOnline = isFullyOnline(run) ?? isFullyOnline(classification) ?? false
        if isOnline {
            offering.places = [.online]
            if let run, own.places.contains(where: { $0.venue != nil }),
                let node = run.first("location")
            {
                issues.add(
                    .warning, .onlineWithPlace, at: node,
                    "The run is fully online and has a location; the location was not used. Leave "
                        + "out one of the two.")
            }
        } else {
            offering.places = own.places.isEmpty ? generic.places : own.places
            if offering.places.isEmpty { offering.places = placesInWords() }
        }
        for place in facts.all(.place) {
            switch place {
            case "online": if !isOnline { offering.places.append(.online) }
            case "workplace": offering.places.append(.workplace)
            default: break
            }
        }
    }

    /// Whether any level of the schedule has a place of its own.
    private var hasStructuredPlace: Bool {
        guard let schedule else { return false }
        func has(_ node: XMLNode) -> Bool {
            if node.first("location") != nil || node.first("fullyOnline") != nil { return true }
            return node.children.contains { child in
                ["module", "genericModule", "courseDay"].contains(child.localName)
                    && child.first("location") != nil
            }
        }
        return schedule.children.contains(where: has)
    }

    /// The places of a programme whose schedule names none: `programLocation`, a line of text each.
    private mutating func placesInWords() -> [TeachingPlace] {
        guard !facts.isUnstated("programLocation"), !hasStructuredPlace else { return [] }
        var places: [TeachingPlace] = []
        for node in all("programLocation", in: classification) {
            guard let text = EDUDEXText.line(node.first("description") ?? node, &issues) else {
                continue
            }
            var place = TeachingPlace.online
            if !EDUDEXVocabulary.meansOnline(text) {
                // "Purmerend, campus De Tij": the town comes first.
                let town = text.prefix { !",(–/;".contains($0) }.trimmingSpaces()
                place = .venue(
                    Venue(
                        nativeID: node.attribute("id"), name: LocalizedText(text),
                        address: Address(city: town.isEmpty ? nil : String(town))))
                issues.add(
                    .note, .placeNotStructured, at: node,
                    "The place stands in programLocation only (“\(text)”). Give each run a location "
                        + "with city and zipcode.")
            }
            if !places.contains(place) { places.append(place) }
        }
        return places
    }

    /// A place; `nil` when the element says nothing.
    private mutating func place(_ node: XMLNode) -> TeachingPlace? {
        let name = EDUDEXText.localized(Array(node.all("locationName")), &issues)
        let address = Address(
            street: EDUDEXText.line(node.first("address"), &issues),
            postcode: EDUDEXText.value(node.first("zipcode")),
            city: EDUDEXText.line(node.first("city"), &issues),
            country: EDUDEXText.value(node.first("country"))?.uppercased())
        let venue = Venue(
            nativeID: EDUDEXText.value(node.first("id")), name: name, address: address,
            coordinates: EDUDEXCoordinates.parse(node.first("geoCode"), &issues))
        let place = EDUDEXPlace.place(venue)
        if place == .online {
            let words =
                [address.city, address.street].compactMap { $0 } + name.wordings.map(\.text)
            issues.add(
                .warning, .onlineAsPlace, at: node,
                "“\(words.first ?? "")” is no place; it was read as online. Leave the location out "
                    + "and set fullyOnline to true.")
        }
        return place
    }

    private mutating func readParticipants(_ group: XMLNode, _ offering: inout Offering) {
        func count(_ name: String) -> Int? {
            let node = group.first(name) ?? admission?.first(name)
            guard let node, let text = EDUDEXText.value(node) else { return nil }
            guard let number = Int(text), number >= 0, number < 1_000_000 else {
                issues.add(
                    .warning, .numberUnreadable, at: node,
                    "“\(text)” is no number of participants; it was left out.")
                return nil
            }
            return number == 0 ? nil : number
        }
        offering.capacity = count("maxNumberOfParticipants")
        offering.minimumParticipants = count("minNumberOfParticipants")
    }

    // MARK: Doubts

    private mutating func checkDates(_ run: XMLNode, _ offering: Offering) {
        guard offering.status == .open, let start = offering.timing.start.date else { return }
        let last = offering.timing.end ?? start
        if last < context.today {
            issues.add(
                .warning, .pastRunOpen, at: run.first("status") ?? run,
                "The run “\(offering.nativeID)” ended on \(last) but is open for application. Take "
                    + "it out, or close it.")
        } else if start < context.today {
            issues.add(
                .note, .startInPast, at: run.first("startDate") ?? run,
                "The run “\(offering.nativeID)” began on \(start) and is still open for "
                    + "application. Close it if nobody can join any more.")
        }
    }

    /// Tells a programme that customers skip for want of a tuition fee.
    private mutating func checkTuitionFee(_ offerings: [Offering]) {
        guard !offerings.isEmpty, !hasTuitionFee else { return }
        issues.add(
            .warning, .tuitionFeeMissing, at: genericRun ?? schedule ?? node, field: "cost",
            hasCosts
                ? "None of the costs is a tuition fee; customers skip such programmes. Add one, of "
                    + "0.00 when there is none."
                : "The programme has no price. Add a cost of the type tuition fee, or customers "
                    + "skip it.")
    }
}
