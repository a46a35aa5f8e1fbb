import CourseModel

extension DiagnosticCatalogue {
    /// Faults of records as a whole, their ids and references.
    static let records: [DiagnosticExplanation] = [
        .init(
            "course-without-title", nl: "Cursus zonder titel",
            "Een cursus zonder naam kan niet worden getoond of gevonden; het record "
                + "staat apart.",
            en: "Course without a title",
            "A course without a name cannot be shown or found; the record was set apart.",
            wrong: "<dc:title></dc:title>",
            right: "<dc:title>Bomen veilig snoeien</dc:title>"),
        .init(
            "duplicate-record", nl: "Record staat er twee keer",
            "Hetzelfde record, byte voor byte, stond eerder in de feed; het tweede is "
                + "apart gezet.",
            en: "Record stands twice",
            "The same record, byte for byte, stood earlier in the feed; the second "
                + "was set apart.",
            wrong: "<course>…</course> <course>…</course>",
            right: "<course>…</course>"),
        .init(
            "malformed-record", nl: "Record met gebroken opmaak",
            "De opmaak van dit record klopt niet; alles tot het volgende record is "
                + "apart gezet en bewaard.",
            en: "Record with broken mark-up",
            "The mark-up of this record is broken; everything up to the next record "
                + "was set apart and kept.",
            wrong: "<course><title>Snoeien</course>",
            right: "<course><title>Snoeien</title></course>"),
        .init(
            "misplaced-record", nl: "Record op een verkeerde plaats",
            "Het record staat waar het formaat er geen toestaat, en hoort dus bij niets.",
            en: "Record in the wrong place",
            "The record stands where its format allows none, so it belongs to nothing.",
            wrong: "<catalog><presentation/></catalog>",
            right: "<course><presentation/></course>"),
        .init(
            "unknown-reference", nl: "Verwijzing naar iets onbekends",
            "Het record noemt een aanbieder, cursus of plaats die de feed niet beschrijft.",
            en: "Reference to something unknown",
            "The record names a provider, course or place that the feed does not describe.",
            wrong: "<venue ref=\"hal-9\"/>",
            right: "<venue id=\"hal-9\">…</venue> … <venue ref=\"hal-9\"/>"),
        .init(
            "provider-unknown", nl: "Aanbieder niet genoemd",
            "Zonder aanbieder weet een lerende niet bij wie hij les krijgt.",
            en: "Provider not named",
            "Without a provider a learner does not know who teaches.",
            wrong: "<orgUnitId></orgUnitId>",
            right: "<orgUnitId>GRWT</orgUnitId>"),
        .init(
            "truncated-feed", nl: "Feed houdt halverwege op",
            "Wat na dit punt kwam is niet gelezen; daarom wordt niets gesloten dat in "
                + "dit deel ontbreekt.",
            en: "Feed stops half-way",
            "What came behind this point was not read, so nothing is closed that is "
                + "missing here.",
            wrong: "<course><title>Sno",
            right: "<course>…</course></catalog>"),
        .init(
            "duplicate-id", nl: "Twee records met één id",
            "Het latere record kreeg een achtervoegsel; verandert de volgorde, dan "
                + "wisselen zij van id.",
            en: "Two records with one id",
            "The later record got a suffix; when the order changes, they change ids.",
            wrong: "<dc:identifier>C1</dc:identifier> … C1",
            right: "<dc:identifier>C1</dc:identifier> … C2"),
        .init(
            "missing-id", nl: "Record zonder id",
            "Er is een id gemaakt van wat het record zegt; verandert dat, dan lijkt "
                + "het een nieuw record.",
            en: "Record without an id",
            "An id was made of what the record says; when that changes, it looks like "
                + "a new record.",
            wrong: "<course><dc:title>…",
            right: "<course><dc:identifier>C1</dc:identifier><dc:title>…"),
        .init(
            "course-without-provider", nl: "Cursus buiten een aanbieder",
            "De cursus staat niet in een aanbieder, zodat niet bekend is wie lesgeeft.",
            en: "Course outside a provider",
            "The course does not stand within a provider, so it is not known who teaches.",
            wrong: "<catalog><course>…",
            right: "<catalog><provider><course>…"),
        .init(
            "provider-without-title", nl: "Aanbieder zonder naam",
            "In lijsten staat nu een code in plaats van een naam.",
            en: "Provider without a name",
            "Lists now show a code instead of a name.",
            wrong: "<provider><dc:identifier>10004351</dc:identifier>",
            right: "<provider>… <dc:title>Groencollege Houten</dc:title>"),
        .init(
            "dangling-reference", nl: "Verwijzing loopt dood",
            "Het record wijst naar een ander record dat niet in de feed staat; dat "
                + "deel ontbreekt nu.",
            en: "Dangling reference",
            "The record points to another that is not in the feed, so that part is missing.",
            wrong: "<providedBy idref=\"org:7\"/>",
            right: "<agentReferences><organisation id=\"org:7\">…"),
        .init(
            "page-missing", nl: "Pagina ontbreekt",
            "Niet alle pagina’s van de verzameling zijn er, dus wat ontbreekt is niet als "
                + "ingetrokken gelezen.",
            en: "Page missing",
            "Not all pages of the collection are there, so what is absent was not taken as "
                + "withdrawn.",
            wrong: "courses-1.json, courses-3.json",
            right: "courses-1.json, courses-2.json, courses-3.json"),
        .init(
            "feed-unreadable", nl: "Feed niet te lezen",
            "De feed van deze bron kon niet worden gelezen; wat bekend was, blijft staan.",
            en: "Feed cannot be read",
            "The feed of this source could not be read; what was known of it stays.",
            wrong: "HTTP 500, or an empty file",
            right: "the feed"),
        .init(
            "feed-not-fetched", nl: "Feed niet opgehaald",
            "De feed van deze bron kon niet van haar adres worden gehaald; wat bekend was, blijft "
                + "staan.",
            en: "Feed not fetched",
            "The feed of this source could not be had from its address; what was known stays.",
            wrong: "HTTP 500, a log-in page, half a document",
            right: "the feed, at the address in catalog.toml"),
        .init(
            "source-left", nl: "Bron is weg",
            "Deze bron doet niet meer mee; haar cursussen zijn gesloten.",
            en: "Source left",
            "This source left the partnership; its courses were closed.",
            wrong: "a source that nobody keeps up",
            right: "leerwijzer sources leave ID"),
        .init(
            "duplicate-offering", nl: "Twee gelijke uitvoeringen",
            "Een lerende kan ze niet uit elkaar houden, en telt dezelfde kans twee keer.",
            en: "Two equal offerings",
            "A learner cannot tell them apart, and the same occasion counts twice.",
            wrong: "two runs, both 2027-03-01, Houten",
            right: "one run, or a title and place for each"),
        .init(
            "offering-left-out", nl: "Uitvoering niet geschreven",
            "Het formaat kan deze uitvoering niet bevatten; zij ontbreekt in wat is "
                + "geschreven, of staat waar anderen niet kijken.",
            en: "Offering not written",
            "The format cannot hold this offering; it is missing from what was written, or stands "
                + "where others do not look.",
            wrong: "OOAPI: an offering without a start date",
            right: "start 2027-09-06"),
        .init(
            "course-left-out", nl: "Cursus niet geschreven",
            "Het formaat kan deze cursus niet bevatten; zij ontbreekt in wat is geschreven.",
            en: "Course not written",
            "The format cannot hold this course; it is missing from what was written.",
            wrong: "sitemap: a course without a page",
            right: "publish --page https://gids.example/courses/{id}"),
        .init(
            "file-larger-than-asked", nl: "Bestand groter dan gevraagd",
            "Eén cursus is groter dan een bestand mocht worden; ontvangers met een grens weigeren "
                + "het misschien.",
            en: "File larger than asked",
            "One course is larger than a file was to be; receivers with a limit may refuse it.",
            wrong: "publish --split 1kB",
            right: "publish --split 10MB"),
    ]
}
