#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// How well words fit a course: BM25F (Robertson and Zaragoza, "The Probabilistic Relevance
/// Framework", 2009, 3.2.3) in whole numbers.
///
/// ```
/// weight(term, course) = Σ forms, fields: boost · occurrences / (1 - b + b · length / average)
/// code                 = round(255 · weight / (k1 + weight)), at least 1
/// score(course)        = Σ words of the query: idf · (k1 + 1) · code / 255
/// idf                  = ln(1 + (courses - having + 0.5) / (having + 0.5))
/// ```
/// A term's forms are the written words that share its stem; a form that only holds the term as
/// part of a compound counts `compoundWeight` times. Weights are summed in steps of 1/4096, so that
/// the order of forms does not tell.
struct Ranking {
    static let step: Float = 4096
    let options: IndexOptions
    /// The average number of words of each field, over the courses that have it.
    let averages: [Float]
    let courses: Int

    /// What the length of a field divides the weight of its words by.
    func normal(_ field: IndexOptions.Field, length: Int) -> Float {
        let average = max(averages[Int(field.rawValue)], 1)
        let b = options[field].lengthNormalisation
        return max(1 - b + b * Float(length) / average, 0.01)
    }

    /// What `occurrences` in one field add, in steps; 0 for none.
    ///
    /// - Parameter normal: See ``normal(_:length:)``.
    func contribution(
        _ field: IndexOptions.Field, occurrences: Int, normal: Float, formWeight: Float
    ) -> Int64 {
        guard occurrences > 0 else { return 0 }
        return Int64(
            (options[field].boost * Float(occurrences) / normal * formWeight * Self.step).rounded())
    }

    /// The code of a sum of contributions.
    func code(_ steps: Int64) -> UInt8 {
        let weight = Float(steps) / Self.step
        return UInt8(max(1, (255 * weight / (options.saturation + weight)).rounded()))
    }

    /// What one step of a code adds to the score of a course, for a term that `having` courses have.
    func codeValue(having: Int) -> Float {
        let n = Float(courses)
        let df = Float(having)
        let idf = logf(1 + (n - df + 0.5) / (df + 0.5))
        return idf * (options.saturation + 1) / 255
    }
}

/// How often a word occurs in each field of a course, in 32 bits.
///
/// Counts stop at 31 (title, subject), 63 (skills), 15 (provider) and 4095 (description): beyond
/// them one more occurrence changes no code.
struct Occurrences {
    var raw: UInt32 = 0

    private static let layout: [(shift: UInt32, most: UInt32)] = [
        (27, 31), (21, 63), (16, 31), (12, 15), (0, 4095),
    ]

    subscript(field: IndexOptions.Field) -> Int {
        let (shift, most) = Self.layout[Int(field.rawValue)]
        return Int(raw >> shift & most)
    }

    mutating func count(_ field: IndexOptions.Field) {
        let (shift, most) = Self.layout[Int(field.rawValue)]
        if raw >> shift & most < most { raw += 1 << shift }
    }
}

/// The number of counted words of each field of a course.
struct FieldLengths {
    var title: UInt16 = 0
    var skills: UInt16 = 0
    var subject: UInt16 = 0
    var provider: UInt16 = 0
    var description: UInt16 = 0

    subscript(field: IndexOptions.Field) -> UInt16 {
        get {
            switch field {
            case .title: title
            case .skills: skills
            case .subject: subject
            case .provider: provider
            case .description: description
            }
        }
        set {
            switch field {
            case .title: title = newValue
            case .skills: skills = newValue
            case .subject: subject = newValue
            case .provider: provider = newValue
            case .description: description = newValue
            }
        }
    }
}
