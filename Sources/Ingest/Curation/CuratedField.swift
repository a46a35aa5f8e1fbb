import CourseModel

/// A field of a course or an offering that can be corrected: how its values are written, and how they
/// are read from a record and put into it.
///
/// Values are texts in one canonical form, so that what the feed says and what the correction says can
/// be compared, logged and shown alike.
struct CuratedField<Record>: Sendable {
    /// How many values it has.
    enum Shape: Sendable {
        /// One value.
        case single
        /// One value in each language.
        case byLanguage
        /// Any number of values.
        case list
    }

    /// As it is written.
    let name: String
    let shape: Shape
    /// Whether it may say nothing.
    let canBeEmpty: Bool
    /// What is expected, for faults.
    let expected: String
    /// The values that there are, of a closed vocabulary.
    let vocabulary: [String]
    /// The canonical form of a value; `nil` when it is none.
    let canonical: @Sendable (String) -> String?
    /// What a record says.
    let values: @Sendable (Record, LanguageTag?) -> [String]
    /// Puts values into a record; whether they fit there.
    let put: @Sendable (inout Record, [String], LanguageTag?) -> Bool
}

extension CuratedField {
    /// A text by language.
    static func text(
        _ name: String, _ path: any WritableKeyPath<Record, LocalizedText> & Sendable,
        canBeEmpty: Bool = true
    ) -> Self {
        CuratedField(
            name: name, shape: .byLanguage, canBeEmpty: canBeEmpty, expected: "a text",
            vocabulary: [], canonical: nonEmpty,
            values: { record, language in
                let wordings = record[keyPath: path].wordings
                let match = wordings.first { $0.language == language }
                return (match ?? wordings.first { $0.language == nil }).map { [$0.text] } ?? []
            },
            put: { record, values, language in
                var wordings = record[keyPath: path].wordings
                // A wording of which the feed does not say the language is the one that is meant.
                let place =
                    wordings.firstIndex { $0.language == language }
                    ?? wordings.firstIndex { $0.language == nil }
                if let place { wordings.remove(at: place) }
                if let text = values.first {
                    wordings.insert(
                        LocalizedText.Wording(language: language, text: text), at: place ?? 0)
                }
                guard canBeEmpty || !wordings.isEmpty else { return false }
                record[keyPath: path] = LocalizedText(wordings)
                return true
            })
    }

    /// A text of paragraphs by language; an empty line starts a new one.
    static func richText(
        _ name: String, _ path: any WritableKeyPath<Record, LocalizedRichText> & Sendable
    ) -> Self {
        CuratedField(
            name: name, shape: .byLanguage, canBeEmpty: true, expected: "a text", vocabulary: [],
            canonical: nonEmpty,
            values: { record, language in
                let wordings = record[keyPath: path].wordings
                let match = wordings.first { $0.language == language }
                return (match ?? wordings.first { $0.language == nil }).map {
                    [$0.text.plainText]
                } ?? []
            },
            put: { record, values, language in
                var wordings = record[keyPath: path].wordings
                let place =
                    wordings.firstIndex { $0.language == language }
                    ?? wordings.firstIndex { $0.language == nil }
                if let place { wordings.remove(at: place) }
                if let text = values.first {
                    wordings.insert(
                        LocalizedRichText.Wording(
                            language: language, text: RichText(plain: text)), at: place ?? 0)
                }
                record[keyPath: path] = LocalizedRichText(wordings)
                return true
            })
    }

    /// One value that may be absent.
    static func value<Value>(
        _ name: String, _ path: any WritableKeyPath<Record, Value?> & Sendable, expected: String,
        read: @escaping @Sendable (String) -> Value?,
        write: @escaping @Sendable (Value) -> String
    ) -> Self {
        CuratedField(
            name: name, shape: .single, canBeEmpty: true, expected: expected, vocabulary: [],
            canonical: { read($0).map(write) },
            values: { record, _ in record[keyPath: path].map { [write($0)] } ?? [] },
            put: { record, values, _ in
                record[keyPath: path] = values.first.flatMap(read)
                return true
            })
    }

    /// A word of a closed vocabulary.
    static func word<Word>(
        _ name: String, _ path: any WritableKeyPath<Record, Word> & Sendable
    ) -> Self
    where
        Word: RawRepresentable<String> & CaseIterable & Sendable & SendableMetatype
    {
        CuratedField(
            name: name, shape: .single, canBeEmpty: false, expected: "a word",
            vocabulary: Word.allCases.map(\.rawValue), canonical: { Word(rawValue: $0)?.rawValue },
            values: { record, _ in
                let word = record[keyPath: path].rawValue
                return word == OfferingStatus.unstated.rawValue ? [] : [word]
            },
            put: { record, values, _ in
                guard let word = values.first.flatMap({ Word(rawValue: $0) }) else { return false }
                record[keyPath: path] = word
                return true
            })
    }

    /// Words of a closed vocabulary.
    static func words<Word>(
        _ name: String, _ path: any WritableKeyPath<Record, Set<Word>> & Sendable
    ) -> Self
    where
        Word: RawRepresentable<String> & CaseIterable & Hashable & Sendable & SendableMetatype
    {
        CuratedField(
            name: name, shape: .list, canBeEmpty: true, expected: "a word",
            vocabulary: Word.allCases.map(\.rawValue), canonical: { Word(rawValue: $0)?.rawValue },
            values: { record, _ in
                Word.allCases.filter { record[keyPath: path].contains($0) }.map(\.rawValue)
            },
            put: { record, values, _ in
                record[keyPath: path] = Set(values.compactMap { Word(rawValue: $0) })
                return true
            })
    }

    /// Any number of values, in order.
    static func list<Value>(
        _ name: String, _ path: any WritableKeyPath<Record, [Value]> & Sendable, expected: String,
        read: @escaping @Sendable (String) -> Value?,
        write: @escaping @Sendable (Value) -> String
    ) -> Self {
        CuratedField(
            name: name, shape: .list, canBeEmpty: true, expected: expected, vocabulary: [],
            canonical: { read($0).map(write) },
            values: { record, _ in record[keyPath: path].map(write) },
            put: { record, values, _ in
                // What the feed says beside the text of a value stays with it.
                let known = record[keyPath: path]
                record[keyPath: path] = values.compactMap { value in
                    known.first { write($0) == value } ?? read(value)
                }
                return true
            })
    }

    @Sendable static func nonEmpty(_ text: String) -> String? {
        let text = text.trimmingSpaces()
        return text.isEmpty ? nil : String(text)
    }

    @Sendable static func webAddress(_ text: String) -> String? {
        let text = String(text.trimmingSpaces())
        let lower = text.lowercased()
        guard lower.hasPrefix("https://") || lower.hasPrefix("http://"),
            !text.contains(where: \.isWhitespace)
        else { return nil }
        return text
    }
}
