import CourseModel
import XMLStream

extension XCRIWriter {
    func writeCourse(_ record: CourseRecord) throws {
        let course = record.course
        try line(2)
        try start("course")
        try contributors(course.contacts, 3)
        if let expires = course.expires { try lineElement("dcterms:valid", expires.iso, 3) }
        try lastEdited(course.provenance, 3)
        try richTexts("dc:description", course.description, 3)
        try studyLoad(course.studyLoad)
        try describingSections(course.sections, 3)
        var codes = course.aliases + course.codes
        if let group = course.variantGroup {
            codes.append(Code(scheme: "variant-group", code: group))
        }
        try identifiers(course.nativeID, codes, 3)
        try image(course.image, 3)
        try subjects(course)
        try texts("dc:title", course.title, 3)
        try lineElement("dc:type", course.kind.rawValue, 3)
        if let stated = course.statedKind { try lineElement("dc:type", stated, 3) }
        for audience in Audience.allCases where course.audiences.contains(audience) {
            try lineElement("dc:type", "audience:" + audience.rawValue, 3)
        }
        for scheme in course.funding { try lineElement("dc:type", "funding:" + scheme.name, 3) }
        if let url = course.url { try lineElement("mlo:url", url, 3) }
        try texts("abstract", course.summary, 3)
        try elementSections(
            course.sections, prerequisites: course.prerequisites, required: course.requiredLevels,
            3)
        let (level, levels) = XCRIReduction.levels(course)
        if let level { try lineElement("mlo:level", levelText(level), 3) }
        for (index, qualification) in course.qualifications.enumerated() {
            // Readers look for the level with the qualification, so the first one repeats it.
            try self.qualification(qualification, levels[index] ?? (index == 0 ? level : nil))
        }
        for credit in course.studyLoad.credits { try self.credit(credit) }
        for offering in record.offerings { try writeOffering(offering, of: course) }
        try line(2)
        try end()
    }

    private func studyLoad(_ load: StudyLoad) throws {
        func hours(_ type: String, _ value: FixedDecimal?, perWeek: Bool = false) throws {
            guard let value else { return }
            try line(3)
            try start("dc:description")
            try attribute("xsi:type", "xcriTerms:" + type)
            try xml.text(XCRIHours.text(value, perWeek: perWeek))
            try end()
        }
        try hours("studyHours", load.hours)
        try hours("studyHours", load.hoursPerWeek, perWeek: true)
        try hours("contactHours", load.contactHours)
    }

    private func subjects(_ course: Course) throws {
        for wording in course.keywords.wordings {
            try lineElement("dc:subject", wording.text, 3, language: wording.language)
        }
        for subject in course.subjects {
            try self.subject(
                XCRICodes.encoded(
                    scheme: XCRICodes.schemeName(subject.scheme), code: subject.code,
                    plain: XCRICodes.plainScheme),
                subject.label)
        }
        for skill in course.skills {
            let id = skill.id ?? ""
            try subject(XCRICodes.isSkill(id) ? id : "skill:" + id, skill.label)
        }
    }

    private func subject(_ identifier: String, _ label: LocalizedText) throws {
        let wordings = label.wordings.isEmpty ? [.init(language: nil, text: "")] : label.wordings
        for wording in wordings {
            try line(3)
            try start("dc:subject")
            if let language = wording.language { try attribute("xml:lang", language.code) }
            try attribute("identifier", identifier)
            try xml.text(wording.text)
            try end()
        }
    }

    private func qualification(_ qualification: Qualification, _ level: Level?) throws {
        try line(3)
        try start("mlo:qualification")
        for code in qualification.codes {
            try lineElement("dc:identifier", XCRIIdentity.text(code), 4)
        }
        // The schema wants a title; an empty one says that there is none.
        if qualification.title.isEmpty { try lineElement("dc:title", "", 4) }
        try texts("dc:title", qualification.title, 4)
        if let short = qualification.abbreviation { try lineElement("abbr", short, 4) }
        if let level {
            try lineElement("dcterms:educationLevel", levelText(level), 4)
        }
        try lineElement("dc:type", qualification.kind.rawValue, 4)
        if let url = qualification.url { try lineElement("mlo:url", url, 4) }
        if let body = qualification.awardedBy { try lineElement("awardedBy", body, 4) }
        if let body = qualification.accreditedBy { try lineElement("accreditedBy", body, 4) }
        try line(3)
        try end()
    }

    private func credit(_ credit: StudyLoad.Credit) throws {
        try line(3)
        try start("mlo:credit")
        try lineElement("credit:scheme", credit.system, 4)
        if let level = credit.level { try lineElement("credit:level", level, 4) }
        try lineElement("credit:value", credit.value.text(minimumPlaces: 0), 4)
        try line(3)
        try end()
    }
}
