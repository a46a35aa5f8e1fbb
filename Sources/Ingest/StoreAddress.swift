import Storage

/// Where a catalogue's store is: in a file of its folder, or on a server for many machines.
public enum StoreAddress: Hashable, Sendable, CustomStringConvertible {
    /// The SQLite file in the catalogue's folder.
    case file
    /// A connection URI of PostgreSQL, without a password.
    case server(String)

    /// Reads an address: `file` or `postgres://…`.
    ///
    /// - Throws: ``StoreAddressFault``; a password is refused, since an address is seen by whoever
    ///   lists the processes or reads the settings.
    public init(_ text: String) throws(StoreAddressFault) {
        if text == "file" {
            self = .file
            return
        }
        guard let scheme = text.firstRange(of: "://"),
            ["postgres", "postgresql"].contains(text[..<scheme.lowerBound])
        else { throw .unknown }
        let (place, settings) = Self.halves(of: text[scheme.upperBound...], at: "?")
        let (authority, _) = Self.halves(of: place, at: "/")
        if let at = authority.lastIndex(of: "@"), authority[..<at].contains(":") {
            throw .holdsPassword
        }
        for setting in settings.split(separator: "&") {
            let name = setting.prefix { $0 != "=" }
            // A name may be escaped, too; then it is not worth guessing.
            if name == "password" || name == "sslpassword" || name.contains("%") {
                throw .holdsPassword
            }
        }
        self = .server(text)
    }

    private static func halves(of text: Substring, at mark: Character) -> (Substring, Substring) {
        guard let place = text.firstIndex(of: mark) else { return (text, "") }
        return (text[..<place], text[text.index(after: place)...])
    }

    /// What the store is called in messages: a server's address goes without its settings.
    public var description: String {
        switch self {
        case .file: "file"
        case .server(let address): String(Self.halves(of: address[...], at: "?").0)
        }
    }

    /// Whether other machines may write to it.
    public var isShared: Bool { self != .file }

    /// Where in the state folder that is kept which is made of the store: generations of the same
    /// number in two stores are not the same.
    ///
    /// Empty, or begins with a slash.
    var madeFolder: String {
        switch self {
        case .file: ""
        case .server(let address):
            "/postgresql-" + "\(Fingerprint(of: Array(address.utf8)))".prefix(12)
        }
    }
}

/// Why a store's address cannot be used.
public enum StoreAddressFault: Error, Hashable, Sendable, CustomStringConvertible {
    /// It names neither the file nor PostgreSQL.
    case unknown
    /// A password stands in it.
    case holdsPassword
    /// The program was built without PostgreSQL.
    case notBuilt(StoreAddress)

    /// What is wrong and what to do; nothing of a password.
    public var description: String {
        switch self {
        case .unknown:
            "the store is “file”, for the one in the catalogue's folder, or "
                + "postgres://USER@HOST/DATABASE"
        case .holdsPassword:
            "the address of the store holds a password, which others could see; leave it out and "
                + "put it into a file that passfile=… in the address or PGPASSFILE names, or into "
                + "~/.pgpass (a line of HOST:PORT:DATABASE:USER:PASSWORD, readable by you alone)"
        case .notBuilt(let address):
            "\(address): this leerwijzer was built without PostgreSQL; build it with "
                + "“swift build -c release --traits PostgreSQL”, which needs libpq-dev"
        }
    }
}
