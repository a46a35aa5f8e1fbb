import ArgumentParser

/// The forms of an answer that is a list of offerings.
enum OutputForm: String, ExpressibleByArgument, CaseIterable {
    case table, json, ndjson, csv, geojson, ics
}

/// The forms of other answers.
enum TableOrJSON: String, ExpressibleByArgument, CaseIterable {
    case table, json
}
