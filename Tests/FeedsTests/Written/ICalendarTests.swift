import CourseModel
import Feeds
import Foundation
import TestSupport
import Testing

@Suite("iCalendar (RFC 5545)")
struct ICalendarTests {
    private func text(_ record: CourseRecord, removed: Bool = false) throws -> String {
        let bytes = try Written.bytes(
            ICalendar.self, providers: [Sample.provider], records: removed ? [] : [record],
            removals: removed
                ? [FeedRemoval(record, isWholeCourse: true, at: "2026-11-20T08:30:00Z")] : [])
        return String(decoding: bytes, as: UTF8.self)
    }

    @Test("lines are short, end in CR LF, and blocks are nested", arguments: 1...4)
    func form(seed: UInt64) throws {
        let bytes = try Written.bytes(ICalendar.self, DrawnCatalogue(seed: seed))
        let text = String(decoding: bytes, as: UTF8.self)
        #expect(String(validating: bytes, as: UTF8.self) != nil)
        #expect(text.hasSuffix("\r\n"))
        let lines = text.components(separatedBy: "\r\n").dropLast()
        #expect(lines.allSatisfy { $0.utf8.count <= 75 && !$0.contains("\n") })
        var open: [Substring] = []
        for line in lines {
            if line.hasPrefix("BEGIN:") { open.append(line.dropFirst(6)) }
            if line.hasPrefix("END:") { #expect(open.popLast() == line.dropFirst(4)) }
        }
        #expect(open.isEmpty)
        let ids = lines.filter { $0.hasPrefix("UID:") }
        #expect(ids.count > 5)
    }

    @Test(
        "another program reads it, zone, rule and text included",
        .enabled(if: Python.having("icalendar") != nil, "needs python's icalendar"),
        arguments: 1...3)
    func foreign(seed: UInt64) throws {
        let bytes = try Written.bytes(ICalendar.self, DrawnCatalogue(seed: seed))
        let scratch = try Scratch()
        let path = try scratch.write("drawn.ics", Data(bytes))
        let script = """
            import sys, icalendar
            calendar = icalendar.Calendar.from_ical(open(sys.argv[1], "rb").read())
            zones = {str(z["TZID"]) for z in calendar.walk("VTIMEZONE")}
            seen = set()
            for event in calendar.walk("VEVENT"):
                for name in ("UID", "DTSTAMP", "DTSTART", "SUMMARY", "STATUS"):
                    if name not in event: print("without", name, file=sys.stderr)
                if event.errors: print(event.errors, file=sys.stderr)
                uid = str(event["UID"])
                if uid in seen: print("twice", uid, file=sys.stderr)
                seen.add(uid)
                zone = event["DTSTART"].params.get("TZID")
                if zone and zone not in zones: print("no zone", zone, file=sys.stderr)
                if "DTEND" in event and event["DTEND"].dt <= event["DTSTART"].dt:
                    print("ends before", uid, file=sys.stderr)
            if len(seen) < 5: print("few events", file=sys.stderr)
            """
        #expect(try Python.run(try #require(Python.having("icalendar")), script, [path]) == "")
    }

    @Test(
        "without meetings an offering is the days from its first to its last, and leaves one free")
    func days() throws {
        let text = try text(try Sample.record(id: "C1"))
        for line in [
            "UID:s:C1#1", "DTSTAMP:20261002T080000Z", "DTSTART;VALUE=DATE:20270209",
            "DTEND;VALUE=DATE:20270310", "TRANSP:TRANSPARENT",
            "SUMMARY:Snoeien\\; enten\\, en meer", "LOCATION:De Kas\\, Spoorlaan 1\\, Houten",
            "GEO:52.03;5.17", "URL:https://veldschool.example/C1", "STATUS:CONFIRMED",
        ] { #expect(text.contains("\r\n\(line)\r\n"), "\(line)") }
        #expect(!text.contains("VTIMEZONE"))
    }

    @Test("meetings with a time stand on the clocks of the country, defined once before the first")
    func meetings() throws {
        let sessions = [
            Session(
                date: day("2027-02-09"), begins: TimeOfDay(iso: "19:00"),
                ends: TimeOfDay(iso: "21:30"), name: "Theorie"),
            Session(
                date: day("2027-02-16"), begins: TimeOfDay(iso: "22:00"),
                ends: TimeOfDay(iso: "00:30")),
            Session(date: day("2027-02-23")),
        ]
        let text = try text(try Sample.record(id: "C1", sessions: sessions))
        #expect(occurrences(of: "BEGIN:VTIMEZONE", in: text) == 1)
        #expect(occurrences(of: "BEGIN:VEVENT", in: text) == 3)
        for line in [
            "UID:s:C1#1/2027-02-09T19:00", "DTSTART;TZID=Europe/Amsterdam:20270209T190000",
            "DTEND;TZID=Europe/Amsterdam:20270209T213000",
            "SUMMARY:Snoeien\\; enten\\, en meer – Theorie",
            "DTEND;TZID=Europe/Amsterdam:20270217T003000", "DTSTART;VALUE=DATE:20270223",
        ] { #expect(text.contains("\r\n\(line)\r\n"), "\(line)") }
    }

    @Test("a meeting of every week comes back until the last day")
    func weekly() throws {
        let session = Session(
            weekday: .thursday, begins: TimeOfDay(iso: "09:00"), ends: TimeOfDay(iso: "12:00"))
        let text = try text(try Sample.record(id: "C1", sessions: [session]))
        // Tuesday 9 February to Tuesday 9 March: the Thursdays 11, 18, 25 February and 4 March.
        #expect(text.contains("DTSTART;TZID=Europe/Amsterdam:20270211T090000\r\n"))
        #expect(text.contains("RRULE:FREQ=WEEKLY;COUNT=4\r\n"))
        #expect(text.contains("UID:s:C1#1/thursdayT09:00\r\n"))
    }

    @Test("what is gone is cancelled under its old id")
    func removals() throws {
        let text = try text(try Sample.record(id: "C1"), removed: true)
        #expect(text.contains("UID:s:C1#1\r\n"))
        #expect(text.contains("DTSTAMP:20261120T083000Z\r\n"))
        #expect(text.contains("STATUS:CANCELLED\r\n"))
    }

    @Test("an offering without a day is left out and told")
    func dayless() throws {
        let writer = try ICalendarWriter(to: .memory, context: Written.context)
        try writer.write(try Sample.record(id: "C1", start: .rolling))
        let written = try writer.finish()
        #expect(written.count.isZero)
        #expect(written.diagnostics.map(\.code) == [.offeringLeftOut])
    }
}
