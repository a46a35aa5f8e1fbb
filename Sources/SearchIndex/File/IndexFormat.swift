import Places

/// The layout of an index file.
///
/// ```
/// file     = header section* checksums
/// header   = magic:8 version:u32 sections:u32 generation:u64 fileSize:u64
///            checksumsOffset:u64 checksumsSum:u64 { offset:u64 length:u64 } * sections
///            … zeros … headerSum:u64                            4096 bytes
/// section  = bytes, from a multiple of 64
/// checksums = u64 for each 16,384 bytes between the header and the checksums
/// ```
/// All numbers are little-endian; sections stand at their place in ``IndexSection``.
enum IndexFormat {
    static let magic: [UInt8] = Array("LEERWIJS".utf8)
    static let version: UInt32 = 9
    static let headerSize = 4096
    static let alignment = 64
    static let chunkShift = 14
    static let chunkSize = 1 << chunkShift
    /// The name of the file within a generation's folder.
    static let fileName = "index"
    /// How many courses share one box of coordinates.
    static let coursesPerChunk = 64
}

/// The parts of an index file, in the order of the header.
enum IndexSection: Int, CaseIterable {
    /// Options and counts (``IndexMeta``).
    case meta
    /// ``CourseRow`` for each course and one beyond; ``CourseTraits`` for each course;
    /// ``OfferingRow`` for each offering.
    case courses, courseTraits, offerings
    /// The offerings with a time to enrol, u32 ascending; the first and last day of each, two i32.
    case enrolled, enrolment
    /// ``PlaceBox`` for each chunk of courses; the chunks of each cell (``ChunkSet``).
    case chunks, chunkCells
    /// The offerings with more than one venue, u32 ascending; where their further venues start in
    /// ``venues``, u32 and one beyond; those venues (``VenueRow``).
    case moreVenues, moreVenueStarts, venues
    /// The label of each offering's first venue, a number into ``labels`` (``NarrowColumn``).
    case venueLabels
    /// The conditions of each offering, a number into ``conditionSets`` (``NarrowColumn``).
    case conditions
    /// String tables.
    case providerIDs, providerNames, partnerIDs, languageSets, fundingSets, conditionSets, regions,
        labels
    /// ``AreaRow`` for each distinct set of regions, and the box of its venues.
    case areas, areaBoxes
    /// The dictionary of terms: a sorted string table, a hash table (``HashSlots``), and in how many
    /// courses each term is, u32, at least 1.
    case terms, termHashes, termCourses
    /// Where the posting list of each term starts, u64 and one beyond; posting lists.
    case termStarts, postings
    /// Words as they are written: a sorted string table, a hash table (``HashSlots``), ``FormRow``s,
    /// and the terms of the parts of compounds.
    case forms, formHashes, formRows, formParts
    /// The words of the short texts of each course in their order (``PhraseTest``): starts
    /// (``Offsets``), and bytes.
    case phraseStarts, phrases
    /// ``SkillRow``s by course.
    case skills
    /// What is shown of courses and their offerings: starts (``Offsets``), and bytes.
    case storedStarts, stored
    /// Courses by the hash of their id (``HashSlots``).
    case courseHashes
}

/// The smallest box that holds some venues, in degrees times 10⁷; `south > north` when there are
/// none.
struct PlaceBox {
    var south: Int32 = .max
    var north: Int32 = .min
    var west: Int32 = .max
    var east: Int32 = .min
    /// ``needsNoTravel``, ``hasRegionOnly``, ``hasUnplaced``.
    var flags: UInt32 = 0

    /// Flag: an offering needs no travel.
    static var needsNoTravel: UInt32 { 1 }
    /// Flag: a venue has regions but no coordinates, so that it is in no box.
    static var hasRegionOnly: UInt32 { 2 }
    /// Flag: an offering needs travel and has no venue with coordinates.
    static var hasUnplaced: UInt32 { 4 }

    mutating func include(_ latitude: Int32, _ longitude: Int32) {
        south = min(south, latitude)
        north = max(north, latitude)
        west = min(west, longitude)
        east = max(east, longitude)
    }

    mutating func include(_ other: PlaceBox) {
        south = min(south, other.south)
        north = max(north, other.north)
        west = min(west, other.west)
        east = max(east, other.east)
        flags |= other.flags
    }

    func overlaps(_ other: PlaceBox) -> Bool {
        south <= other.north && north >= other.south && west <= other.east && east >= other.west
    }
}

/// A further venue of an offering.
struct VenueRow {
    var latitude: Int32
    var longitude: Int32
    var label: UInt32
    var area: UInt16
    var reserved: UInt16
}

/// A set of regions that venues lie in: the number in ``IndexSection/regions`` plus 1, 0 for none.
struct AreaRow: Hashable {
    var municipality: UInt16 = 0
    var province: UInt16 = 0
    var labourMarketRegion: UInt16 = 0
    var corop: UInt16 = 0

    /// Orders rows; that without regions comes first.
    var sortKey: [UInt16] { RegionKind.allCases.map { self[$0] } }

    subscript(kind: RegionKind) -> UInt16 {
        get {
            switch kind {
            case .municipality: municipality
            case .province: province
            case .labourRegion: labourMarketRegion
            case .corop: corop
            }
        }
        set {
            switch kind {
            case .municipality: municipality = newValue
            case .province: province = newValue
            case .labourRegion: labourMarketRegion = newValue
            case .corop: corop = newValue
            }
        }
    }
}

extension RegionKind {
    /// How the index writes it.
    var number: UInt8 {
        switch self {
        case .municipality: 0
        case .province: 1
        case .labourRegion: 2
        case .corop: 3
        }
    }

    init?(number: UInt8) {
        guard let kind = Self.allCases.first(where: { $0.number == number }) else { return nil }
        self = kind
    }
}

/// A written word and the terms it leads to; ``none`` where there is none.
struct FormRow {
    static var none: UInt32 { UInt32.max }
    /// The Dutch and the English stem.
    var dutch: UInt32
    var english: UInt32
    /// In how many courses it is written.
    var courses: UInt32
    /// Where its parts stand in ``IndexSection/formParts``, and how many, in the low two bits.
    var parts: UInt32
}

/// A skill of a course.
struct SkillRow {
    /// The skill's term.
    var term: UInt32
    /// Weight in steps of 1/255 in the low byte; 256 when declared.
    var weight: UInt32
}

/// The first byte of a term: what sort of thing it stands for.
enum TermSpace: UInt8, CaseIterable {
    /// A stem, in any field.
    case word = 1
    /// A stem in a title; in a provider's name.
    case title, provider
    /// A skill by its id.
    case skill
    /// A subject by `scheme:code`, by code, by folded label.
    case subject = 6
}
