import CourseModel

/// The kinds of fault that only EDU-DEX feeds have.
extension DiagnosticCode {
    // MARK: Shape

    /// The namespace is not EDU-DEX's, to the letter.
    public static let namespaceWrong: DiagnosticCode = "namespace-wrong"
    /// An element stands behind one that it should stand before.
    public static let elementOrder: DiagnosticCode = "element-order"
    /// A required element is missing.
    public static let elementMissing: DiagnosticCode = "element-missing"
    /// An element that may stand once stands more often.
    public static let elementRepeated: DiagnosticCode = "element-repeated"
    /// An element that the format does not know.
    public static let elementUnknown: DiagnosticCode = "element-unknown"
    /// An element that the format had once.
    public static let elementRetired: DiagnosticCode = "element-retired"
    /// An attribute that the format does not know.
    public static let attributeUnknown: DiagnosticCode = "attribute-unknown"
    /// A text does not say its language.
    public static let languageMissing: DiagnosticCode = "language-missing"
    /// A text is longer than the format allows.
    public static let textTooLong: DiagnosticCode = "text-too-long"
    /// HTML stands in an element for plain text.
    public static let htmlInText: DiagnosticCode = "html-in-text"
    /// A text was decoded with the wrong character set before it came into the feed.
    public static let garbledText: DiagnosticCode = "garbled-text"
    /// A yes or no that is neither.
    public static let booleanUnreadable: DiagnosticCode = "boolean-unreadable"
    /// A date is not in the format's notation, and was understood.
    public static let dateNotation: DiagnosticCode = "date-notation"
    /// A time of day that cannot be read.
    public static let timeUnreadable: DiagnosticCode = "time-unreadable"

    // MARK: Offerings

    /// The record may no longer be shown, by its own date.
    public static let expired: DiagnosticCode = "expired"
    /// The record expires before a nightly import can show it.
    public static let expiresTooSoon: DiagnosticCode = "expires-too-soon"
    /// A run that is over is still open for application.
    public static let pastRunOpen: DiagnosticCode = "past-run-open"
    /// A run that has begun is still open for application.
    public static let startInPast: DiagnosticCode = "start-in-past"
    /// A place says that the offering is online.
    public static let onlineAsPlace: DiagnosticCode = "online-as-place"
    /// An offering is said to be online and to have a venue.
    public static let onlineWithPlace: DiagnosticCode = "online-with-place"
    /// A place is given as a line of text only.
    public static let placeNotStructured: DiagnosticCode = "place-not-structured"
    /// An offering is for the clients of a closed feed only.
    public static let clientOnly: DiagnosticCode = "client-only"

    // MARK: Prices

    /// An amount is not in the format's notation, and was understood.
    public static let priceNotation: DiagnosticCode = "price-notation"
    /// An amount is too large to be a price.
    public static let priceNotPlausible: DiagnosticCode = "price-not-plausible"
    /// A price was computed from an amount per period.
    public static let pricePerPeriod: DiagnosticCode = "price-per-period"
    /// An amount is per period, and how many there are is not known.
    public static let pricePeriodUnknown: DiagnosticCode = "price-period-unknown"
    /// None of the costs is required.
    public static let priceWithoutRequiredCost: DiagnosticCode = "price-without-required-cost"
    /// Required costs stand in more than one currency.
    public static let priceInTwoCurrencies: DiagnosticCode = "price-in-two-currencies"
    /// A price is for a whole group.
    public static let priceForGroup: DiagnosticCode = "price-for-group"
    /// The required costs add up to less than nothing.
    public static let priceBelowZero: DiagnosticCode = "price-below-zero"
    /// No amount is valid on the day of reading.
    public static let priceNotValidToday: DiagnosticCode = "price-not-valid-today"
    /// The VAT amount is not the VAT percentage of the amount.
    public static let vatContradictsRate: DiagnosticCode = "vat-contradicts-rate"
    /// There is no cost of the type tuition fee.
    public static let tuitionFeeMissing: DiagnosticCode = "tuition-fee-missing"

    // MARK: Documents

    /// A document that a directory names cannot be opened.
    public static let documentUnresolved: DiagnosticCode = "document-unresolved"
    /// A document is not what the directory says it is.
    public static let documentUnexpected: DiagnosticCode = "document-unexpected"
    /// A document's own id is not the one that the directory gives it.
    public static let documentIDDiffers: DiagnosticCode = "document-id-differs"
    /// A document is named a second time.
    public static let documentRepeated: DiagnosticCode = "document-repeated"
    /// A programme says that it is not to be published.
    public static let notInPublication: DiagnosticCode = "not-in-publication"
    /// A discount for a client was read and not applied.
    public static let clientDiscount: DiagnosticCode = "client-discount"
    /// A programme in a closed feed does not say for which client it is.
    public static let clientMissing: DiagnosticCode = "client-missing"

    /// Every code of the EDU-DEX reader, in the order above.
    public static let edudexCodes: [DiagnosticCode] = [
        namespaceWrong, elementOrder, elementMissing, elementRepeated, elementUnknown,
        elementRetired, attributeUnknown, languageMissing, textTooLong, htmlInText, garbledText,
        booleanUnreadable, dateNotation, timeUnreadable, expired, expiresTooSoon, pastRunOpen,
        startInPast,
        onlineAsPlace, onlineWithPlace, placeNotStructured, clientOnly, priceNotation,
        priceNotPlausible, pricePerPeriod, pricePeriodUnknown, priceWithoutRequiredCost,
        priceInTwoCurrencies, priceForGroup, priceBelowZero, priceNotValidToday,
        vatContradictsRate, tuitionFeeMissing, documentUnresolved, documentUnexpected,
        documentIDDiffers, documentRepeated, notInPublication, clientDiscount, clientMissing,
    ]
}
