/// A catalogue of two sources that may give the same course: a portal's, `portal.xml`, and a school's
/// own, `school.xml`.
public enum PortalAndSchool {
    /// Its settings.
    public static let settings = """
        [[partner]]
        id = "portal"
        name = "Portal"
        roles = ["publisher"]
        [[partner.source]]
        id = "portal"
        feed = "portal.xml"
        [[partner]]
        id = "school"
        name = "Groene School"
        roles = ["provider"]
        [[partner.source]]
        id = "school"
        feed = "school.xml"
        """

    /// A course that both may give, each under an id of its own.
    public static func course(_ id: String) -> String {
        """
        <course><dc:identifier>\(id)</dc:identifier>
        <dc:title>Boomverzorging in de praktijk</dc:title>
        <dc:description>Snoeien van de kruin, stamvoet en wortels van laanbomen.</dc:description>
        <presentation><dc:identifier>\(id)-1</dc:identifier>
        <mlo:start dtf="2027-02-02">2027-02-02</mlo:start><venue><provider>
        <dc:identifier>v</dc:identifier><dc:title>Zaal</dc:title><mlo:location>
        <mlo:town>Houten</mlo:town><mlo:postcode>3991 AA</mlo:postcode></mlo:location>
        </provider></venue></presentation></course>
        """
    }

    /// A course, `B2`, that is like no other.
    public static let other = """
        <course><dc:identifier>B2</dc:identifier><dc:title>Boekhouden</dc:title>
        <dc:description>Facturen, btw en de jaarrekening voor kleine bedrijven.</dc:description>
        <presentation><dc:identifier>B2-1</dc:identifier>
        <mlo:start dtf="2027-09-14">2027-09-14</mlo:start></presentation></course>
        """

    /// A feed in XCRI-CAP.
    public static func feed(_ courses: String, provider: String = "Groene School") -> String {
        """
        <catalog xmlns="http://xcri.org/profiles/1.2/catalog"
        xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:mlo="http://purl.org/net/mlo"
        generated="2026-11-24T00:00:00Z"><provider><dc:identifier>p</dc:identifier>
        <dc:title>\(provider)</dc:title>\(courses)</provider></catalog>
        """
    }
}
