import CourseModel

/// What EDU-DEX can hold of single values.
enum EDUDEXHeld {
    /// The language for texts that do not say theirs: EDU-DEX requires one, of two letters.
    static let otherLanguage = LanguageTag.dutch

    /// A language that EDU-DEX can write.
    static func language(_ language: LanguageTag?) -> LanguageTag {
        guard let language, language.code.utf8.count == 2 else { return otherLanguage }
        return language
    }

    /// A text on one line, as it is read back.
    static func line(_ text: String, limit: Int? = nil) -> String {
        var line = foldedSpaces(text)
        if line.utf8.contains(where: { $0 == 60 || $0 == 38 }) {
            // What looks like HTML in a plain text would be read as HTML.
            line = foldedSpaces(readHTML(line).text.plainText)
        }
        return shortened(line, limit)
    }

    /// The text, or as many of its words as fit with an ellipsis behind them.
    static func shortened(_ text: String, _ limit: Int?) -> String {
        guard let limit, !CharacterCount.isAtMost(limit, text) else { return text }
        let cut = CharacterCount.prefix(limit - 1, of: text)
        let space = cut.utf8.lastIndex { $0 == 32 || $0 == 10 }
        let whole = space.map { cut[..<$0] } ?? cut
        let length = CharacterCount.of(whole)
        return (length > limit / 2 ? whole : cut).trimmingSpaces() + "…"
    }

    /// A text in its languages.
    static func localized(_ text: LocalizedText, limit: Int? = nil) -> LocalizedText {
        LocalizedText(
            text.wordings.map {
                .init(language: language($0.language), text: line($0.text, limit: limit))
            })
    }

    /// A rich text with its plain form: alone when that says all within the limit, else cut and
    /// beside the HTML.
    static func forms(
        _ text: RichText, limit: Int?
    ) -> (held: RichText, plain: String, html: String?) {
        let plain = plainForm(text)
        let isShort = limit.map { CharacterCount.isAtMost($0, plain) } ?? true
        if isShort, isPlain(text) || readHTML(plain).text == text { return (text, plain, nil) }
        let html = text.html
        return (readHTML(html).text, shortened(plain, limit), html)
    }

    /// The plain form of a text that ``forms(_:limit:)`` holds, and its HTML where that is needed.
    static func written(_ text: RichText, limit: Int?) -> (plain: String, html: String?) {
        let plain = plainForm(text)
        let isShort = limit.map { CharacterCount.isAtMost($0, plain) } ?? true
        if isShort, isPlain(text) || readHTML(plain).text == text { return (plain, nil) }
        return (shortened(plain, limit), text.html)
    }

    /// Whether a text is one paragraph that is read back from its words.
    private static func isPlain(_ text: RichText) -> Bool {
        guard text.blocks.count == 1, case .paragraph(let spans) = text.blocks[0],
            spans.count == 1, spans[0].style == .plain, spans[0].link == nil
        else { return false }
        let traits = TextTraits(spans[0].text)
        return !traits.hasMarkup && !traits.hasLines && !traits.needsFolding
            && !spans[0].text.isEmpty
    }

    /// Plain text with an empty line between blocks.
    static func plainForm(_ text: RichText) -> String {
        text.blocks.count == 1
            ? text.plainText
            : text.blocks.map { RichText([$0]).plainText }.joined(separator: "\n\n")
    }

    /// A rich text in its languages, mark-up included.
    static func rich(_ text: LocalizedRichText, limit: Int? = nil) -> LocalizedRichText {
        LocalizedRichText(
            text.wordings.map {
                .init(language: language($0.language), text: forms($0.text, limit: limit).held)
            })
    }

    /// A rich text without mark-up, one wording a language.
    static func plainRich(_ text: LocalizedRichText) -> LocalizedRichText {
        var wordings: [LocalizedRichText.Wording] = []
        for wording in text.wordings {
            let language = language(wording.language)
            let plain = readHTML(plainForm(wording.text)).text
            if let index = wordings.firstIndex(where: { $0.language == language }) {
                wordings[index].text.blocks += plain.blocks
            } else {
                wordings.append(.init(language: language, text: plain))
            }
        }
        return LocalizedRichText(wordings)
    }

    /// A whole number of hours.
    static func hours(_ hours: FixedDecimal?) -> FixedDecimal? {
        guard let hours else { return nil }
        return FixedDecimal(max(1, Int((hours.scaled + 5_000) / 10_000)))
    }

    /// An amount in cents.
    static func cents(_ amount: FixedDecimal) -> FixedDecimal {
        let half: Int64 = amount.scaled < 0 ? -50 : 50
        return FixedDecimal(scaled: (amount.scaled + half) / 100 * 100)
    }

    /// A whole number of units; a part of a year in months.
    static func duration(_ duration: CourseDuration?) -> CourseDuration? {
        guard let duration else { return nil }
        let value = duration.value.scaled
        if value % 10_000 != 0, duration.unit == .year, value * 12 % 10_000 == 0 {
            return CourseDuration(FixedDecimal(scaled: value * 12), .month)
        }
        let whole = max(1, (value + 5_000) / 10_000)
        return CourseDuration(FixedDecimal(scaled: whole * 10_000), duration.unit)
    }

    /// An e-mail address that EDU-DEX's pattern lets pass.
    static func email(_ email: String?) -> String? {
        guard let email = email?.trimmingSpaces(), !email.isEmpty else { return nil }
        let parts = email.split(separator: "@", omittingEmptySubsequences: false)
        guard parts.count == 2, (1...64).contains(parts[0].utf8.count),
            parts[0].utf8.allSatisfy({
                isAlphanumeric($0) || ".!#$%&'*+/=?^_{|}~-".utf8.contains($0)
            })
        else { return nil }
        let labels = parts[1].split(separator: ".", omittingEmptySubsequences: false)
        guard labels.count >= 2, (labels.last?.utf8.count ?? 0) >= 2,
            labels.allSatisfy({
                !$0.isEmpty && $0.utf8.allSatisfy { isAlphanumeric($0) || $0 == 45 }
            })
        else { return nil }
        return String(email)
    }

    /// A contact; `nil` when nothing of it is left.
    static func contact(_ contact: Contact) -> Contact? {
        func line(_ text: String?) -> String? {
            text.map { self.line($0) }.flatMap { $0.isEmpty ? nil : $0 }
        }
        let held = Contact(
            name: line(contact.name), role: line(contact.role), email: email(contact.email),
            telephone: line(contact.telephone), url: contact.url.flatMap(cleanURL))
        return held == Contact() ? nil : held
    }

    /// A picture.
    static func image(_ image: Image?) -> Image? {
        guard let image, let url = cleanURL(image.url) else { return nil }
        let title = image.title.map { line($0, limit: 200) }
        return Image(url: url, title: title.flatMap { $0.isEmpty ? nil : $0 })
    }

    /// A venue.
    static func venue(_ venue: Venue) -> Venue {
        func line(_ text: String?) -> String? {
            text.map { self.line($0) }.flatMap { $0.isEmpty ? nil : $0 }
        }
        let street = ([venue.address.street].compactMap { $0 } + venue.address.other)
            .joined(separator: ", ")
        return Venue(
            nativeID: venue.nativeID.flatMap { isLocationID($0) ? $0 : nil },
            name: localized(venue.name, limit: 200),
            address: Address(
                street: line(street), postcode: line(venue.address.postcode),
                city: line(venue.address.city), country: line(venue.address.country)?.uppercased()),
            coordinates: venue.coordinates.flatMap(coordinates))
    }

    /// Coordinates to seven places, a centimetre.
    static func coordinates(_ point: Coordinates) -> Coordinates? {
        Coordinates(
            latitude: (point.latitude * 1e7).rounded() / 1e7,
            longitude: (point.longitude * 1e7).rounded() / 1e7)
    }

    /// `52.0312000,5.1712000`.
    static func geoCode(_ point: Coordinates) -> String {
        func text(_ degrees: Double) -> String {
            let scaled = Int64((degrees * 1e7).rounded())
            let places = String(scaled.magnitude % 10_000_000)
            return (scaled < 0 ? "-" : "") + String(scaled.magnitude / 10_000_000) + "."
                + String(repeating: "0", count: 7 - places.count) + places
        }
        return "\(text(point.latitude)),\(text(point.longitude))"
    }

    /// A cost.
    static func cost(_ cost: Cost) -> Cost {
        var held = cost
        if !EDUDEXCodes.costTypes.contains(cost.kind) {
            held.kind = cost.isRequired ? "tuition fee" : "study material"
        }
        held.amount.amount = cents(cost.amount.amount)
        held.vatAmount = cost.vatAmount.map(cents)
        held.vatPercentage = cost.vatPercentage.flatMap {
            $0.scaled % 10_000 == 0 && (0...1_000_000).contains($0.scaled) ? $0 : nil
        }
        held.vatCode = cost.vatCode.flatMap { ["1", "2", "3", "4", "5"].contains($0) ? $0 : nil }
        held.exemptAmount = cost.exemptAmount.map(cents)
        held.exemptVATAmount = cost.exemptVATAmount.map(cents)
        held.nativeID = cost.nativeID.flatMap { isForeignID($0) ? $0 : nil }
        return held
    }

    // MARK: Ids

    /// Whether an id fits `foreignIdType`; ids in braces are our own.
    static func isForeignID(_ text: String) -> Bool {
        fits(text, "-_.{}") && !(text.hasPrefix("{") && text.hasSuffix("}"))
    }

    /// Whether an id fits `programLocationIdType` and `programRunIdType`, and is read back as it is.
    static func isLocationID(_ text: String) -> Bool {
        fits(text, "-_.{} /") && text.trimmingSpaces() == text
    }

    /// Whether an id fits `programIdType`.
    static func isProgramID(_ text: String) -> Bool {
        fits(text, "- #&'()+,./:?_|éëïü{}") && text.trimmingSpaces() == text
    }

    /// Whether an id fits `orgUnitIdType`.
    static func isOrganisationID(_ text: String) -> Bool {
        fits(text, "-+_.{}/&") && !text.utf8.contains { 65...90 ~= $0 }
    }

    private static func fits(_ text: String, _ others: String) -> Bool {
        if (1...64).contains(text.utf8.count),
            text.utf8.allSatisfy({ isAlphanumeric($0) || $0 < 0x80 && others.utf8.contains($0) })
        {
            return true
        }
        return (1...64).contains(text.count)
            && text.unicodeScalars.allSatisfy { scalar in
                scalar.isASCII && isAlphanumeric(UInt8(scalar.value))
                    || others.unicodeScalars.contains(scalar)
            }
    }

    private static func isAlphanumeric(_ byte: UInt8) -> Bool {
        48...57 ~= byte || 65...90 ~= byte || 97...122 ~= byte
    }

    /// Whether a code is `digits` digits long.
    static func isDigits(_ text: String, _ count: ClosedRange<Int>) -> Bool {
        count.contains(text.utf8.count) && text.utf8.allSatisfy { 48...57 ~= $0 }
    }

    /// An id that fits where `text` does not: its letters and digits, and a number that tells it
    /// from others.
    static func standIn(for text: String, lowercase: Bool = false) -> String {
        let source = lowercase ? text.lowercased() : text
        let plain = source.unicodeScalars.suffix(40).map { scalar -> UInt8 in
            scalar.isASCII && isAlphanumeric(UInt8(scalar.value)) || scalar == "." || scalar == "_"
                ? UInt8(scalar.value) : 45
        }
        return String(decoding: plain, as: UTF8.self) + "-" + hash(text)
    }

    /// Eight hexadecimal digits that stand for a text (FNV-1a).
    static func hash(_ text: String) -> String {
        var hash: UInt32 = 0x811c_9dc5
        for byte in text.utf8 { hash = (hash ^ UInt32(byte)) &* 0x0100_0193 }
        let digits = String(hash, radix: 16)
        return String(repeating: "0", count: 8 - digits.count) + digits
    }
}
