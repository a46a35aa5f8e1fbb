import CourseModel
import Glibc
import Partnership
import Places
import SearchIndex

// How long does the coverage of all regions take, and is it what a database counts?
//
//   CoverageBenchmark INDEX PLACES YYYY-MM-DD [COUNTS]
//
// INDEX is a folder with an index, of a workspace or of SearchBenchmark; PLACES holds the gazetteer.
// Prints wall and processor time, memory and a checksum; writes to COUNTS a line for each region and
// way to travel: code, way, thousandths of the mean over postcodes. peer.sh lets PostGIS write the same.

func seconds(_ clock: clockid_t) -> Double {
    var time = timespec()
    clock_gettime(clock, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
}

let arguments = CommandLine.arguments
guard arguments.count >= 4, let today = CalendarDate(iso: arguments[3]) else {
    fatalError("usage: CoverageBenchmark INDEX PLACES YYYY-MM-DD [COUNTS]")
}
let index = try IndexReader(folder: arguments[1])
let gazetteer = try Gazetteer.load(folder: arguments[2])
var query = Query(today: today)
query.includesPast = true
query.includesFull = true
query.includesCancelled = true
let ways = TravelMode.allCases.map {
    "('\($0.rawValue)',\(Reach.time(minutes: 30, mode: $0).maximumDistance))"
}
print("ways \(ways.joined(separator: ","))")
for _ in 0..<3 {
    let (wall, processor) = (seconds(CLOCK_MONOTONIC), seconds(CLOCK_PROCESS_CPUTIME_ID))
    let coverage = try Coverage(of: index, gazetteer: gazetteer, query: query, minutes: 30)
    let (took, worked) = (
        seconds(CLOCK_MONOTONIC) - wall, seconds(CLOCK_PROCESS_CPUTIME_ID) - processor
    )
    var lines: [String] = []
    for region in gazetteer.regions {
        for mode in TravelMode.allCases {
            guard coverage.postcodes(of: region.index) > 0 else { continue }
            let mean = coverage.reached(from: region.index, by: mode).total
            let thousandths = Int((mean * 1000).rounded())
            lines.append("\(region.code)\t\(mode.rawValue)\t\(thousandths)")
        }
    }
    var checksum: UInt64 = 0xcbf2_9ce4_8422_2325
    for byte in lines.lazy.flatMap(\.utf8) {
        checksum = (checksum ^ UInt64(byte)) &* 0x0000_0100_0000_01b3
    }
    var usage = rusage()
    getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
    print(
        "coverage offerings=\(index.offeringCount) placed=\(coverage.offerings.placed)",
        "postcodes=\(gazetteer.allPostcodes.count) regions=\(gazetteer.regions.count)",
        "wall=\(took)s processor=\(worked)s memory=\(usage.ru_maxrss / 1024)MB",
        "checksum=\(String(checksum, radix: 16))")
    if arguments.count > 4 {
        guard let file = fopen(arguments[4], "w") else { fatalError("cannot write") }
        for line in lines.sorted() { fputs(line + "\n", file) }
        fclose(file)
    }
}
