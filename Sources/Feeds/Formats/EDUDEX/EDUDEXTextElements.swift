import CourseModel
import XMLStream

/// Writes texts in their languages.
enum EDUDEXTextElements {
    /// An element for each wording.
    static func lines(
        _ text: LocalizedText, _ name: String, to xml: inout XMLWriter
    ) throws(XMLWriteError) {
        for wording in text.wordings {
            try xml.element(name, wording.text, ("xml:lang", wording.language?.code ?? "nl"))
        }
    }

    /// The HTML forms, for languages in which the plain text does not say all, then the plain ones.
    static func rich(
        _ text: LocalizedRichText, html: String, plain: String, limit: Int?,
        to xml: inout XMLWriter
    ) throws(XMLWriteError) {
        let forms = text.wordings.map { wording in
            (
                language: wording.language?.code ?? "nl",
                form: EDUDEXHeld.written(wording.text, limit: limit), text: wording.text
            )
        }
        // One language with several wordings is written in one form, or some would be lost.
        let marked = Set(forms.filter { $0.form.html != nil }.map(\.language))
        for (language, form, text) in forms where marked.contains(language) {
            try xml.element(html, form.html ?? text.html, ("xml:lang", language))
        }
        for (language, form, _) in forms {
            try xml.element(plain, form.plain, ("xml:lang", language))
        }
    }
}
