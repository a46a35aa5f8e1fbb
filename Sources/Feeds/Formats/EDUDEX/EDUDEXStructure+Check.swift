import CourseModel
import XMLStream

extension EDUDEXStructure {
    /// Tells everything about the shape of a programme that a strict reader would refuse.
    func check(_ program: XMLNode, _ issues: inout DiagnosticLog) {
        check(program, as: "Program", &issues)
    }

    private func check(_ node: XMLNode, as group: String, _ issues: inout DiagnosticLog) {
        checkAttributes(of: node, isRoot: group == "Program", &issues)
        guard let members = groups[group] else { return }
        var expected = 0
        var counts = [Int](repeating: 0, count: members.count)
        var isOutOfOrder = false
        for child in node.children {
            let name = child.localName
            // Feeds mostly keep the order, so the search starts where the last one ended.
            guard
                let index = members[expected...].firstIndex(where: { $0.name == name })
                    ?? members[..<expected].firstIndex(where: { $0.name == name })
            else {
                checkUnknown(child, in: node, &issues)
                continue
            }
            if index < expected, !isOutOfOrder {
                isOutOfOrder = true
                issues.add(
                    members[index].isRequired ? .warning : .note, .elementOrder, at: child,
                    "<\(name)> stands behind <\(members[expected].name)>; EDU-DEX wants it before. "
                        + "It was read; move it up.")
            }
            expected = max(expected, index)
            counts[index] += 1
            if counts[index] == 2, !members[index].isRepeatable {
                issues.add(
                    .warning, .elementRepeated, at: child,
                    "<\(name)> may stand in <\(node.localName)> only once; the first is used.")
            }
            check(child, members[index].content, &issues)
        }
        for (member, count) in zip(members, counts) where count == 0 && member.isRequired {
            issues.add(
                .warning, .elementMissing, at: node, field: member.name,
                "<\(node.localName)> lacks <\(member.name)>, which EDU-DEX requires.")
        }
    }

    private func check(_ node: XMLNode, _ content: Content, _ issues: inout DiagnosticLog) {
        switch content {
        case .free: return
        case .group(let name): return check(node, as: name, &issues)
        case .value: break
        case .text(let limit):
            if node.language == nil {
                issues.add(
                    .warning, .languageMissing, at: node,
                    "<\(node.localName)> does not say its language; the text is kept without one. "
                        + "Add xml:lang=\"nl\" or another code.")
            }
            if let limit, !node.hasElementChildren {
                let text = node.text
                if text.utf8.count > limit, text.count > limit {
                    issues.add(
                        .warning, .textTooLong, at: node,
                        "<\(node.localName)> has \(text.count) characters, EDU-DEX allows "
                            + "\(limit); all of it was read. Shorten it.")
                }
            }
        case .code(let list):
            let code = node.trimmedText ?? ""
            if let codes = EDUDEXCodes.lists[list], !codes.contains(code) {
                issues.add(
                    .warning, .codeUnknown, at: node,
                    "“\(code)” is no \(node.localName) of EDU-DEX. "
                        + Self.suggestion(for: code, in: codes))
            }
        }
        checkAttributes(of: node, isRoot: false, &issues)
    }

    /// The codes that the owner may have meant.
    private static func suggestion(for code: String, in codes: Set<String>) -> String {
        let words = Set(code.lowercased().split { !$0.isLetter && !$0.isNumber })
        let near = codes.filter { candidate in
            !words.isDisjoint(with: candidate.lowercased().split { !$0.isLetter && !$0.isNumber })
        }.sorted()
        if !near.isEmpty, near.count <= 6 {
            return "Did you mean \(near.map { "“\($0)”" }.joined(separator: " or "))?"
        }
        guard codes.count <= 12 else { return "Take one of the codes of EDU-DEX's list." }
        let all = codes.filter { !$0.isEmpty }.sorted()
        return "Its codes are \(all.joined(separator: ", "))."
    }

    private func checkUnknown(_ child: XMLNode, in node: XMLNode, _ issues: inout DiagnosticLog) {
        if Self.retired.contains(child.localName) {
            issues.add(
                .warning, .elementRetired, at: child,
                "<\(child.localName)> is no longer part of EDU-DEX and was not used. Leave it out.")
        } else {
            issues.add(
                .warning, .elementUnknown, at: child,
                "<\(node.localName)> has no <\(child.localName)> in EDU-DEX; it is kept in the "
                    + "record's original only.")
        }
    }

    /// Elements that EDU-DEX had once.
    private static let retired: Set<String> = ["startingYear"]

    private func checkAttributes(
        of node: XMLNode, isRoot: Bool, _ issues: inout DiagnosticLog
    ) {
        for attribute in node.attributes {
            let isKnown =
                switch (attribute.namespace, attribute.localName) {
                case ("", "unit"):
                    node.localName == "programDuration" || node.localName == "duration"
                case ("", "period"): node.localName == "studyLoad"
                case ("", "system"): node.localName == "credits"
                case ("", "version"): node.localName == "eCFDevelopment"
                case ("", "clientOffer"): node.localName == "clientId"
                case ("", "isFinal"):
                    node.localName == "startDate" || node.localName == "endDate"
                case ("", "id"): node.localName == "programLocation"
                case ("http://www.w3.org/XML/1998/namespace", _): true
                case (_, "schemaLocation"), (_, "noNamespaceSchemaLocation"): isRoot
                default: false
                }
            guard !isKnown else { continue }
            let name =
                attribute.prefix.isEmpty
                ? attribute.localName : "\(attribute.prefix):\(attribute.localName)"
            issues.add(
                .warning, .attributeUnknown, at: node, field: "\(node.localName)/@\(name)",
                "<\(node.localName)> has an attribute \(name), which EDU-DEX does not know and its "
                    + "import refuses; it was not used. Leave it out.")
        }
    }
}
