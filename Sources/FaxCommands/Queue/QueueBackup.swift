import ArgumentParser
import FaxModel
import FaxSettings
import FaxStore

/// `fax-queue backup FILE`
struct QueueBackup: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "backup", abstract: "Copies the store into a new file while everything goes on.",
        discussion:
            "Jobs, history and the inbox's journal; documents and the archive are files and can be copied as such.")

    @OptionGroup var options: QueueOptions
    @Argument(help: "A new file.") var file: String

    func run() async throws {
        let site = try Installation(options.settings())
        try await OwnQueue.sending.run { try site.database.backup(to: file) }
        if options.json { return Terminal.print(try JSONOutput.line(["file": file])) }
        Terminal.print("the store is copied to \(file)")
    }
}
