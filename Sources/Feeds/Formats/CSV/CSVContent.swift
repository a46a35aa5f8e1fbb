import CourseModel

/// What the rows of a table say, as provider, course and offering.
struct CSVContent {
    let mapping: CSVMapping
    let input: FeedInput

    func provider(_ row: CSVRow) -> Provider {
        let name = plain(.provider, row)
        let native = text(.providerID, row) ?? name.text() ?? "unstated"
        var provider = Provider(
            id: ID(source: input.source, native: native), nativeID: native,
            name: name.isEmpty
                ? LocalizedText(native == "unstated" ? input.source.value : native) : name,
            provenance: provenance(row))
        provider.url = text(.providerURL, row).flatMap(cleanURL)
        return provider
    }

    /// The course of its rows; what the first does not say is taken from a later one.
    func course(
        _ native: String, _ rows: [CSVRow], _ provider: ID<Provider>, _ log: inout DiagnosticLog
    ) -> Course? {
        guard let first = rows.first else { return nil }
        func row(_ field: CSVField) -> CSVRow {
            rows.first { mapping.value(field, $0) != nil } ?? first
        }
        guard
            var course = Course(
                id: ID(source: input.source, native: native), nativeID: native,
                provider: provider, kind: .course, title: plain(.title, row(.title)),
                provenance: provenance(first))
        else { return nil }
        if let kind = text(.kind, row(.kind)) {
            course.kind = CourseKind(rawValue: kind) ?? XCRIKind.kind(kind) ?? .course
            if CourseKind(rawValue: kind) == nil { course.statedKind = kind }
        }
        course.summary = plain(.summary, row(.summary))
        course.description = rich(.description, row(.description), &log)
        course.prerequisites = rich(.prerequisites, row(.prerequisites), &log)
        if let (level, position) = mapping.value(.level, row(.level)) {
            course.level = parseLevel(foldedSpaces(level))
            if course.level?.eqf == nil {
                log.add(
                    .note, .levelUnknown, place: position, field: "level",
                    "The level \(quoted(level)) is in no table; it was kept as it stands. "
                        + "Name a framework, such as “NLQF 4”.")
            }
        }
        let modes = self.modes([.modes, .studyModes], row(.modes), row(.studyModes), &log)
        course.modes = modes.delivery
        course.studyModes = modes.study
        course.audiences = Set(
            mapping.list(.audiences, row(.audiences)).compactMap { Audience(rawValue: $0) })
        for (text, language) in mapping.texts(.keywords, row(.keywords)) {
            for part in text.split(separator: mapping.listSeparator) {
                course.keywords.append(foldedSpaces(String(part)), language: language)
            }
        }
        course.subjects = mapping.list(.subjects, row(.subjects)).map { text in
            let (scheme, code) = XCRICodes.decoded(text, plain: "subject")
            return scheme == "subject"
                ? Code(
                    scheme: scheme, code: "", label: LocalizedText(code, language: mapping.language)
                )
                : Code(scheme: scheme, code: code)
        }
        course.languages = languages(row(.languages), &log)
        course.funding = mapping.list(.funding, row(.funding)).map { FundingScheme($0) }
        course.studyLoad.hours = number(.studyHours, row(.studyHours), &log)
        if let ects = number(.ects, row(.ects), &log) {
            course.studyLoad.credits = [StudyLoad.Credit(system: "ECTS", value: ects)]
        }
        course.url = url(.url, row(.url), &log)
        course.expires = date(.expires, row(.expires), &log)
        return course
    }

    func offeringID(_ row: CSVRow) -> String {
        if let id = text(.offeringID, row) { return id }
        let parts = [text(.start, row), text(.venue, row) ?? text(.city, row)].compactMap { $0 }
        return parts.isEmpty ? "offering" : parts.joined(separator: " ")
    }

    func offering(
        _ native: String, _ row: CSVRow, of course: Course, _ log: inout DiagnosticLog
    ) -> Offering {
        var offering = Offering(
            id: ID(course: course.id, native: native), nativeID: native, course: course.id,
            timing: .unstated, provenance: provenance(row))
        let title = plain(.offeringTitle, row)
        if title != course.title { offering.title = title }
        takeTime(row, &offering, &log)
        offering.applyURL = url(.applyURL, row, &log)
        if let (text, position) = mapping.value(.duration, row) {
            offering.duration = parseDuration(iso: foldedSpaces(text)) ?? parseDuration(text)
            if offering.duration == nil {
                log.add(
                    .note, .durationUnreadable, place: position, field: "duration",
                    "duration \(quoted(text)) cannot be read; it was left out. "
                        + "Write it as P10W or 10 weken.")
            }
        }
        offering.hoursPerWeek = number(.hoursPerWeek, row, &log)
        var modes = self.modes([.offeringModes, .offeringStudyModes], row, row, &log)
        for word in mapping.list(.dayParts, row) {
            if let part = DayPart(rawValue: word) {
                modes.dayParts.insert(part)
            } else {
                modes.dayParts.formUnion(XCRIModes(words: word).dayParts)
            }
        }
        offering.modes = modes.delivery
        offering.studyModes = modes.study
        offering.dayParts = modes.dayParts
        if let venue = venue(row, &log) { offering.places = [venue] }
        offering.price = price(row, &log)
        offering.capacity = count(.capacity, row, &log)
        offering.minimumParticipants = count(.minimumParticipants, row, &log)
        offering.placesLeft = count(.placesLeft, row, &log)
        offering.status =
            text(.status, row).flatMap { OfferingStatus(rawValue: $0.lowercased()) } ?? .unstated
        offering.age = text(.age, row)
        let url = url(.offeringURL, row, &log)
        if url != course.url { offering.url = url }
        return offering
    }

    private func takeTime(_ row: CSVRow, _ offering: inout Offering, _ log: inout DiagnosticLog) {
        var start = Start.unstated(raw: nil)
        if let text = text(.start, row) {
            if let date = parseDate(text)?.date {
                start = .on(date)
            } else {
                start = StartWords.start(text)
                offering.statedStart = StartWords.stated(text, for: start)
            }
        }
        let end = date(.end, row, &log)
        if let timing = Timing(start: start, end: end) {
            offering.timing = timing
        } else {
            log.add(
                .warning, .endBeforeStart, place: mapping.value(.end, row)?.position, field: "end",
                "The end \(end?.iso ?? "") lies before the start \(start.date?.iso ?? ""); the end "
                    + "was left out. Correct one of them.")
            offering.timing = Timing(start: start)
        }
        let opens = date(.enrolFrom, row, &log)
        let closes = date(.enrolUntil, row, &log)
        guard opens != nil || closes != nil else { return }
        offering.enrolment = EnrolmentWindow(opens: opens, closes: closes)
        guard offering.enrolment == nil else { return }
        log.add(
            .warning, .enrolmentReversed, place: mapping.value(.enrolUntil, row)?.position,
            field: "enrol_until",
            "Enrolment closes before it opens; the opening was left out. Correct one of them.")
        offering.enrolment = EnrolmentWindow(closes: closes)
    }

    private func venue(_ row: CSVRow, _ log: inout DiagnosticLog) -> TeachingPlace? {
        var venue = Venue(
            name: plain(.venue, row),
            address: Address(
                street: text(.street, row), postcode: text(.postcode, row), city: text(.city, row),
                other: mapping.value(.addressLines, row).map { lines in
                    lines.text.split(whereSeparator: \.isNewline).map {
                        foldedSpaces(String($0))
                    }.filter { !$0.isEmpty }
                } ?? []))
        if let (north, position) = mapping.value(.latitude, row), let east = text(.longitude, row) {
            if let latitude = parseCoordinate(north), let longitude = parseCoordinate(east),
                let point = Coordinates(latitude: latitude, longitude: longitude)
            {
                venue.coordinates = point
            } else {
                log.add(
                    .warning, .coordinatesUnreadable, place: position, field: "latitude",
                    "The coordinates \(quoted(north)), \(quoted(east)) are no place on earth; they "
                        + "were left out. Write degrees such as 52.03 and 5.17.")
            }
        }
        guard venue != Venue() else { return nil }
        venue.address.country = text(.country, row).flatMap { ISOCodes.country($0) }
        return CSVValues.place(venue)
    }

    /// `52.03` and `52,03`.
    private func parseCoordinate(_ text: String) -> Double? {
        Double(foldedSpaces(text).replacing(",", with: "."))
    }

    private func price(_ row: CSVRow, _ log: inout DiagnosticLog) -> Price? {
        guard let (written, position) = mapping.value(.price, row) else { return nil }
        let text = foldedSpaces(written)
        let parsed = parsePrice(text)
        guard let amount = parsed?.amount ?? parseAmount(text), amount >= .zero else {
            log.add(
                .warning, .priceNotANumber, place: position, field: "price",
                "The price is \(quoted(text)), in which no amount can be read; it was left out. "
                    + "Write it as 120.00 EUR.")
            return nil
        }
        guard
            let used = parsed?.currency
                ?? self.text(.currency, row).flatMap({ Currency($0) }) ?? mapping.currency
                ?? input.currency ?? (parsed?.isFree == true ? .euro : nil)
        else {
            log.add(
                .warning, .priceWithoutCurrency, place: position, field: "price",
                "The price \(quoted(text)) names no currency; it was left out. "
                    + "Write it as 120.00 EUR, or give the currency in the mapping.")
            return nil
        }
        let total = Money(amount, used)
        let vat = parsed?.vat ?? .unstated
        let plain = XCRIPrice.text(Price(total: total, vat: vat))
        return Price(
            total: total, vat: vat,
            statedAs: text == plain || parsed?.isPlain != false ? nil : text)
    }

    private func modes(
        _ fields: [CSVField], _ first: CSVRow, _ second: CSVRow, _ log: inout DiagnosticLog
    ) -> SchemaOrgModes {
        var modes = SchemaOrgModes()
        for (field, row) in zip(fields, [first, second]) {
            for word in mapping.list(field, row) {
                if modes.take(word: word) { continue }
                log.add(
                    .note, .codeUnknown, place: mapping.value(field, row)?.position,
                    field: field.rawValue,
                    "\(field.rawValue) \(quoted(word)) is in no vocabulary; it was left out. "
                        + "Map it in [values.\(field.rawValue)].")
            }
        }
        return modes
    }

    private func languages(_ row: CSVRow, _ log: inout DiagnosticLog) -> [LanguageShare] {
        var result: [LanguageShare] = []
        for word in mapping.list(.languages, row) {
            guard let tag = XCRILanguage.tag(word) else {
                log.add(
                    .note, .badLanguage, place: mapping.value(.languages, row)?.position,
                    field: "languages",
                    "languages \(quoted(word)) is no language code; it was left out. "
                        + "Use a code such as nl.")
                continue
            }
            if !result.contains(where: { $0.language == tag }) { result.append(LanguageShare(tag)) }
        }
        return result
    }

    // MARK: Fields

    private func text(_ field: CSVField, _ row: CSVRow) -> String? {
        mapping.value(field, row).flatMap { nonEmpty($0.text) }
    }

    private func plain(_ field: CSVField, _ row: CSVRow) -> LocalizedText {
        var result = LocalizedText()
        for (text, language) in mapping.texts(field, row) {
            if let line = plainLine(text) { result.append(line, language: language) }
        }
        return result
    }

    private func rich(
        _ field: CSVField, _ row: CSVRow, _ log: inout DiagnosticLog
    ) -> LocalizedRichText {
        var result = LocalizedRichText()
        for (text, language) in mapping.texts(field, row) {
            let reading = readHTML(text)
            if !reading.removed.isEmpty {
                log.add(
                    .note, .removedMarkup, place: mapping.value(field, row)?.position,
                    field: field.rawValue,
                    "\(field.rawValue) holds mark-up that is not shown "
                        + "(\(reading.removed.joined(separator: ", "))); its text was kept where "
                        + "it has any. Use paragraphs, lists and links only.")
            }
            result.merge(reading.text, language: language)
        }
        return result
    }

    private func url(_ field: CSVField, _ row: CSVRow, _ log: inout DiagnosticLog) -> String? {
        guard let (text, position) = mapping.value(field, row) else { return nil }
        if let url = cleanURL(text) { return url }
        log.add(
            .warning, .badURL, place: position, field: field.rawValue,
            "\(field.rawValue) is \(quoted(text)), no http or https address; it was left out. "
                + "Give the whole address.")
        return nil
    }

    private func date(
        _ field: CSVField, _ row: CSVRow, _ log: inout DiagnosticLog
    ) -> CalendarDate? {
        guard let (text, position) = mapping.value(field, row) else { return nil }
        if let date = parseDate(text)?.date { return date }
        log.add(
            .warning, .dateUnreadable, place: position, field: field.rawValue,
            "\(field.rawValue) is \(quoted(text)), no date; it was left out. "
                + "Write it as 2027-02-01.")
        return nil
    }

    private func number(
        _ field: CSVField, _ row: CSVRow, _ log: inout DiagnosticLog
    ) -> FixedDecimal? {
        guard let (text, position) = mapping.value(field, row) else { return nil }
        let folded = foldedSpaces(text)
        if let value = FixedDecimal(folded) ?? parseAmount(folded), value > .zero { return value }
        log.add(
            .note, .numberUnreadable, place: position, field: field.rawValue,
            "\(field.rawValue) is \(quoted(text)), no number above zero; it was left out. "
                + "Give the number only.")
        return nil
    }

    private func count(_ field: CSVField, _ row: CSVRow, _ log: inout DiagnosticLog) -> Int? {
        guard let (text, position) = mapping.value(field, row) else { return nil }
        if let value = Int(foldedSpaces(text)), value >= 0 { return value }
        log.add(
            .note, .numberUnreadable, place: position, field: field.rawValue,
            "\(field.rawValue) is \(quoted(text)), no whole number; it was left out. "
                + "Give the number only.")
        return nil
    }

    private func provenance(_ row: CSVRow) -> Provenance {
        Provenance(
            source: input.source, format: CSV.name, file: input.name, position: row.start)
    }
}
