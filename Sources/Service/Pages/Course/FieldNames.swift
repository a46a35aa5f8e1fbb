import Answers

/// The fields of a course as learners call them.
enum FieldNames {
    /// A field's name; the model's own for those that no learner meets.
    static func name(of field: String, _ language: AnswerLanguage) -> String {
        switch field {
        case "provider": language(nl: "aanbieder", en: "provider")
        case "kind": language(nl: "soort", en: "kind")
        case "statedKind": language(nl: "soort bij de bron", en: "kind at the source")
        case "title": language(nl: "titel", en: "title")
        case "summary": language(nl: "samenvatting", en: "summary")
        case "description": language(nl: "beschrijving", en: "description")
        case "sections": language(nl: "teksten per onderwerp", en: "texts by subject")
        case "level": language(nl: "niveau", en: "level")
        case "requiredLevels": language(nl: "niveau vooraf", en: "level before")
        case "prerequisites": language(nl: "vooraf nodig", en: "needed before")
        case "studyLoad": language(nl: "studielast", en: "study load")
        case "duration": language(nl: "duur", en: "duration")
        case "qualifications": language(nl: "wat je krijgt", en: "what you earn")
        case "codes": language(nl: "registercodes", en: "register codes")
        case "audiences": language(nl: "voor wie", en: "for whom")
        case "subjects": language(nl: "onderwerpen", en: "subjects")
        case "keywords": language(nl: "trefwoorden", en: "keywords")
        case "skills": language(nl: "vaardigheden", en: "skills")
        case "modes": language(nl: "lesvorm", en: "form of teaching")
        case "studyModes": language(nl: "voltijd of deeltijd", en: "full-time or part-time")
        case "languages": language(nl: "taal", en: "language")
        case "funding": language(nl: "vergoeding", en: "funding")
        case "url": language(nl: "webadres", en: "web address")
        case "applyURL": language(nl: "aanmeldadres", en: "address to enrol")
        case "image": language(nl: "afbeelding", en: "picture")
        case "contacts": "contact"
        case "expires": language(nl: "laatste dag", en: "last day")
        case "owners": language(nl: "van wie de cursus is", en: "whose course it is")
        case "timing": language(nl: "begin en einde", en: "start and end")
        case "places": language(nl: "plaats", en: "place")
        case "price": language(nl: "prijs", en: "price")
        case "status": language(nl: "stand", en: "state")
        case "enrolment": language(nl: "inschrijving", en: "enrolment")
        case "placesLeft": language(nl: "plekken over", en: "places left")
        case "dayParts": language(nl: "dagdeel", en: "part of the day")
        case "provider.name": language(nl: "naam van de aanbieder", en: "name of the provider")
        case "provider.description": language(nl: "over de aanbieder", en: "about the provider")
        case "provider.url":
            language(nl: "webadres van de aanbieder", en: "web address of the provider")
        case "provider.location":
            language(nl: "adres van de aanbieder", en: "address of the provider")
        case "provider.contacts":
            language(nl: "contact met de aanbieder", en: "contact with the provider")
        default: field
        }
    }
}
