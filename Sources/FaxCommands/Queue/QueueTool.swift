package import ArgumentParser
import FaxModel
import FaxScheduler
import FaxSettings
import FaxStore
import Foundation

/// `fax-queue`: what was submitted, and what becomes of it.
package struct QueueTool: Tool {
    package static let configuration = CommandConfiguration(
        commandName: "fax-queue", abstract: "Shows and changes faxes that were submitted with fax-send.",
        subcommands: [
            QueueList.self, QueueShow.self, QueueWatch.self, QueueHold.self, QueueRelease.self, QueueCancel.self,
            QueueAlter.self, QueueResend.self, QueueResolve.self, QueueLog.self, QueueStats.self, QueuePolicy.self,
            QueueBackup.self,
        ], defaultSubcommand: QueueList.self)

    package init() {}
}

/// What every subcommand knows.
struct QueueOptions: ParsableArguments {
    @OptionGroup var config: SettingsOption
    @Flag(help: "One JSON object a line.") var json = false

    func settings() throws -> Settings { try config.read() }

    /// The way to the queue. What happened since the last pass is taken in first; a pass that fails is told, and the queue
    /// is there all the same.
    func access(_ settings: Settings) throws -> any QueueAccess {
        let intake = try openIntake(settings)
        (intake as? DirectIntake)?.site.catchUp()
        return intake.access
    }
}

extension Installation {
    /// Has the queue looked at before it is shown.
    func catchUp() {
        do {
            for problem in try advance()?.problems ?? [] { Terminal.complain("fax-queue: \(problem)") }
        } catch {
            Terminal.complain("fax-queue: \(error)")
        }
    }
}
