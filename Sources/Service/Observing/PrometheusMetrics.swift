import CoreMetrics
import Synchronization

/// Metrics kept in memory and told in the text form of Prometheus (exposition format 0.0.4).
///
/// Counters and gauges keep a sum, timers and recorders a histogram; timers are told in seconds.
final class PrometheusMetrics: MetricsFactory {
    private struct Key: Hashable {
        var label: String
        var dimensions: [String]
    }

    /// A family: one name, one help, one type, and a series for each set of dimensions.
    private struct Family {
        var type: String
        var series: [Key: Series] = [:]
    }

    private let families = Mutex<[String: Family]>([:])
    private let help: [String: String]

    /// - Parameter help: What each metric means, by its name.
    init(help: [String: String]) { self.help = help }

    /// The upper bounds of the buckets of a histogram, in seconds or whatever is recorded.
    static let bounds: [Double] = [
        0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10,
    ]

    private func series(_ label: String, _ dimensions: [(String, String)], _ type: String) -> Series
    {
        let key = Key(label: label, dimensions: dimensions.flatMap { [$0.0, $0.1] })
        return families.withLock { families in
            if let known = families[label]?.series[key] { return known }
            let made = Series(labels: dimensions, isHistogram: type == "histogram")
            families[label, default: Family(type: type)].series[key] = made
            return made
        }
    }

    func makeCounter(label: String, dimensions: [(String, String)]) -> any CounterHandler {
        series(label, dimensions, "counter")
    }

    func makeFloatingPointCounter(
        label: String, dimensions: [(String, String)]
    ) -> any FloatingPointCounterHandler {
        series(label, dimensions, "counter")
    }

    func makeMeter(label: String, dimensions: [(String, String)]) -> any MeterHandler {
        series(label, dimensions, "gauge")
    }

    func makeRecorder(
        label: String, dimensions: [(String, String)], aggregate: Bool
    ) -> any RecorderHandler {
        series(label, dimensions, aggregate ? "histogram" : "gauge")
    }

    func makeTimer(label: String, dimensions: [(String, String)]) -> any TimerHandler {
        series(label, dimensions, "histogram")
    }

    // A metric is told as long as the program runs, whoever still holds it.
    func destroyCounter(_: any CounterHandler) {}
    func destroyFloatingPointCounter(_: any FloatingPointCounterHandler) {}
    func destroyMeter(_: any MeterHandler) {}
    func destroyRecorder(_: any RecorderHandler) {}
    func destroyTimer(_: any TimerHandler) {}

    /// Everything, in order of name and dimensions.
    func exposition() -> String {
        let families = families.withLock { $0 }
        var text = ""
        for (name, family) in families.sorted(by: { $0.key < $1.key }) {
            if let help = help[name] { text += "# HELP \(name) \(help)\n" }
            text += "# TYPE \(name) \(family.type)\n"
            let lines = family.series.sorted {
                $0.key.dimensions.lexicographicallyPrecedes($1.key.dimensions)
            }
            for (_, series) in lines { text += series.exposition(name) }
        }
        return text
    }

    /// One line of names and values, or a histogram of several.
    private final class Series: CounterHandler, FloatingPointCounterHandler, MeterHandler,
        RecorderHandler, TimerHandler
    {
        private struct Value {
            var sum = 0.0
            var count = 0
            var buckets: [Int]
        }

        private let labels: String
        private let isHistogram: Bool
        private let value: Mutex<Value>

        init(labels: [(String, String)], isHistogram: Bool) {
            self.labels = labels.map { "\($0.0)=\"\(Self.escaped($0.1))\"" }
                .joined(separator: ",")
            self.isHistogram = isHistogram
            value = Mutex(
                Value(buckets: isHistogram ? Array(repeating: 0, count: bounds.count) : []))
        }

        func increment(by amount: Int64) { add(Double(amount)) }
        func increment(by amount: Double) { add(amount) }
        func decrement(by amount: Double) { add(-amount) }
        func set(_ number: Int64) { set(Double(number)) }
        func set(_ number: Double) { value.withLock { $0.sum = number } }
        func record(_ number: Int64) { record(Double(number)) }
        func recordNanoseconds(_ duration: Int64) { record(Double(duration) / 1e9) }
        func reset() {
            value.withLock { $0 = Value(buckets: $0.buckets.map { _ in 0 }) }
        }

        private func add(_ amount: Double) { value.withLock { $0.sum += amount } }

        func record(_ number: Double) {
            guard isHistogram else { return set(number) }
            value.withLock { value in
                value.sum += number
                value.count += 1
                if let bucket = bounds.firstIndex(where: { number <= $0 }) {
                    value.buckets[bucket] += 1
                }
            }
        }

        func exposition(_ name: String) -> String {
            let value = value.withLock { $0 }
            guard isHistogram else {
                return "\(name)\(Self.braced(labels)) \(Self.number(value.sum))\n"
            }
            var text = ""
            var count = 0
            func bucket(_ bound: String, _ count: Int) {
                let all = labels.isEmpty ? "" : labels + ","
                text += "\(name)_bucket{\(all)le=\"\(bound)\"} \(count)\n"
            }
            for (bound, own) in zip(bounds, value.buckets) {
                count += own
                bucket(Self.number(bound), count)
            }
            bucket("+Inf", value.count)
            text += "\(name)_sum\(Self.braced(labels)) \(Self.number(value.sum))\n"
            text += "\(name)_count\(Self.braced(labels)) \(value.count)\n"
            return text
        }

        private static func braced(_ labels: String) -> String {
            labels.isEmpty ? "" : "{\(labels)}"
        }

        private static func number(_ number: Double) -> String {
            number == number.rounded() && abs(number) < 1e15 ? "\(Int(number))" : "\(number)"
        }

        private static func escaped(_ text: String) -> String {
            var out = ""
            for character in text {
                switch character {
                case "\\", "\"": out += "\\\(character)"
                case "\n": out += "\\n"
                default: out.append(character)
                }
            }
            return out
        }
    }
}
