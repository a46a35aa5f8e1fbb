import CourseModel
import Places
import SearchIndex
import Skills

/// What is missing in what is offered to the people of each region: occupations to which what can be
/// learnt within reach does not lead, and wishes that meet nothing.
public struct Gaps: Sendable {
    /// An occupation, and what of it can be learnt within reach.
    public struct Occupation: Hashable, Sendable {
        /// Its number in the skills catalogue.
        public let number: Int
        /// The essential skills that are taught within reach, by number.
        public let taught: [Int]
        /// Those that are not.
        public let missing: [Int]

        /// How many skills are essential to it.
        public var needed: Int { taught.count + missing.count }
    }

    /// What is missing in a region.
    public struct InRegion: Sendable {
        /// The region.
        public let region: Places.Region
        /// How many occupations have all their essential skills taught within reach.
        public let complete: Int
        /// The occupations of which something is taught and something is not, those that lack least
        /// first, then those of which most is taught.
        public let incomplete: [Occupation]
        /// How many occupations have nothing taught within reach.
        public let without: Int

        /// How many occupations there are that ask for skills.
        public var occupations: Int { complete + incomplete.count + without }
        /// The share of occupations to which all essential skills lead, 0...1.
        public var share: Double {
            occupations == 0 ? 0 : Double(complete) / Double(occupations)
        }
    }

    /// The generation of the catalogue.
    public let generation: Int
    /// The day that was taken for today.
    public let day: CalendarDate
    /// How far people go.
    public let reach: Reach
    /// The regions of the kind that was asked for, in the gazetteer's order.
    public let regions: [InRegion]
    private let taught: TaughtSkills

    /// Looks what is missing.
    ///
    /// - Parameters:
    ///   - query: Which offerings count; its place does not matter.
    ///   - kind: Which regions.
    ///   - reach: How far people go from where they live or work.
    /// - Throws: ``IndexError``.
    public init(
        of index: IndexReader, gazetteer: Gazetteer, skills: SkillsCatalogue, query: Query,
        kind: RegionKind, reach: Reach
    ) throws {
        generation = index.generation
        day = query.today
        self.reach = reach
        let taught = try TaughtSkills(
            of: index, gazetteer: gazetteer, skills: skills, query: query, kind: kind,
            reach: reach)
        self.taught = taught
        let essential = (0..<skills.occupationCount).map { occupation in
            skills.needs(ofOccupation: occupation).filter { $0.importance == .essential }
                .map(\.skill)
        }
        regions = gazetteer.regions.filter { $0.kind == kind }.map { region in
            let set = taught.byRegion[region.index] ?? taught.anywhere
            var (complete, without) = (0, 0)
            var incomplete: [Occupation] = []
            for (occupation, needed) in essential.enumerated() where !needed.isEmpty {
                let known = needed.filter(set.contains)
                if known.count == needed.count {
                    complete += 1
                } else if known.isEmpty {
                    without += 1
                } else {
                    incomplete.append(
                        Occupation(
                            number: occupation, taught: known,
                            missing: needed.filter { !set.contains($0) }))
                }
            }
            incomplete.sort {
                ($0.missing.count, $1.taught.count, $0.number)
                    < ($1.missing.count, $0.taught.count, $1.number)
            }
            return InRegion(
                region: region, complete: complete, incomplete: incomplete, without: without)
        }
    }

    /// Whether a skill is taught within reach of a region.
    public func isTaught(_ skill: Int, in region: RegionIndex) -> Bool {
        (taught.byRegion[region] ?? taught.anywhere).contains(skill)
    }
}
