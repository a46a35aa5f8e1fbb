import CourseModel
import SearchIndex

extension IndexReader {
    /// The offering with an id, or all offerings of the course with it; `nil` when there is none.
    ///
    /// - Throws: ``IndexError`` when the index is damaged.
    public func offerings(of id: String) throws -> Range<Int>? {
        if let course = try number(of: ID<Course>(id)) { return try offerings(ofCourse: course) }
        // An offering's id begins with that of its course.
        for mark in id.indices where id[mark] == "#" {
            guard let course = try number(of: ID<Course>(String(id[..<mark]))),
                let number = try number(of: ID<Offering>(id), ofCourse: course)
            else { continue }
            return number..<number + 1
        }
        return nil
    }
}
