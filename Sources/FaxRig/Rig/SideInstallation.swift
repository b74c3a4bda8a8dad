import FaxModel
import Glibc
import SpoolFiles

/// One side's directories, configuration and programs.
struct SideInstallation: Sendable {
    var rig: Rig
    var side: RigSide

    private var layout: RigSideLayout { rig.side(side) }
    private var owner: UInt32? { rig.user(side) }
    /// In network namespaces.
    private var hasOwnLoopback: Bool { rig.state.network == .namespaces }
    private var checkout: String { rig.options.checkout }

    func make() async throws {
        if let root = rig.state.asterisk.root { try FileTree.makeDirectory(root + RigLayout.base) }
        try FileTree.makeDirectory(layout.home, owner: owner, mode: 0o750)
        if side == rig.options.smallSide, let bytes = rig.options.spoolBytes { try await mountSpool(bytes) }
        for directory in layout.directories { try FileTree.makeDirectory(directory, owner: owner, mode: 0o750) }
        try configure()
        try installPrograms()
        let ours = SideSettings(
            side: side, layout: layout, smtp: rig.state.mailRoot != nil && side == .b, ownLoopback: hasOwnLoopback
        ).tree
        let tree = rig.options.settings[side].map(ours.merged) ?? ours
        try FileTree.write(tree.yaml, to: layout.settings, owner: owner)
    }

    /// A file system of its own for the spool, so that it can be filled up. Mounted on the host, so that Asterisk, which
    /// is started later in a mount namespace of its own, sees it as well.
    private func mountSpool(_ bytes: Int) async throws {
        guard geteuid() == 0 else { throw FaxError(.noPermission, "a spool of limited size needs root") }
        try FileTree.makeDirectory(layout.spool.root)
        try await Command([
            "/usr/bin/mount", "-t", "tmpfs", "-o", "size=\(bytes),mode=750", "callfax-rig", layout.spool.root,
        ]).run().checked("mount of \(layout.spool.root)")
    }

    private func configure() throws {
        let source = checkout + "/dialplan"
        guard FileTree.isDirectory(source) else { throw FaxError(.noInput, "\(source): no dialplan there") }
        try FileTree.copy(source, to: layout.configuration + "/callfax", owner: owner)
        let templates = checkout + "/callfile-templates"
        if FileTree.isDirectory(templates) { try FileTree.copy(templates, to: layout.templates, owner: owner) }
        var globals = [
            "COMPANY": "Callfax rig", "FAXSPOOL": layout.spool.root, "FAXAGI": layout.bin + "/fax-agi",
            "FAXSTATIONID": side.stationID,
        ]
        if hasOwnLoopback { globals["FAXFASTAGI"] = "agi://127.0.0.1:\(SideSettings.agiPort)" }
        globals.merge(rig.options.globals[side] ?? [:]) { $1 }
        var files = AsteriskConfiguration(
            side: side, layout: layout, addresses: rig.addresses, globals: globals,
            managerSecret: hasOwnLoopback ? SideSettings.managerSecret : nil,
            hasFrameDrop: rig.state.asterisk.has(FaxGateway.frameDrop)
        ).files
        if hasOwnLoopback {
            try FileTree.write(SideSettings.managerSecret + "\n", to: layout.managerSecret, owner: owner)
        }
        for (name, text) in rig.options.appended[side] ?? [:] { files[name, default: ""] += text }
        for (name, text) in files { try FileTree.write(text, to: "\(layout.configuration)/\(name)", owner: owner) }
    }

    private func installPrograms() throws {
        let programs = rig.options.programs
        for (source, name) in [(programs.callfax, "callfax"), (programs.faxd, "faxd"), (programs.faxAGI, "fax-agi")] {
            guard FileTree.exists(source) else {
                rig.say("\(name) isn't built (\(source)): side \(side.rawValue) does without")
                continue
            }
            try FileTree.link(source, to: "\(layout.bin)/\(name)")
        }
        for name in RigPrograms.names.dropFirst() { try FileTree.symlink("callfax", at: "\(layout.bin)/\(name)") }
    }
}
