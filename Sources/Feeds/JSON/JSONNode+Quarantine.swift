import CourseModel

extension JSONNode {
    /// This object, set apart as a course, and each of its offerings that stands elsewhere: every
    /// one with the bytes that it has there.
    ///
    /// - Parameters:
    ///   - native: The id of the course.
    ///   - original: The bytes of the object in the document.
    ///   - count: How many offerings stand within the object.
    ///   - elsewhere: Those that do not, with the names of their documents.
    ///   - file: The name of the document.
    func setApart(
        _ native: String, as original: [UInt8], holding count: Int,
        and elsewhere: [(node: JSONNode, file: String)], of file: String,
        for reasons: [Diagnostic]
    ) -> [QuarantinedRecord] {
        let course = QuarantinedRecord(
            kind: .course, nativeID: native, file: file, position: position, original: original,
            reasons: reasons.sorted { $0.severity > $1.severity },
            count: RecordCount(courses: 1, offerings: count))
        return [course]
            + elsewhere.map { offering, file in
                let reason = Diagnostic(
                    .error, .unknownReference, file: file, position: offering.position,
                    record: native,
                    message: "The course \(quoted(native)) of this offering was set apart, and the "
                        + "offering with it. Mend the course; the offering comes back with it.")
                return QuarantinedRecord(
                    kind: .offering, nativeID: nil, file: file, position: offering.position,
                    original: offering.bytes, reasons: [reason],
                    count: RecordCount(offerings: 1))
            }
    }
}
