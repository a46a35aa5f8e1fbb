import Foundation
import Places
import Testing

@Suite("Loading the gazetteer")
struct LoadingTests {
    /// A copy of the tables in a folder of its own, with one of them changed.
    private func withCopy(
        changing file: String, _ change: (String) -> String?, _ body: (String) throws -> Void
    ) throws {
        let manager = FileManager.default
        let folder = manager.temporaryDirectory.appendingPathComponent("places-\(UUID())").path
        try manager.copyItem(atPath: SampleGazetteer.folder, toPath: folder)
        defer { try? manager.removeItem(atPath: folder) }
        let path = folder + "/" + file
        if let text = change(try String(contentsOfFile: path, encoding: .utf8)) {
            try text.write(toFile: path, atomically: false, encoding: .utf8)
        } else {
            try manager.removeItem(atPath: path)
        }
        try body(folder)
    }

    @Test(
        "a missing table is named",
        arguments: [
            "postcodes.tsv", "towns.tsv", "municipalities.tsv", "provinces.tsv",
            "labour-regions.tsv", "corop.tsv", "aliases.tsv",
        ])
    func missing(file: String) throws {
        try withCopy(changing: file, { _ in nil }) { folder in
            #expect { try Gazetteer.load(folder: folder) } throws: {
                "\($0)" == "\(folder)/\(file): cannot be read: No such file or directory"
            }
        }
    }

    @Test(
        "a damaged row is named by file and line, with what is wrong",
        arguments: [
            (
                "postcodes.tsv", "52.373\t", "52.E73\t",
                ":2: latitude “52.E73” is not a number of degrees from -90.0 to 90.0"
            ),
            (
                "postcodes.tsv", "1011\t", "111\t",
                ":2: postcode “111” is not a number from 1000 to 9999"
            ),
            ("postcodes.tsv", "1012\t", "1011\t", ":3: the postcode 1011 stands here twice"),
            (
                "postcodes.tsv", "1011\tAmsterdam", "1011\tAmsterdom",
                ":2: towns.tsv has no “Amsterdom” in municipality GM0363"
            ),
            (
                "postcodes.tsv", "\tpostcode\n", "\tguess\n",
                ":2: “guess” is neither “postcode” nor “town”"
            ),
            (
                "towns.tsv", "1000\tHoogerheide\t", "1000\t",
                ":2: the row has 5 instead of 6 fields, parted by tabs"
            ),
            (
                "towns.tsv", "Hoogerheide", "Hooger\theide",
                ":2: the row has more than 6 fields, parted by tabs"
            ),
            (
                "towns.tsv", "51.4243", "91.4243",
                ":2: latitude “91.4243” is not a number of degrees from -90.0 to 90.0"
            ),
            ("towns.tsv", "GM0873", "GM9999", ":2: there is no municipality “GM9999”"),
            ("municipalities.tsv", "PV20", "AM01", ":2: there is no province “AM01”"),
            ("provinces.tsv", "PV21", "PV20", ":3: the code PV20 stands for two regions"),
            ("corop.tsv", "CR01\tOost-Groningen", "CR01\t", ":2: a corop needs a code and a name"),
            ("aliases.tsv", "1245", "9999", ":2: no region or town has the code “9999”"),
            (
                "towns.tsv", "code\tname", "id\tname",
                ":1: the first line should name the columns code, name, municipality, lat, lon, placed"
            ),
        ])
    func damaged(file: String, text: String, replacement: String, message: String) throws {
        try withCopy(
            changing: file,
            { table in
                guard let range = table.range(of: text) else { return table }
                return table.replacingCharacters(in: range, with: replacement)
            },
            { folder in
                #expect { try Gazetteer.load(folder: folder) } throws: { error in
                    "\(error)" == "\(folder)/\(file)\(message)"
                }
            })
    }

    @Test("line ends of Windows and empty lines do no harm")
    func lineEnds() throws {
        try withCopy(
            changing: "provinces.tsv", { $0.replacing("\n", with: "\r\n") + "\r\n\r\n" },
            { folder in
                let gazetteer = try Gazetteer.load(folder: folder)
                #expect(gazetteer.regions.filter { $0.kind == .province }.count == 12)
            })
    }

    @Test("an empty table of postcodes is damaged")
    func empty() throws {
        try withCopy(
            changing: "postcodes.tsv", { String($0.prefix { $0 != "\n" }) },
            { folder in
                #expect(throws: PlacesError.self) { try Gazetteer.load(folder: folder) }
            })
    }

    @Test("aliases repeat the official name of what they stand for")
    func aliases() throws {
        let gazetteer = try SampleGazetteer.load()
        let towns = try TableRows.rows("towns.tsv")
        for fields in try TableRows.rows("aliases.tsv") {
            let name =
                gazetteer.regions.first { $0.code == fields[1] }?.name
                ?? towns.first { $0[0] == fields[1] }?[1]
            #expect(name == fields[2], "\(fields)")
        }
    }

    @Test("the file is loaded quickly enough for the start of a command")
    func speed() throws {
        let clock = ContinuousClock()
        var best = Duration.seconds(1)
        for _ in 0..<5 {
            let start = clock.now
            _ = try Gazetteer.load(folder: SampleGazetteer.folder)
            best = min(best, clock.now - start)
        }
        print("gazetteer loaded in \(best)")
        #expect(best < .milliseconds(500))
    }
}
