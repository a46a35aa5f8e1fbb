import Hummingbird

/// The files that pages load, at addresses that change with their content, so that browsers may
/// keep them for ever.
enum PageAssets {
    /// A file.
    struct Asset: Sendable {
        let name: String
        let bytes: [UInt8]
        let type: MediaType

        /// Where it is served: `/assets/site.1x2y3z.css`.
        let path: String

        init(_ name: String, _ bytes: [UInt8], _ type: MediaType) {
            self.name = name
            self.bytes = bytes
            self.type = type
            let hash = StableHash.of(String(decoding: bytes, as: UTF8.self))
            let parts = name.split(separator: ".")
            path = "/assets/\(parts[0]).\(String(hash, radix: 36)).\(parts[1])"
        }
    }

    static let styles = Asset(
        "site.css", PackageResources.site_css, MediaType("text/css", parameters: "; charset=utf-8"))
    static let script = Asset(
        "site.js", PackageResources.site_js,
        MediaType("text/javascript", parameters: "; charset=utf-8"))
    static let icons = Asset("icons.svg", PackageResources.icons_svg, .svg)
    static let icon = Asset("icon.svg", PackageResources.icon_svg, .svg)

    /// All files.
    static let all = [styles, script, icons, icon]

    /// Their addresses, as templates name them.
    static let fields: [String: String] = [
        "css": styles.path, "script": script.path, "icons": icons.path, "icon": icon.path,
    ]

    /// One operation a file.
    static let operations = all.map { asset in
        Operation(
            .get, asset.path, id: "asset-\(asset.name)", "A file that pages load.",
            answer: .init("The file.", as: [asset.type]), caching: .byProgram,
            needsCatalogue: false, isDocumented: false
        ) { _ in
            var response = Response.bytes(asset.bytes, as: asset.type)
            response.headers[.cacheControl] = "public, max-age=31536000, immutable"
            return response
        }
    }
}

extension MediaType {
    /// A drawing.
    static let svg = MediaType("image/svg+xml")
    /// The fields of a form as a browser sends them.
    static let form = MediaType("application/x-www-form-urlencoded")
}
