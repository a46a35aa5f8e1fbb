import CourseModel

/// Single objects of OOAPI v5, as the endpoints of a service answer them; in feeds they stand within
/// each other (``OOAPIWriter``).
public enum OOAPIObjects {
    /// The `courseId` of a course.
    public static func courseID(_ id: ID<Course>) -> String { OOAPIID.uuid("course", id) }

    /// The `organizationId` of a provider.
    public static func organizationID(_ id: ID<Provider>) -> String {
        OOAPIID.uuid("provider", id)
    }

    /// The object of a course, with the id of its organization.
    public static func course(_ record: CourseRecord) -> [UInt8] {
        let course = OOAPIWriter.reduced(record).course
        return object { json in
            OOAPIJSON.course(course, &json)
            json.string("organization", organizationID(course.provider))
        }
    }

    /// The objects of a course's offerings that OOAPI can hold: those with a day of start.
    public static func offerings(of record: CourseRecord) -> [[UInt8]] {
        let reduced = OOAPIWriter.reduced(record)
        return OOAPIReduction.parted(reduced.offerings).dated.map { offering in
            object { json in
                OOAPIJSON.offering(
                    offering, of: reduced.course, courseDuration: record.course.duration, &json)
            }
        }
    }

    /// The object of a provider.
    public static func organization(_ provider: Provider) -> [UInt8] {
        object { OOAPIJSON.provider(OOAPIWriter.reduced(provider), &$0) }
    }

    private static func object(_ body: (inout JSONText) -> Void) -> [UInt8] {
        var json = JSONText()
        json.object(nil, body)
        return json.bytes
    }
}
