extension Synonyms {
    /// What holds for every catalogue of Dutch courses: the abbreviations of the field, other names
    /// for the same, and words that nearly every course could have.
    ///
    /// A partnership adds to it, or takes from it, in its `synonyms.txt`.
    public static let standard: Synonyms = {
        do { return try Synonyms(parsing: standardText) } catch {
            // The text stands below and a test reads it.
            fatalError("the standard synonyms cannot be read: \(error)")
        }
    }()

    private static let standardText = """
        # Ways of learning
        bbl = beroepsbegeleidende leerweg = leerwerktraject = leerwerkplek
        bbl > leerbaan
        leerbaan = leerwerkplek
        werken en leren > bbl, leerbaan
        werkend leren = bbl
        bol = beroepsopleidende leerweg
        stage = stageplaats = beroepspraktijkvorming = bpv
        thuisstudie = zelfstudie = afstandsonderwijs = schriftelijke cursus
        thuisstudie > online, e-learning
        e-learning > online
        online > e-learning, webinar
        deeltijd = parttime
        voltijd = fulltime
        avondschool = avondopleiding = avondcursus
        rondleiding > open dag
        open dag > kennismaking, voorlichting
        # Kinds of education and their levels
        mbo = middelbaar beroepsonderwijs
        hbo = hoger beroepsonderwijs
        ad = associate degree
        vavo = voortgezet algemeen volwassenenonderwijs
        keuzedeel = keuzevak
        certificaat = mbo-certificaat = deelcertificaat
        praktijkverklaring = mbo-verklaring
        evc = ervaringscertificaat = erkenning van verworven competenties
        omscholing = herscholing = zij-instroom
        bijscholing = nascholing = opfriscursus
        loopbaanadvies = loopbaancoaching = loopbaanbegeleiding = loopbaanoriëntatie
        beroepskeuze > loopbaanadvies, oriëntatie
        # Language and basic skills
        nt2 = nederlands als tweede taal
        nt2 > nederlands voor anderstaligen
        inburgering > nt2, nederlands
        inburgeringscursus > nt2, nederlands
        taalcursus > taal, nederlands
        nederlands leren > nt2
        dutch > nt2, nederlands
        english > engels
        taalles > taal, nederlands
        german > duits
        laaggeletterd > lezen en schrijven, taal
        basisvaardigheden > taal, rekenen, digitaal
        digitale vaardigheden = computervaardigheden
        computercursus > digitale vaardigheden, computer
        # Safety
        vca = veiligheid gezondheid en milieu checklist aannemers
        bhv = bedrijfshulpverlening = bedrijfshulpverlener
        ehbo = eerste hulp
        first aid > ehbo, bhv
        reanimatie > aed
        aed > reanimatie
        code 95 = code95 = chauffeursnascholing
        haccp > voedselveiligheid
        # Work in the green sector
        boomchirurg = boomverzorger
        boomverzorger = european tree worker
        etw > european tree worker, boomverzorger
        boomverzorger > boomverzorging
        arborist > boomverzorger, boomverzorging
        tree surgeon > boomverzorger, boomverzorging
        kettingzaag = motorzaag = motorkettingzaag
        chainsaw > kettingzaag, motorzaag
        boomklimmen = klimmen in bomen
        bomen kappen > vellen
        kappen > vellen
        tuinman = hovenier = tuinier
        tuinieren > tuin, hovenier
        gardener > hovenier, tuin
        gardening > hovenier, tuin
        hoveniersopleiding > hovenier
        bosbeheer = bosbouw
        boswachter > bos, natuur
        bloemist > bloemen, bloemschikken
        bijenhouder = imker
        dierenverzorger = dierverzorging
        dierenarts > dierenartsassistent
        # Care
        verzorgende ig = verzorgende individuele gezondheidszorg = vig
        ziekenverzorgende > verzorgende, helpende
        verpleegster = verpleegkundige
        verpleger = verpleegkundige
        verpleegkundige > verpleging
        nurse > verpleegkundige
        care worker > helpende, verzorgende
        thuiszorg > thuisbegeleiding, huishoudelijke hulp
        bejaardenzorg = ouderenzorg
        ouderen > ouderenzorg, dementie
        alzheimer > dementie
        kinderopvang = pedagogisch medewerker
        # Engineering, building, logistics
        elektricien = elektromonteur
        elektricien > elektrotechniek
        electrician > elektromonteur, elektrotechniek
        loodgieter > installatietechniek, monteur werktuigkundige installaties
        cv-monteur > installatietechniek, monteur werktuigkundige installaties
        zonnepanelen = pv-installaties
        zonnepanelen > zonnestroom
        timmeren > timmerman
        carpenter > timmerman
        welding > lassen
        lasser > lassen
        heftruck = vorkheftruck
        heftruckrijbewijs = heftruckcertificaat
        heftruckrijbewijs > heftruck
        forklift > heftruck
        vrachtwagenchauffeur > vrachtwagen, chauffeur
        vrachtwagenrijbewijs > rijbewijs c
        magazijn = magazijnmedewerker
        magazijn > warehouse, logistiek
        warehouse > magazijn, logistiek
        # Office and computers
        ict = informatietechnologie
        computer > digitaal
        programmeur = softwareontwikkelaar = software developer
        programmeur > programmeren
        softwareontwikkelaar > programmeren
        coderen = programmeren
        coding > programmeren
        programming > programmeren
        ai = kunstmatige intelligentie = artificial intelligence
        cybersecurity = informatiebeveiliging
        avg = gdpr
        boekhouding = bookkeeping
        boekhouder > boekhouding
        accounting > boekhouding
        ondernemer = ondernemen = zzp
        eigen bedrijf > ondernemen, ondernemerschap
        leidinggeven = leiderschap = teamleider
        management > leidinggeven
        sollicitatie > solliciteren
        solliciteren > sollicitatie
        # What nearly every course could say of itself
        ? cursus, opleiding, training, scholing, leergang, studie, workshop, les, leren
        ? volgen, worden, doen, halen, behalen, gaan, zoeken, willen, wil, zoek, graag, iets, beginnen
        ? starten, werken, werk, leuk, goed, goede, goedkoop, goedkope, beste, snel, korte, kort, lange
        ? buurt, omgeving, dichtbij, nabij, regio, niveau, school, diploma, papieren, beroep, vak, baan
        ? moeten, mogen, nodig, bent, ben, iemand, mensen, tips, meest, welke, gratis, betaalbaar
        ? basiscursus, vervolgcursus, avondcursus, avondopleiding, dagopleiding, weekendcursus, spoedcursus, cursist
        ? course, courses, learn, learning, study, become, class, classes, want, lesson, lessons, degree
        ? looking, find, get, job, work, near, free, cheap, best, evening, school
        """
}
