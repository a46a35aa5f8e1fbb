/// A section of the Dutch classification of business (SBI).
///
/// The sections are those of NACE, second revision (Eurostat,
/// Regulation (EC) No 1893/2006, Annex I).
struct BusinessSector: Sendable {
    /// The scheme of subjects that name a section.
    static let scheme = "sbi-section"

    /// The letter of the section.
    let code: String
    /// What it is called.
    let dutch: String
    let english: String

    private init(_ code: String, _ dutch: String, _ english: String) {
        self.code = code
        self.dutch = dutch
        self.english = english
    }

    /// All sections.
    static let all = [
        BusinessSector("A", "Landbouw, bosbouw en visserij", "Agriculture, forestry and fishing"),
        BusinessSector("B", "Winning van delfstoffen", "Mining and quarrying"),
        BusinessSector("C", "Industrie", "Manufacturing"),
        BusinessSector("D", "Energievoorziening", "Electricity, gas, steam and air conditioning"),
        BusinessSector("E", "Water en afval", "Water supply, sewerage and waste"),
        BusinessSector("F", "Bouw", "Construction"),
        BusinessSector("G", "Handel", "Wholesale and retail trade"),
        BusinessSector("H", "Vervoer en opslag", "Transportation and storage"),
        BusinessSector("I", "Horeca", "Accommodation and food service"),
        BusinessSector("J", "Informatie en communicatie", "Information and communication"),
        BusinessSector("K", "Financiële diensten", "Financial and insurance activities"),
        BusinessSector("L", "Onroerend goed", "Real estate"),
        BusinessSector(
            "M", "Advies, onderzoek en specialistische diensten",
            "Professional, scientific and technical activities"),
        BusinessSector(
            "N", "Verhuur en overige zakelijke diensten",
            "Administrative and support services"),
        BusinessSector("O", "Openbaar bestuur", "Public administration and defence"),
        BusinessSector("P", "Onderwijs", "Education"),
        BusinessSector("Q", "Zorg en welzijn", "Human health and social work"),
        BusinessSector("R", "Cultuur, sport en recreatie", "Arts, entertainment and recreation"),
        BusinessSector("S", "Overige diensten", "Other services"),
        BusinessSector("T", "Huishoudens als werkgever", "Households as employers"),
        BusinessSector("U", "Internationale organisaties", "International organisations"),
    ]
}
