import CourseModel

extension IndexReader {
    /// The languages of a numbered set (``OfferingRow/languageSet``); empty when not said.
    public func languages(ofSet number: Int) throws(IndexError) -> [LanguageTag] {
        try languageSets.string(number).split(separator: ",").compactMap { LanguageTag($0) }
    }

    /// The ways to pay of a numbered set (``CourseRow/fundingSet``); empty when not said.
    public func funding(ofSet number: Int) throws(IndexError) -> [FundingScheme] {
        try fundingSets.string(number).split(separator: ",").map { FundingScheme(String($0)) }
    }

    /// How many different conditions offerings have.
    public var conditionSetCount: Int { conditionSets.count }

    /// The number of an offering's conditions; see ``conditions(ofSet:)``.
    public func conditionSet(ofOffering number: Int) throws(IndexError) -> Int {
        try conditions.row(number)
    }

    /// What offerings with these conditions ask of the week and provide.
    public func conditions(ofSet number: Int) throws(IndexError) -> TeachingConditions {
        TeachingConditions(name: try conditionSets.string(number))
    }

    /// Hands out the placed venues of an offering, the first one first.
    public func forEachVenue(
        ofOffering number: Int, _ body: (Coordinates) -> Void
    ) throws(IndexError) {
        let row = try offering(number)
        if let point = row.coordinates { body(point) }
        for venue in try furtherVenues(of: number, row) {
            let row = venues.rows[venue]
            if let point = Self.point(row.latitude, row.longitude) { body(point) }
        }
    }

    /// The numbers of all offerings that fit a query, whatever its page.
    public func offerings(matching query: Query) throws(IndexError) -> Set<Int> {
        var query = query
        query.limit = .max
        query.offset = 0
        query.facets = []
        query.relaxesUpTo = nil
        query.groupsByCourse = false
        return Set(try search(query).hits.map(\.offering))
    }
}

extension IndexReader {
    /// Hands out every subject by which courses can be found, as it is asked for (`scheme:code`, a
    /// code, a label; folded), in the order of bytes, with the courses that have it, ascending.
    ///
    /// - Parameter isWanted: Whether the courses of a subject are wanted.
    /// - Complexity: O(subjects + courses of those that are wanted).
    public func forEachSubject(
        where isWanted: (String) -> Bool, _ body: (_ subject: String, _ courses: [Int]) -> Void
    ) throws(IndexError) {
        for number in try terms.lowerBound([TermSpace.subject.rawValue])..<terms.count {
            let bytes = try terms.bytes(number)
            guard bytes.first == TermSpace.subject.rawValue else { break }
            let subject = String(decoding: bytes.dropFirst(), as: UTF8.self)
            guard isWanted(subject) else { continue }
            var courses: [Int] = []
            var cursor = try cursor(number)
            while cursor.course != PostingCursor.end {
                courses.append(Int(cursor.course))
                cursor.advance()
            }
            body(subject, courses)
        }
    }
}
