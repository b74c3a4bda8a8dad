import CCapabilities
import FaxCommands
import FaxMail
import Foundation
import Synchronization

// A low port is for us alone; bubblewrap refuses to start with such a right.
_ = callfax_keep_rights_to_ourselves()
DaemonTool.makeMailer.withLock { $0 = MailerChoice.make }
DaemonTool.openMailbox.withLock { $0 = MailboxChoice.open }
exit(await DaemonTool.exitCode(Array(CommandLine.arguments.dropFirst())))
