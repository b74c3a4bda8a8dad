package import ArgumentParser
import FaxModel
import FaxRig

/// `fax-relay`: what a rig runs between its two sides.
package struct RelayTool: Tool {
    package static let configuration = CommandConfiguration(
        commandName: "fax-relay", abstract: "Passes frames between the two sides of a rig.", shouldDisplay: false)

    @Argument(help: ArgumentHelp("The lines whose media is held back.", valueName: "file")) var file: String

    package init() {}

    package func run() async throws { try FrameRelay(file: file).run { Terminal.complain($0) } }
}
