/// One thing that can be asked of the queue, and its answer: the same in this process and over faxd's socket.
protocol DeskCommand: Codable, Sendable {
    associatedtype Answer: Codable & Sendable

    /// By which it is known on the socket.
    static var name: String { get }

    /// Blocks while the store is read and written.
    func answer(at desk: QueueDesk) throws -> Answer
}
