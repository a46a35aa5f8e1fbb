import CourseModel
import Feeds

/// Rules about what offerings cost.
enum PriceChecks {
    /// The highest price that is believed without asking, in units of any currency.
    static let highest: Int64 = 100_000

    /// Amounts that are most likely not meant.
    @Sendable static func amounts(_ record: CourseRecord, _ findings: inout Findings) {
        for offering in record.offerings {
            guard let price = offering.price, price.total.amount.scaled / 10_000 > highest
            else { continue }
            findings.add(
                .warning, .priceNotPlausible, of: offering, field: "price",
                "The price is \(price.total). Check the decimal sign: thousands are not "
                    + "separated, cents follow a full stop.")
        }
        let free = record.offerings.filter {
            $0.price.map { $0.total.amount == .zero && !isFree(record.course, $0) } ?? false
        }
        if let first = free.first {
            findings.add(
                .note, .priceZero, of: first, field: "price",
                "\(Wording.share(free.count, of: record.offerings.count)) a price of 0, and nothing "
                    + "says that the course is free. Say so in words, or leave the price out when "
                    + "it is not known.")
        }
        let unstated = record.offerings.filter {
            $0.price.map { $0.vat == .unstated && $0.total.amount > .zero } ?? false
        }
        guard let first = unstated.first else { return }
        findings.add(
            .note, .vatUnstated, of: first, field: "price",
            "\(Wording.share(unstated.count, of: record.offerings.count)) a price that does not "
                + "say whether VAT is in it, so it cannot be compared. Say so.")
    }

    /// What one is paid for, or pays nothing for as a rule.
    private static let freeKinds: Set<CourseKind> = [
        .apprenticeshipPlace, .internship, .project, .event,
    ]

    private static func isFree(_ course: Course, _ price: Price) -> Bool {
        if course.isFunded || freeKinds.contains(course.kind) { return true }
        let words = (price.statedAs ?? "").lowercased()
        return ["gratis", "kosteloos", "geen kosten", "free", "no cost"].contains {
            words.contains($0)
        }
    }
}
