package import SpoolFiles

/// Where one side of a rig keeps its files. Asterisk sees them under the same paths.
package struct RigSideLayout: Hashable, Sendable {
    package let home: String
    /// The mail server's Maildir, one for the whole rig.
    package let maildir: String

    package var settings: String { home + "/callfax.yaml" }
    package var managerSecret: String { home + "/manager-secret" }
    package var bin: String { home + "/bin" }
    package var templates: String { home + "/callfile-templates" }
    /// The Callfax spool.
    package var spool: SpoolLayout { SpoolLayout(root: home + "/spool") }
    /// Where mail goes when there is no mail server.
    package var localMaildir: String { home + "/Maildir" }

    package var configuration: String { home + "/etc/asterisk" }
    package var asteriskConf: String { configuration + "/asterisk.conf" }
    package var variable: String { home + "/asterisk/lib" }
    package var run: String { home + "/asterisk/run" }
    package var control: String { run + "/asterisk.ctl" }
    package var logs: String { home + "/asterisk/log" }
    /// Asterisk's log with everything in it.
    package var log: String { logs + "/full" }
    package var asteriskSpool: String { home + "/asterisk/spool" }
    package var outgoing: String { asteriskSpool + "/outgoing" }
    package var outgoingDone: String { asteriskSpool + "/outgoing_done" }
    /// Beside `outgoing`, on the same file system.
    package var staging: String { asteriskSpool + "/staging" }

    /// Every directory that belongs to the side's user, parents first.
    var directories: [String] {
        [
            home, bin, templates, home + "/etc", configuration, home + "/asterisk", variable, run, logs, asteriskSpool,
            outgoing, outgoingDone, staging, localMaildir,
        ] + ["new", "cur", "tmp"].map { localMaildir + "/" + $0 } + spool.directories
    }
}
