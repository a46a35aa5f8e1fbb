import CourseModel

extension DiagnosticCatalogue {
    /// Faults of titles, descriptions and other texts.
    static let texts: [DiagnosticExplanation] = [
        .init(
            "title-taken-over", nl: "Titel van elders overgenomen",
            "De cursus heeft geen titel; die van een uitvoering of diploma is gebruikt.",
            en: "Title taken from elsewhere",
            "The course has no title; that of an offering or qualification was used.",
            wrong: "<course><presentation><dc:title>Snoeien",
            right: "<course><dc:title>Snoeien"),
        .init(
            "title-too-long", nl: "Titel te lang",
            "Lijsten kappen lange titels af; het onderscheid staat vaak achteraan.",
            en: "Title too long",
            "Lists cut long titles, and what tells courses apart often stands at the end.",
            wrong: "Snoeien: een cursus voor iedereen die in zijn tuin …",
            right: "Snoeien voor beginners"),
        .init(
            "title-in-capitals", nl: "Titel in hoofdletters",
            "Hoofdletters lezen langzaam en worden door voorleessoftware soms gespeld.",
            en: "Title in capitals",
            "Capitals read slowly, and screen readers may spell them out.",
            wrong: "BOMEN VEILIG SNOEIEN",
            right: "Bomen veilig snoeien"),
        .init(
            "title-repeated", nl: "Zelfde titel bij dezelfde aanbieder",
            "Lerenden zien twee gelijke regels en weten niet welke zij moeten hebben.",
            en: "Same title at the same provider",
            "Learners see two equal lines and do not know which one to take.",
            wrong: "Snoeien / Snoeien",
            right: "Snoeien, basis / Snoeien, fruitbomen"),
        .init(
            "placeholder-text", nl: "Nog in te vullen tekst",
            "De tekst is nooit ingevuld en komt zo bij lerenden terecht.",
            en: "Placeholder never filled in",
            "The text was never filled in and reaches learners like this.",
            wrong: "Lorem ipsum dolor sit amet",
            right: "Je leert bomen veilig snoeien …"),
        .init(
            "description-missing", nl: "Geen omschrijving",
            "Zonder omschrijving wordt een cursus alleen op zijn titel gevonden en "
                + "nooit op vaardigheden.",
            en: "No description",
            "Without a description a course is found by its title only, never by skills.",
            wrong: "<description></description>",
            right: "<description>Je leert …</description>"),
        .init(
            "description-too-short", nl: "Omschrijving te kort",
            "In enkele woorden staan te weinig vaardigheden om lerenden eraan te koppelen.",
            en: "Description too short",
            "A few words hold too few skills to match learners to.",
            wrong: "Leuke cursus.",
            right: "Je leert jonge en oude bomen snoeien, …"),
        .init(
            "description-repeats-title", nl: "Omschrijving herhaalt de titel",
            "De omschrijving voegt niets toe waarop iemand kan kiezen.",
            en: "Description repeats the title",
            "The description adds nothing to choose by.",
            wrong: "title and description: Snoeien",
            right: "description: Je leert …"),
        .init(
            "escaped-html", nl: "HTML als tekst",
            "Lezers zien losse tekens als &lt;p&gt; in plaats van alinea’s.",
            en: "HTML as text",
            "Readers see stray signs such as &lt;p&gt; instead of paragraphs.",
            wrong: "&amp;lt;p&amp;gt;Snoeien&amp;lt;/p&amp;gt;",
            right: "&lt;p&gt;Snoeien&lt;/p&gt;"),
        .init(
            "removed-markup", nl: "Opmaak weggelaten",
            "Alleen alinea’s, koppen, lijsten, nadruk en links blijven staan; het "
                + "overige is om veiligheid en leesbaarheid weg.",
            en: "Mark-up left out",
            "Only paragraphs, headings, lists, emphasis and links stay; the rest was "
                + "taken out for safety and legibility.",
            wrong: "<table style=\"…\">",
            right: "<ul><li>…</li></ul>"),
        .init(
            "html-in-text", nl: "HTML in een veld voor platte tekst",
            "De tags zijn eruit gehaald; andere ontvangers tonen ze letterlijk.",
            en: "HTML in a field for plain text",
            "The tags were taken out; other receivers show them as they are.",
            wrong: "<programDescriptionText><b>Snoeien</b>",
            right: "<programDescriptionHtml><![CDATA[<b>Snoeien</b>]]>"),
        .init(
            "garbled-text", nl: "Verminkte letters",
            "De tekst is ooit in de verkeerde tekenset gelezen; zoeken op de echte "
                + "letters mislukt.",
            en: "Garbled letters",
            "The text was once decoded with the wrong character set, so that searches fail.",
            wrong: "fotografieÃ«n",
            right: "fotografieën"),
        .init(
            "text-too-long", nl: "Tekst langer dan het formaat toestaat",
            "Andere ontvangers kappen de tekst af of weigeren het record.",
            en: "Text longer than the format allows",
            "Other receivers cut the text or refuse the record.",
            wrong: "<programSummaryText>(900 characters)",
            right: "(at most 400 characters)"),
        .init(
            "language-missing", nl: "Tekst zonder taal",
            "Zonder taal kan een tekst niet goed worden doorzocht of voorgelezen.",
            en: "Text without a language",
            "Without a language a text cannot be searched or read aloud well.",
            wrong: "<programName>Snoeien",
            right: "<programName xml:lang=\"nl\">Snoeien"),
        .init(
            "bad-language", nl: "Onbekende taalcode",
            "De taal is weggelaten; op taal filteren vindt de cursus niet.",
            en: "Unknown language code",
            "The language was left out, so a filter on language does not find the course.",
            wrong: "xml:lang=\"Nederlands\"",
            right: "xml:lang=\"nl\""),
        .init(
            "packed-subjects", nl: "Meer begrippen in één veld",
            "Zo wordt geen van de begrippen apart gevonden.",
            en: "Several terms in one field",
            "Like this none of the terms is found by itself.",
            wrong: "<keyword>snoeien, enten, bomen</keyword>",
            right: "<keyword>snoeien</keyword><keyword>enten</keyword>…"),
        .init(
            "image-without-alternative", nl: "Beeld zonder beschrijving",
            "Wie het beeld niet ziet, mist wat erop staat (WCAG 1.1.1).",
            en: "Picture without a description",
            "Who cannot see the picture misses what it shows (WCAG 1.1.1).",
            wrong: "<image src=\"…\"/>",
            right: "<image src=\"…\" alt=\"Leerling snoeit een appelboom\"/>"),
    ]
}
