import Logging
import ServiceLifecycle

/// Runs one pass for each wake until the daemon is told to stop. A pass that fails is told once, not every second.
///
/// A pass looks at all that is under way. With hundreds of calls each of their events would have it look again, so it rests
/// in proportion to what it took; what happens meanwhile folds into one wake.
struct PassService: Service {
    let name: String
    let wakes: AsyncStream<Void>
    let logger: Logger
    let pass: @Sendable () async throws -> Void

    /// Rest after a pass, as a multiple of its time, and at most.
    private static let rest = 3
    private static let longestRest = Duration.milliseconds(100)

    func run() async throws {
        var lastComplaint = ""
        for await _ in wakes.cancelOnGracefulShutdown() {
            let began = ContinuousClock.now
            do {
                try await pass()
                if !lastComplaint.isEmpty { logger.notice("works again", metadata: ["half": "\(name)"]) }
                lastComplaint = ""
            } catch let error as CancellationError {
                throw error
            } catch {
                let complaint = "\(error)"
                if complaint != lastComplaint {
                    logger.error("pass failed", metadata: ["half": "\(name)", "error": "\(complaint)"])
                }
                lastComplaint = complaint
            }
            let rest = min(Self.longestRest, (ContinuousClock.now - began) * Self.rest)
            _ = try? await cancelWhenGracefulShutdown { try await Task.sleep(for: rest) }
        }
    }
}
