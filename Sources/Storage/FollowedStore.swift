import CourseModel

/// A store that others write to from their own machines, and that says so.
public protocol FollowedStore: CatalogueStore {
    /// What tells its catalogue from others: generations of the same number in two stores are the
    /// same only when these are.
    var identity: String { get }

    /// Waits for a generation other than one that is known.
    ///
    /// - Parameter milliseconds: How long to wait at most.
    /// - Returns: The generation now, which is the known one when there was none.
    /// - Throws: ``StoreError``, ``StoreError/unavailable(path:reason:)`` among them.
    func awaitGeneration(otherThan known: Generation, milliseconds: Int) throws -> Generation
}
