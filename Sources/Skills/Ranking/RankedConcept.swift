/// A concept to rank: what it is called, and what else is known of it.
public struct RankedConcept: Sendable {
    /// What it is called in the language of the texts that will be looked up, its preferred label
    /// first.
    public var labels: [String]
    /// What is said about it in that language.
    public var text: String
    /// What it is called in the other language.
    public var otherLabels: [String]
    /// What is said about it in the other language.
    public var otherText: String
    /// Names of the groups that it is part of; equal names are one group.
    public var groups: [String]
    /// Whether it is itself a group of concepts: of two that fit alike it is the less likely.
    public var isGroup: Bool

    /// A concept.
    public init(
        labels: [String], text: String = "", otherLabels: [String] = [], otherText: String = "",
        groups: [String] = [], isGroup: Bool = false
    ) {
        self.labels = labels
        self.text = text
        self.otherLabels = otherLabels
        self.otherText = otherText
        self.groups = groups
        self.isGroup = isGroup
    }
}

/// Something that concepts are related to, such as an occupation that asks for skills: a text that
/// speaks of it speaks of them too.
public struct RelatedConcept: Sendable {
    /// What it is called and what is said about it, in the language of the texts looked up.
    public var text: String
    /// The same in the other language.
    public var otherText: String
    /// The numbers of the concepts that it is related to, and how strongly, 0...1.
    public var links: [(concept: Int, strength: Float)]

    /// A related concept.
    public init(text: String, otherText: String, links: [(concept: Int, strength: Float)]) {
        self.text = text
        self.otherText = otherText
        self.links = links
    }
}
