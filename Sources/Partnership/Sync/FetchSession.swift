import Glibc
import HTTPClient
import Ingest

/// The client of one source, with what it says of who asks.
struct FetchSession {
    let client: HTTPClient
    let credentials: HTTPRequest.Credentials?
    /// The source's address; credentials are for its origin only.
    let origin: WebAddress

    /// A request for a document of the source.
    func request(
        _ address: WebAddress, validators: HTTPRequest.Validators = .init()
    ) -> HTTPRequest {
        HTTPRequest(
            address, credentials: address.hasOrigin(of: origin) ? credentials : nil,
            validators: validators,
            headers: [
                "Accept": "application/xml, application/json, text/csv;q=0.8, */*;q=0.5"
            ])
    }
}

extension FetchSettings.Credentials {
    /// The credentials with their secret looked up.
    ///
    /// - Throws: ``SyncFailure/noSecret(reference:)``.
    func resolved(in folder: String) throws(SyncFailure) -> HTTPRequest.Credentials {
        switch self {
        case .basic(let user, let password):
            .basic(user: user, password: try password.resolved(in: folder))
        case .bearer(let token): .bearer(try token.resolved(in: folder))
        case .header(let name, let value):
            .header(name: name, value: try value.resolved(in: folder))
        }
    }
}

extension FetchSettings.SecretReference {
    /// The secret.
    ///
    /// - Parameter folder: Where relative paths start.
    /// - Throws: ``SyncFailure/noSecret(reference:)``.
    func resolved(in folder: String) throws(SyncFailure) -> String {
        switch self {
        case .environment(let name):
            guard let value = getenv(name), value.pointee != 0 else {
                throw .noSecret(reference: "env:" + name)
            }
            return String(cString: value)
        case .file(let path):
            let whole = path.hasPrefix("/") ? path : folder + "/" + path
            guard let line = AtomicFile.read(whole)?.split(whereSeparator: \.isNewline).first else {
                throw .noSecret(reference: "file:" + path)
            }
            return String(line)
        }
    }
}
