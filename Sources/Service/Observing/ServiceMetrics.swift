import CoreMetrics
import Glibc

/// What is counted and measured of the service.
struct ServiceMetrics: Sendable {
    private let registry = PrometheusMetrics(help: [
        "http_requests_total": "Requests answered, by operation, method and status.",
        "http_request_duration_seconds": "From the request’s head to the answer’s, by operation.",
        "http_response_bytes_total": "Bytes of bodies handed to the network.",
        "http_connections": "Connections open now.",
        "http_requests_refused_total": "Requests refused, by reason.",
        "catalogue_generation": "The generation that is answered from.",
        "catalogue_courses": "Courses in that generation.",
        "catalogue_offerings": "Offerings in that generation.",
        "catalogue_behind_seconds":
            "Since it was last known that the generation is the store’s, when others write to it.",
        "catalogue_refresh_failures_total": "New generations that could not be opened.",
        "process_cpu_seconds_total": "Processor time used, in seconds.",
        "process_resident_memory_bytes": "Resident memory.",
        "process_open_fds": "Open file descriptors.",
        "process_start_time_seconds": "When the process began, in seconds since 1970.",
    ])
    private let started: Double

    /// New generations that could not be opened.
    let refreshFailures: Counter

    init() {
        refreshFailures = Counter(
            label: "catalogue_refresh_failures_total", dimensions: [], factory: registry)
        started = Double(time(nil))
    }

    /// Counts an answer.
    func answered(_ operation: String, method: String, status: Int, after duration: Duration) {
        Counter(
            label: "http_requests_total",
            dimensions: [
                ("operation", operation), ("method", method), ("status", "\(status)"),
            ], factory: registry
        ).increment()
        let (seconds, attoseconds) = duration.components
        Timer(
            label: "http_request_duration_seconds", dimensions: [("operation", operation)],
            factory: registry
        ).recordNanoseconds(seconds * 1_000_000_000 + attoseconds / 1_000_000_000)
    }

    /// Counts bytes of bodies.
    func sent(bytes: Int) {
        Counter(label: "http_response_bytes_total", dimensions: [], factory: registry)
            .increment(by: Int64(bytes))
    }

    /// Counts a refusal.
    func refused(_ reason: ProblemKind) {
        Counter(
            label: "http_requests_refused_total", dimensions: [("reason", reason.rawValue)],
            factory: registry
        ).increment()
    }

    /// The text form, with what is true at this moment.
    func exposition(
        catalogue: OpenCatalogue?, behind: Duration?, connections: Int
    ) -> String {
        func set(_ label: String, _ value: Double) {
            Meter(label: label, dimensions: [], factory: registry).set(value)
        }
        set("http_connections", Double(connections))
        if let catalogue {
            set("catalogue_generation", Double(catalogue.generation.number))
            set("catalogue_courses", Double(catalogue.index.courseCount))
            set("catalogue_offerings", Double(catalogue.index.offeringCount))
        }
        if let behind { set("catalogue_behind_seconds", behind / .seconds(1)) }
        var usage = rusage()
        // The raw value is all that is portable of this enumeration between C libraries.
        if getrusage(__rusage_who_t(0), &usage) == 0 {
            let seconds = usage.ru_utime.tv_sec + usage.ru_stime.tv_sec
            let rest = usage.ru_utime.tv_usec + usage.ru_stime.tv_usec
            set("process_cpu_seconds_total", Double(seconds) + Double(rest) / 1e6)
        }
        if let pages = ProcessFacts.residentPages {
            set("process_resident_memory_bytes", Double(pages * sysconf(Int32(_SC_PAGESIZE))))
        }
        if let count = ProcessFacts.openDescriptors { set("process_open_fds", Double(count)) }
        set("process_start_time_seconds", started)
        return registry.exposition()
    }
}

/// What Linux tells of this process; nothing elsewhere.
private enum ProcessFacts {
    static var residentPages: Int? {
        guard let file = fopen("/proc/self/statm", "r") else { return nil }
        defer { fclose(file) }
        var line = [CChar](repeating: 0, count: 256)
        guard fgets(&line, Int32(line.count), file) != nil else { return nil }
        let text = String(decoding: line.map { UInt8(bitPattern: $0) }, as: UTF8.self)
        let fields = text.split(separator: " ")
        return fields.count > 1 ? Int(fields[1]) : nil
    }

    static var openDescriptors: Int? {
        guard let folder = opendir("/proc/self/fd") else { return nil }
        defer { closedir(folder) }
        var count = 0
        while readdir(folder) != nil { count += 1 }
        // Not “.”, “..” and the folder’s own.
        return count - 3
    }
}
