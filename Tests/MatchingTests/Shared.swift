import CourseModel
import Foundation

/// The day on which all matching tests stand.
let today = CalendarDate(daysSince1970: 20_781)  // 2026-11-24

/// The folder of this repository.
let repository = "/" + #filePath.split(separator: "/").dropLast(3).joined(separator: "/")

/// The text of a file.
func contents(of file: String) throws -> String {
    try String(contentsOfFile: file, encoding: .utf8)
}
