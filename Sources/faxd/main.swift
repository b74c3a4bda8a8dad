import FaxCommands
import FaxMail
import Foundation

let code = await DaemonTool.$makeMailer.withValue(MailerChoice.make) {
    await DaemonTool.exitCode(Array(CommandLine.arguments.dropFirst()))
}
exit(code)
