extension DiagnosticCatalogue {
    /// What the official schema of a format does not allow.
    static let schema: [DiagnosticExplanation] = [
        .init(
            "schema-root-unknown", nl: "Hoofdelement hoort niet bij het schema",
            "Het schema kent dit document niet; vaak is de namespace of de versie verkeerd.",
            en: "Root element is not of the schema",
            "The schema does not know this document; often the namespace or version is wrong.",
            wrong: "<catalog xmlns=\"http://xcri.org/profiles/1.1/catalog\">",
            right: "<catalog xmlns=\"http://xcri.org/profiles/1.2/catalog\">"),
        .init(
            "schema-element-unexpected", nl: "Element hoort hier niet volgens het schema",
            "Het staat op de verkeerde plaats, te vaak, of het bestaat niet; ontvangers mogen de feed weigeren.",
            en: "Element is not allowed here by the schema",
            "It stands in the wrong place or too often, or does not exist; receivers may refuse the feed.",
            wrong: "<title>…</title><identifier>…</identifier>",
            right: "<identifier>…</identifier><title>…</title>"),
        .init(
            "schema-element-missing", nl: "Verplicht element ontbreekt volgens het schema",
            "Zonder dit element is de feed ongeldig; ontvangers mogen haar weigeren.",
            en: "Element that the schema demands is missing",
            "Without it the feed is not valid; receivers may refuse it.",
            wrong: "<provider/>",
            right: "<provider><identifier>…</identifier></provider>"),
        .init(
            "schema-attribute-unexpected", nl: "Attribuut hoort hier niet volgens het schema",
            "Het bestaat niet of is verkeerd geschreven; ontvangers lezen het niet.",
            en: "Attribute is not allowed by the schema",
            "It does not exist or is misspelt; receivers do not read it.",
            wrong: "<start date=\"2027-02-09\">",
            right: "<start dtf=\"2027-02-09\">"),
        .init(
            "schema-attribute-missing", nl: "Verplicht attribuut ontbreekt volgens het schema",
            "Zonder dit attribuut is de feed ongeldig; ontvangers mogen haar weigeren.",
            en: "Attribute that the schema demands is missing",
            "Without it the feed is not valid; receivers may refuse it.",
            wrong: "<catalog>",
            right: "<catalog generated=\"2026-11-24T06:00:00Z\">"),
        .init(
            "schema-value-invalid", nl: "Waarde past niet bij het schema",
            "De waarde heeft de verkeerde vorm of staat niet in de lijst van het schema.",
            en: "Value is not allowed by the schema",
            "The value has the wrong form, or is not in the schema's list.",
            wrong: "<startDate>9-2-2027</startDate>",
            right: "<startDate>2027-02-09</startDate>"),
        .init(
            "schema-content-invalid", nl: "Inhoud past niet bij het schema",
            "Er staat tekst waar alleen elementen mogen staan, of andersom.",
            en: "Content is not allowed by the schema",
            "There is text where only elements may stand, or the other way round.",
            wrong: "<provider>Veldschool</provider>",
            right: "<provider><title>Veldschool</title></provider>"),
        .init(
            "schema-key-broken", nl: "Sleutel dubbel of onbekend volgens het schema",
            "Een id komt twee keer voor, of een verwijzing leidt nergens heen.",
            en: "Key is double or unknown by the schema",
            "An id is there twice, or a reference leads nowhere.",
            wrong: "id=\"C1\" … id=\"C1\"",
            right: "id=\"C1\" … id=\"C2\""),
        .init(
            "schema-violated", nl: "Regel van het schema overtreden",
            "De melding van de validator staat erbij.",
            en: "Rule of the schema broken",
            "The validator's message stands with it.",
            wrong: "(see the message)",
            right: "(see the message)"),
        .init(
            "schema-check-incomplete", nl: "Maar voor een deel getoetst aan het schema",
            "Wat hier niet welgevormd is, kan niet worden getoetst, of het schema vraagt meer dan "
                + "hier wordt getoetst; de melding zegt wat.",
            en: "Held against the schema only in part",
            "What is not well-formed cannot be checked, or the schema asks more than is checked "
                + "here; the message says what.",
            wrong: "<p>Snoeien & enten</p>",
            right: "<p>Snoeien &amp; enten</p>"),
    ]
}
