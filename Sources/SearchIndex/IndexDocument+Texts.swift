import CourseModel

extension IndexDocument {
    /// Hands out every text that the course is found by, with its language and field.
    func forEachText(_ body: (String, LanguageTag?, IndexOptions.Field) -> Void) {
        let course = record.course
        func add(_ texts: LocalizedText, _ field: IndexOptions.Field) {
            for wording in texts.wordings { body(wording.text, wording.language, field) }
        }
        func add(_ texts: LocalizedRichText, _ field: IndexOptions.Field) {
            for wording in texts.wordings { body(wording.text.plainText, wording.language, field) }
        }
        func add(_ sections: [TextSection]) {
            for section in sections {
                add(section.heading, .description)
                add(section.text, .description)
            }
        }
        add(course.title, .title)
        var labels = Set<String>()
        for skill in course.skills {
            add(skill.label, .skills)
            for wording in skill.label.wordings { labels.insert(wording.text) }
        }
        for skill in skills where labels.insert(skill.label).inserted {
            body(skill.label, nil, .skills)
        }
        for qualification in course.qualifications where qualification.title != course.title {
            add(qualification.title, .skills)
        }
        add(course.keywords, .subject)
        for subject in course.subjects { add(subject.label, .subject) }
        body(providerName, nil, .provider)
        add(course.summary, .description)
        add(course.description, .description)
        add(course.sections)
        add(course.prerequisites, .description)
        var ownTexts = Set<LocalizedRichText>()
        for offering in record.offerings {
            if !offering.title.isEmpty, offering.title != course.title {
                add(offering.title, .title)
            }
            // Offerings of a course mostly repeat each other's text.
            if !offering.description.isEmpty, ownTexts.insert(offering.description).inserted {
                add(offering.description, .description)
            }
            for section in offering.sections where ownTexts.insert(section.text).inserted {
                add(section.text, .description)
            }
        }
    }
}
