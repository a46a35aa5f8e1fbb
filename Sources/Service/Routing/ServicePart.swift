/// A part of the service: operations that belong together, in a folder of their own.
public protocol ServicePart: Sendable {
    /// What the operations have in common: the heading above them in the OpenAPI document.
    static var title: String { get }
    /// The operations.
    static var operations: [Operation] { get }
}

/// The parts of the service.
///
/// A new part is a folder and a line here.
let serviceParts: [any ServicePart.Type] = [
    Upkeep.self,
    API.self,
    OOAPI.self,
    Harvesting.self,
    Pages.self,
]
