import CourseModel
import Storage
import Synchronization

/// When generations came about, for harvesters (OAI-PMH 2.0, section 2.7.1).
///
/// A datestamp may not lie before the moment at which a record can first be harvested: a harvester
/// that was here in between would never see it. A run notes when it had read its feed; what follows
/// until others see it takes less than ``allowance``, which is added. A harvest within that time sees
/// a record twice, none misses one.
final class OAIDatestamps: Sendable {
    /// What is added to the end of a run, in seconds.
    static let allowance: Int64 = 60

    /// The datestamp of each generation from 1 on, each at least that of the one before.
    private let known = Mutex<[Moment]>([])

    /// The datestamps of the generations up to that of a snapshot, generation 1 first.
    ///
    /// - Throws: What is wrong with the store.
    func all(in snapshot: any CatalogueSnapshot) throws -> [Moment] {
        try known.withLock { known in
            // Generations go back when a back-up is put back; those that come anew are others.
            if known.count > snapshot.generation.number { known = [] }
            while known.count < snapshot.generation.number {
                let run = try snapshot.run(making: Generation(known.count + 1))
                let before = known.last ?? Moment(secondsSince1970: 0)
                let own = run.map {
                    Moment(
                        secondsSince1970: $0.tookEffectAt.secondsSince1970 + Self.allowance)
                }
                known.append(max(before, own ?? before))
            }
            return Array(known.prefix(snapshot.generation.number))
        }
    }
}

extension [Moment] {
    /// The last generation whose datestamp lies before a moment; 0 for none.
    func generation(before moment: Moment) -> Generation {
        var low = 0
        var high = count
        while low < high {
            let middle = (low + high) / 2
            if self[middle] < moment { low = middle + 1 } else { high = middle }
        }
        return Generation(low)
    }
}
