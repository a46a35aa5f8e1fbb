/// Which skills are part of which, both ways.
struct SkillHierarchy: Sendable {
    /// Per skill, the numbers of its groups: ids of broader concepts, skills or not.
    let groups: [[Int32]]
    /// Per group, its members in order.
    let members: [[Int32]]
    /// Per skill, its own number as a group, −1 when nothing is part of it.
    let asGroup: [Int32]

    init(_ table: ConceptTable) {
        var numbers: [String: Int32] = [:]
        var groups: [[Int32]] = []
        var members: [[Int32]] = []
        groups.reserveCapacity(table.count)
        for row in 0..<table.count {
            var own: [Int32] = []
            for id in table.broader(row) {
                let number: Int32
                if let known = numbers[id] {
                    number = known
                } else {
                    number = Int32(members.count)
                    numbers[id] = number
                    members.append([])
                }
                guard !own.contains(number) else { continue }
                own.append(number)
                members[Int(number)].append(Int32(row))
            }
            groups.append(own)
        }
        self.groups = groups
        self.members = members
        asGroup = (0..<table.count).map { numbers[table.id($0)] ?? -1 }
    }
}
