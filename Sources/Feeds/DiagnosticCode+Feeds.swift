import CourseModel
import XMLStream

/// The faults that a reader of any format finds; each format adds its own in its folder.
extension DiagnosticCode {
    // MARK: Records that could not be accepted

    /// A course has no title anywhere.
    public static let courseWithoutTitle: DiagnosticCode = "course-without-title"
    /// A record repeats one that was read before, byte for byte.
    public static let duplicateRecord: DiagnosticCode = "duplicate-record"
    /// The mark-up of a record is broken; the bytes up to the next record were set apart.
    public static let malformedRecord: DiagnosticCode = "malformed-record"
    /// A record stands where its format allows none and belongs to nothing.
    public static let misplacedRecord: DiagnosticCode = "misplaced-record"

    /// A record names a provider, course or place that the feed does not describe.
    public static let unknownReference: DiagnosticCode = "unknown-reference"
    /// A course names no provider.
    public static let providerUnknown: DiagnosticCode = "provider-unknown"

    // MARK: The document

    /// The feed stops before its end.
    public static let truncatedFeed: DiagnosticCode = "truncated-feed"

    // MARK: Identity

    /// Two different records have the same id; the later one got a suffix.
    public static let duplicateID: DiagnosticCode = "duplicate-id"
    /// A record has no id; one was made of what it says.
    public static let missingID: DiagnosticCode = "missing-id"

    // MARK: Texts

    /// A course has no title; that of an offering or qualification was taken.
    public static let titleTakenOver: DiagnosticCode = "title-taken-over"
    /// HTML stands in a field as escaped text, or references were escaped twice.
    public static let escapedHTML: DiagnosticCode = "escaped-html"
    /// Mark-up outside the allow-list was left out.
    public static let removedMarkup: DiagnosticCode = "removed-markup"
    /// Several subjects are packed into one field.
    public static let packedSubjects: DiagnosticCode = "packed-subjects"
    /// An address is not an absolute `http`, `https`, `mailto` or `tel` address.
    public static let badURL: DiagnosticCode = "bad-url"
    /// A language code is not one of ISO 639.
    public static let badLanguage: DiagnosticCode = "bad-language"

    // MARK: Dates

    /// A date cannot be read.
    public static let dateUnreadable: DiagnosticCode = "date-unreadable"
    /// A date names a month or year only.
    public static let datePartial: DiagnosticCode = "date-partial"
    /// An end lies before its start.
    public static let endBeforeStart: DiagnosticCode = "end-before-start"
    /// Enrolment closes before it opens.
    public static let enrolmentReversed: DiagnosticCode = "enrolment-reversed"
    /// A duration cannot be read.
    public static let durationUnreadable: DiagnosticCode = "duration-unreadable"

    // MARK: Prices

    /// A price is prose; an amount was found in it.
    public static let priceInProse: DiagnosticCode = "price-in-prose"
    /// No amount can be read in a price.
    public static let priceNotANumber: DiagnosticCode = "price-not-a-number"
    /// An amount names no currency and none is known for the feed.
    public static let priceWithoutCurrency: DiagnosticCode = "price-without-currency"
    /// The currency of an amount was taken from the country of provider or venue.
    public static let currencyInferred: DiagnosticCode = "currency-inferred"
    /// A price of zero that most likely means "not known" was left out.
    public static let priceZero: DiagnosticCode = "price-zero"
    /// A price names several amounts; the first was taken.
    public static let priceSeveralAmounts: DiagnosticCode = "price-several-amounts"

    // MARK: Codes and numbers

    /// A level's name is in no table.
    public static let levelUnknown: DiagnosticCode = "level-unknown"
    /// A code is not in its vocabulary; the text is kept in the original.
    public static let codeUnknown: DiagnosticCode = "code-unknown"
    /// A number cannot be read.
    public static let numberUnreadable: DiagnosticCode = "number-unreadable"
    /// Coordinates are not numbers, or not on earth.
    public static let coordinatesUnreadable: DiagnosticCode = "coordinates-unreadable"

    /// Every code that readers of feeds share, in the order above.
    public static let feedCodes: [DiagnosticCode] = [
        courseWithoutTitle, duplicateRecord, malformedRecord, misplacedRecord,
        unknownReference, providerUnknown,
        truncatedFeed, duplicateID, missingID, titleTakenOver, escapedHTML, removedMarkup,
        packedSubjects, badURL, badLanguage, dateUnreadable, datePartial, endBeforeStart,
        enrolmentReversed, durationUnreadable, priceInProse, priceNotANumber, priceWithoutCurrency,
        currencyInferred, priceZero, priceSeveralAmounts, levelUnknown, codeUnknown,
        numberUnreadable, coordinatesUnreadable, coordinatesSwapped,
    ]

    /// Faults of the mark-up that the XML reader recovers from, by its own codes.
    public static let markupCodes: [DiagnosticCode] = {
        let codes: [XMLDiagnostic.Code] = [
            .encodingMisdeclared, .invalidByte, .blankBeforeDeclaration,
            .textBeforeDeclaration, .textBeforeRoot, .malformedDeclaration, .doctype,
            .externalEntity, .undeclaredPrefix, .namespaceFault, .malformedStartTag,
            .duplicateAttribute, .controlCharacter, .nulByte, .bareAmpersand,
            .bareLessThan, .bareCDATAEnd, .htmlEntity, .undeclaredEntity,
            .mismatchedEndTag, .missingEndTag, .unexpectedEndTag, .malformedEndTag,
            .malformedComment, .trailingContent, .secondRoot, .parserWarning,
        ]
        return codes.map { DiagnosticCode($0.rawValue) }
    }()
}
