import FaxCommands
import FaxMail
import Foundation
import Synchronization

DaemonTool.makeMailer.withLock { $0 = MailerChoice.make }
DaemonTool.openMailbox.withLock { $0 = MailboxChoice.open }
exit(await DaemonTool.exitCode(Array(CommandLine.arguments.dropFirst())))
