import CourseModel

extension DiagnosticCatalogue {
    /// Faults of web and e-mail addresses.
    static let addresses: [DiagnosticExplanation] = [
        .init(
            "bad-url", nl: "Geen webadres",
            "Het adres is geen volledig adres met http of https, dus de link werkt niet.",
            en: "Not a web address",
            "The address is no complete one with http or https, so the link does not work.",
            wrong: "www.school.example/snoeien",
            right: "https://www.school.example/snoeien"),
        .init(
            "url-not-public", nl: "Adres niet openbaar",
            "Het adres leidt naar een machine die het publiek niet bereikt, vaak een "
                + "testomgeving.",
            en: "Address not public",
            "The address leads to a machine that the public cannot reach, often one "
                + "for tests.",
            wrong: "http://localhost:8080/cursus/1",
            right: "https://www.school.example/cursus/1"),
        .init(
            "url-is-homepage", nl: "Adres is een voorpagina",
            "De lerende moet de cursus zelf nog zoeken.",
            en: "Address is a front page",
            "The learner still has to look for the course.",
            wrong: "https://www.school.example/",
            right: "https://www.school.example/snoeien"),
        .init(
            "url-insecure", nl: "Adres zonder versleuteling",
            "Browsers waarschuwen ervoor, en wat men invult is mee te lezen.",
            en: "Address without encryption",
            "Browsers warn of it, and what one fills in can be read by others.",
            wrong: "http://www.school.example/snoeien",
            right: "https://www.school.example/snoeien"),
        .init(
            "url-missing", nl: "Geen pagina",
            "Niemand kan verder lezen of zich inschrijven.",
            en: "No page",
            "Nobody can read on or enrol.",
            wrong: "(no url)",
            right: "https://www.school.example/snoeien"),
        .init(
            "bad-email", nl: "Geen e-mailadres",
            "Vragen van lerenden komen niet aan.",
            en: "Not an e-mail address",
            "Learners' questions do not arrive.",
            wrong: "info(at)school.example",
            right: "info@school.example"),
        .init(
            "sitemap-of-several-hosts", nl: "Sitemap van meerdere hosts",
            "Een zoekmachine neemt alleen adressen van de host waarop de sitemap staat.",
            en: "Sitemap of several hosts",
            "A search engine takes only addresses of the host on which the sitemap stands.",
            wrong: "https://school-a.example/1, https://school-b.example/2",
            right: "publish --page https://gids.example/courses/{id}"),
        .init(
            "address-of-feed-unknown", nl: "Adres van de feed onbekend",
            "Bestanden van de feed verwijzen naar elkaar; zeg waar ze komen te staan.",
            en: "Address of the feed not known",
            "Files of the feed refer to each other; say where they will stand.",
            wrong: "publish --as sitemap --split 1000",
            right: "publish --as sitemap --split 1000 --base https://gids.example"),
    ]
}
