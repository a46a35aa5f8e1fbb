import CourseModel
import Feeds
import Foundation
import TestSupport
import Testing

@Suite("Formats that are only written")
struct WrittenFormatTests {
    @Test("the same catalogue gives the same bytes", arguments: 0..<Feeds.writtenFormats.count)
    func deterministic(index: Int) throws {
        let format = Feeds.writtenFormats[index]
        let drawn = DrawnCatalogue(seed: 3)
        let first = try Written.bytes(format, drawn)
        #expect(first.count > 500)
        #expect(try Written.bytes(format, drawn) == first)
    }

    @Test("their names are those of no format that is read")
    func names() {
        let names = Feeds.allFormats.map { $0.name }
        #expect(Set(names).count == names.count)
        #expect(throws: FeedError.self) { try Feeds.format(named: "atom") }
    }

    @Test("the fields of the model that are drawn are all fields that it has")
    func fields() {
        let drawn = DrawnCatalogue(seed: 1)
        func names(_ value: Any) -> Set<String> {
            Set(Mirror(reflecting: value).children.compactMap(\.label))
        }
        let course = names(drawn.records[0].course).subtracting(["id", "provider"])
        #expect(course == Set(ModelField<Course>.all.map(\.name)))
        let offering = drawn.records.lazy.flatMap(\.offerings).first
        #expect(
            offering.map { names($0).subtracting(["id", "course"]) }
                == Set(ModelField<Offering>.all.map(\.name)))
        #expect(
            names(drawn.providers[0]).subtracting(["id"])
                == Set(ModelField<Provider>.all.map(\.name)))
    }

    /// A field is held when the bytes depend on it.
    @Test(
        "what is listed as dropped is exactly what the bytes do not depend on",
        arguments: 0..<Feeds.writtenFormats.count)
    func dropped(index: Int) throws {
        let format = Feeds.writtenFormats[index]
        var held: Set<String> = []
        var all: Set<String> = []
        for seed in UInt64(1)...12 {
            let drawn = DrawnCatalogue(seed: seed, providers: 2, courses: 3)
            let other = DrawnCatalogue(seed: seed + 100, providers: 2, courses: 3)
            for (record, another) in zip(drawn.records, other.records) {
                let provider = try #require(
                    drawn.providers.first { $0.id == record.course.provider })
                func bytes(_ provider: Provider, _ record: CourseRecord) throws -> [UInt8] {
                    try Written.bytes(format, providers: [provider], records: [record])
                }
                let before = try bytes(provider, record)
                for field in ModelField<Course>.all {
                    all.insert("course." + field.name)
                    var course = record.course
                    field.take(&course, another.course)
                    guard let changed = CourseRecord(course: course, offerings: record.offerings)
                    else { continue }
                    if try bytes(provider, changed) != before {
                        held.insert("course." + field.name)
                    }
                }
                for field in ModelField<Offering>.all {
                    all.insert("offering." + field.name)
                    guard let first = record.offerings.first, let next = another.offerings.first
                    else { continue }
                    var offering = first
                    field.take(&offering, next)
                    let rest = record.offerings.dropFirst()
                    guard
                        let changed = CourseRecord(
                            course: record.course, offerings: [offering] + rest)
                    else { continue }
                    if try bytes(provider, changed) != before {
                        held.insert("offering." + field.name)
                    }
                }
                for field in ModelField<Provider>.all {
                    all.insert("provider." + field.name)
                    var changed = provider
                    field.take(&changed, other.providers[other.providers.count - 1])
                    if try bytes(changed, record) != before {
                        held.insert("provider." + field.name)
                    }
                }
            }
        }
        let writer: (any FeedWriter.Type)? = format.writer
        let listed = writer?.droppedFields.map(\.path) ?? []
        #expect(Set(listed).count == listed.count)
        // What is lost of a part of a field stands behind the field's own name.
        let whole = Set(listed.filter { $0.split(separator: ".").count == 2 })
        let lost = all.subtracting(held)
        #expect(
            lost.subtracting(whole).isEmpty,
            "lost but not listed: \(lost.subtracting(whole).sorted())")
        #expect(
            whole.subtracting(lost).isEmpty,
            "listed but not lost: \(whole.subtracting(lost).sorted())")
    }
}
