import Answers
import CourseModel
import Glibc
import NIOPosix
import Storage
import Synchronization

/// What all requests share: the catalogue, the settings, what is counted.
public final class RunningService: Sendable {
    /// The catalogue; `nil` in tests of what needs none.
    public let catalogue: LiveCatalogue?
    /// What the operator decided.
    public let settings: ServiceSettings
    /// The port that is listened on, once it is.
    let port: Atomic<Int>
    /// Changes when the program or its settings do, so that what clients keep is not taken for the
    /// answers of another.
    let mark: String
    /// When the service began, in seconds since 1970.
    let started: Int64
    let metrics = ServiceMetrics()
    let connections = ConnectionCount()
    let feeds = FeedShelf()
    let datestamps = OAIDatestamps()
    let limiter: RateLimiter?
    /// Bounds what one client leaves behind: a few things at once, then one a minute.
    let keepingLimiter: RateLimiter?
    let heavyWork: HeavyWork
    private let fixedToday: CalendarDate?

    /// - Parameters:
    ///   - threads: Where what takes work is done.
    ///   - today: The day to take for today; `nil` for the local calendar's.
    init(
        catalogue: LiveCatalogue?, settings: ServiceSettings, threads: NIOThreadPool,
        today: CalendarDate? = nil
    ) {
        self.catalogue = catalogue
        self.settings = settings
        port = Atomic(settings.port)
        started = Int64(time(nil))
        fixedToday = today
        let limits = settings.limits
        limiter =
            limits.requestsPerSecond > 0
            ? RateLimiter(rate: Double(limits.requestsPerSecond), burst: limits.burst) : nil
        keepingLimiter =
            limits.requestsPerSecond > 0 ? RateLimiter(rate: 1.0 / 60, burst: 5) : nil
        heavyWork = HeavyWork(
            threads: threads, most: limits.heavyRequests, limit: .seconds(limits.answerSeconds))
        var program = stat()
        let size = stat("/proc/self/exe", &program) == 0 ? program.st_size : 0
        let text =
            "\(size) \(settings.baseURL ?? "") \(settings.language ?? "") \(settings.corsOrigins)"
        mark = String(StableHash.of(text), radix: 36)
    }

    /// Where clients find the service, without a slash at its end.
    public var base: String {
        settings.baseURL ?? "http://\(settings.host):\(port.load(ordering: .relaxed))"
    }

    /// The day that is taken for today.
    var today: CalendarDate {
        if let fixedToday { return fixedToday }
        var seconds = time(nil)
        var parts = tm()
        localtime_r(&seconds, &parts)
        return CalendarDate(
            year: Int(parts.tm_year) + 1900, month: Int(parts.tm_mon) + 1, day: Int(parts.tm_mday))
            ?? CalendarDate(daysSince1970: Int32(seconds / 86_400))
    }

    /// The moment that is taken for now: that of the clock, on the day that is taken for today.
    var now: Moment {
        let now = Moment(secondsSince1970: Int64(time(nil)))
        guard let fixedToday else { return now }
        return Moment(
            secondsSince1970: Moment(fixedToday).secondsSince1970
                + now.secondsSince1970 - Moment(now.day).secondsSince1970)
    }

    /// The language of answers to clients that ask for none.
    var language: AnswerLanguage {
        settings.language.flatMap(AnswerLanguage.init) ?? catalogue?.current?.language ?? .nl
    }
}
