import FaxCommands
import FaxMail
import Foundation
import Synchronization

DaemonTool.makeMailer.withLock { $0 = MailerChoice.make }
exit(await DaemonTool.exitCode(Array(CommandLine.arguments.dropFirst())))
