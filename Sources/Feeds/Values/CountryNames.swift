/// The country that a code or a name in Dutch, English, French, German or its own language means.
///
/// - Returns: ISO 3166-1 alpha-2 in upper case; `nil` when the text is neither one of its codes nor
///   in the table.
func countryCode(_ text: String) -> String? {
    let name = foldedSpaces(text).lowercased()
    if let code = countryCodes[name] { return code }
    return ISOCodes.country(name)
}

private let countryCodes: [String: String] = [
    "austria": "AT", "österreich": "AT", "oostenrijk": "AT", "autriche": "AT",
    "belgium": "BE", "belgique": "BE", "belgië": "BE", "belgien": "BE",
    "denmark": "DK", "danmark": "DK", "denemarken": "DK", "dänemark": "DK", "danemark": "DK",
    "finland": "FI", "suomi": "FI", "finnland": "FI", "finlande": "FI",
    "france": "FR", "frankrijk": "FR", "frankreich": "FR",
    "germany": "DE", "deutschland": "DE", "duitsland": "DE", "allemagne": "DE",
    "ireland": "IE", "ierland": "IE", "irland": "IE", "irlande": "IE",
    "italy": "IT", "italia": "IT", "italië": "IT", "italien": "IT", "italie": "IT",
    "luxembourg": "LU", "luxemburg": "LU", "netherlands": "NL", "the netherlands": "NL",
    "nederland": "NL", "niederlande": "NL", "pays-bas": "NL",
    "norway": "NO", "norge": "NO", "noorwegen": "NO", "norwegen": "NO", "norvège": "NO",
    "poland": "PL", "polska": "PL", "polen": "PL", "pologne": "PL",
    "portugal": "PT", "spain": "ES", "españa": "ES", "spanje": "ES", "spanien": "ES",
    "espagne": "ES", "sweden": "SE", "sverige": "SE", "zweden": "SE", "schweden": "SE",
    "suède": "SE", "switzerland": "CH", "schweiz": "CH", "zwitserland": "CH", "suisse": "CH",
    "united kingdom": "GB", "uk": "GB", "great britain": "GB", "england": "GB", "scotland": "GB",
    "wales": "GB", "northern ireland": "GB", "verenigd koninkrijk": "GB",
    "united states": "US", "usa": "US", "guadeloupe": "GP", "martinique": "MQ",
    "la réunion": "RE", "guyane": "GF", "mayotte": "YT",
]
