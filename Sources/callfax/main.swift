import FaxCommands
import Foundation

exit(await Tools.exitCode(CommandLine.arguments))
