import Logging
import ServiceLifecycle

/// Runs one pass for each wake until the daemon is told to stop. A pass that fails is told once, not every second.
struct PassService: Service {
    let name: String
    let wakes: AsyncStream<Void>
    let logger: Logger
    let pass: @Sendable () async throws -> Void

    func run() async throws {
        var lastComplaint = ""
        for await _ in wakes.cancelOnGracefulShutdown() {
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
        }
    }
}
