package import FaxModel

extension Rig {
    /// A call file template of that name on side a: the default one with its trunk replaced.
    package func addTemplate(_ name: String, trunk: String) throws(FaxError) {
        let directory = side(.a).templates
        let text = try FileTree.text(directory + "/fax-outbound.call")
        try FileTree.write(
            text.replacing("@${FAXTRUNK}", with: "@\(trunk)"), to: "\(directory)/\(name).call", mode: 0o644)
    }
}
