import SearchIndex

extension MarkedText {
    /// The text in pieces, in the form of the JSON contract: plain text, so that a page that escapes
    /// each piece can put its own mark-up around the marked ones.
    package var json: [SegmentJSON] {
        segments.map { SegmentJSON(text: $0.text, mark: $0.isMarked) }
    }

    package struct SegmentJSON: Encodable {
        var text: String
        var mark: Bool
    }
}

extension ScoreExplanation {
    /// The explanation in the form of the JSON contract.
    package var json: JSON {
        JSON(
            score: rounded(score),
            words: words.map { word in
                JSON.WordJSON(
                    text: word.text, score: rounded(word.score),
                    reading: Nullable(word.reading?.rawValue), foundAs: Nullable(word.foundAs),
                    optional: word.isOptional,
                    places: word.places.map {
                        JSON.PlaceJSON(
                            field: "\($0.field)", word: $0.form, occurrences: $0.occurrences,
                            score: rounded($0.score))
                    })
            })
    }

    private func rounded(_ score: Float) -> Double { (Double(score) * 10_000).rounded() / 10_000 }

    package struct JSON: Encodable {
        struct PlaceJSON: Encodable {
            var field: String
            var word: String
            var occurrences: Int
            var score: Double
        }

        struct WordJSON: Encodable {
            var text: String
            var score: Double
            var reading: Nullable<String>
            var foundAs: Nullable<String>
            var optional: Bool
            var places: [PlaceJSON]
        }

        var score: Double
        var words: [WordJSON]
    }
}
