import CourseModel

extension DiagnosticCatalogue {
    /// Faults of the shape of documents, and lists of documents.
    static let documents: [DiagnosticExplanation] = [
        .init(
            "namespace-wrong", nl: "Naamruimte klopt niet",
            "De naamruimte is niet letterlijk die van het formaat; andere ontvangers "
                + "weigeren het document.",
            en: "Namespace is wrong",
            "The namespace is not the format's to the letter; other receivers refuse "
                + "the document.",
            wrong: "xmlns=\"http://edudex.nl/Program\"",
            right: "the format's own namespace"),
        .init(
            "element-order", nl: "Elementen in verkeerde volgorde",
            "Het schema eist een vaste volgorde; ontvangers die valideren weigeren "
                + "het document.",
            en: "Elements in the wrong order",
            "The schema asks for a fixed order; receivers that validate refuse the document.",
            wrong: "<programName/> <editor/>",
            right: "<editor/> <programName/>"),
        .init(
            "element-missing", nl: "Verplicht element ontbreekt",
            "Ontvangers die valideren weigeren het document.",
            en: "Required element missing",
            "Receivers that validate refuse the document.",
            wrong: "(no programId)",
            right: "<programId>BS-1</programId>"),
        .init(
            "element-repeated", nl: "Element te vaak",
            "Alleen het eerste telt.",
            en: "Element too often",
            "Only the first counts.",
            wrong: "<level/> <level/>",
            right: "<level/>"),
        .init(
            "element-unknown", nl: "Onbekend element",
            "Het formaat kent het niet; de inhoud is niet gelezen, wel bewaard.",
            en: "Unknown element",
            "The format does not know it; its content was not read, but kept.",
            wrong: "<programmeName>",
            right: "<programName>"),
        .init(
            "element-retired", nl: "Vervallen element",
            "Het formaat kende het ooit; ontvangers lezen het niet meer.",
            en: "Retired element",
            "The format had it once; receivers no longer read it.",
            wrong: "an element of an older version",
            right: "its successor"),
        .init(
            "attribute-unknown", nl: "Onbekend attribuut",
            "Het formaat kent het niet; de waarde is niet gelezen, wel bewaard.",
            en: "Unknown attribute",
            "The format does not know it; its value was not read, but kept.",
            wrong: "lang=\"nl\"",
            right: "xml:lang=\"nl\""),
        .init(
            "client-only", nl: "Alleen voor klanten",
            "De uitvoering is alleen voor klanten van een besloten feed.",
            en: "For clients only",
            "The offering is for the clients of a closed feed only.",
            wrong: "<clientId>…",
            right: "leave it out of an open feed"),
        .init(
            "client-discount", nl: "Korting voor een klant",
            "De korting is gelezen en niet toegepast: zij geldt niet voor iedereen.",
            en: "Discount for a client",
            "The discount was read and not applied: it does not hold for everybody.",
            wrong: "<discount clientId=\"…\">",
            right: "(nothing to do)"),
        .init(
            "client-missing", nl: "Klant niet genoemd",
            "Het programma staat in een besloten feed en zegt niet voor welke klant het is.",
            en: "Client not named",
            "The programme is in a closed feed and does not say for which client.",
            wrong: "(no clientId)",
            right: "<clientId>…</clientId>"),
        .init(
            "document-unresolved", nl: "Document niet te openen",
            "Een document uit de lijst is er niet; wat erin staat ontbreekt.",
            en: "Document cannot be opened",
            "A document in the list is not there; what it holds is missing.",
            wrong: "<programUrl>weg.xml",
            right: "a file that is there"),
        .init(
            "document-unexpected", nl: "Ander document dan verwacht",
            "Het document is niet wat de lijst zegt.",
            en: "Other document than expected",
            "The document is not what the list says it is.",
            wrong: "programme expected, found a list",
            right: "the right address"),
        .init(
            "document-id-differs", nl: "Id verschilt van de lijst",
            "Het document heeft een ander id dan de lijst; het eigen id is genomen.",
            en: "Id differs from the list",
            "The document has another id than the list gives; its own was taken.",
            wrong: "list BS-1, document BS-2",
            right: "the same id in both"),
        .init(
            "document-repeated", nl: "Document twee keer genoemd",
            "Het is één keer gelezen.",
            en: "Document named twice",
            "It was read once.",
            wrong: "BS-1.xml, BS-1.xml",
            right: "BS-1.xml"),
        .init(
            "not-in-publication", nl: "Niet voor publicatie",
            "Het programma zegt zelf dat het niet mag worden getoond.",
            en: "Not for publication",
            "The programme itself says that it is not to be shown.",
            wrong: "<isPublished>false",
            right: "<isPublished>true"),
        .init(
            "column-not-mapped", nl: "Kolom zonder betekenis",
            "Geen veld is aan deze kolom gekoppeld; wat erin staat is niet gelezen.",
            en: "Column without a meaning",
            "No field is mapped to this column; what it holds was not read.",
            wrong: "\"Lesgeld\": (no line in the mapping)",
            right: "price = \"Lesgeld\""),
        .init(
            "row-length", nl: "Rij met te veel of te weinig velden",
            "Waarschijnlijk staat er een scheidingsteken in een veld zonder aanhalingstekens.",
            en: "Row with too many or too few fields",
            "Probably a field holds the separator and no quotes.",
            wrong: "Snoeien, enten;395",
            right: "\"Snoeien; enten\";395"),
    ]
}
