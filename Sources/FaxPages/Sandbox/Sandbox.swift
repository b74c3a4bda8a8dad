import Glibc

/// A place without network, other processes and files but programs and fonts, by bubblewrap (bwrap(1)).
///
/// What a child has to read comes as its standard input, and what it makes goes out by its standard output: nothing of
/// the file system is writable but a /tmp of its own in memory, and the directory of a conversion.
package enum Sandbox {
    /// Arguments that go before a program and its arguments; empty where the machine has no sandbox.
    ///
    /// `readable` are further files and directories that the program may read; `directory` is where it works and may
    /// write.
    static func arguments(readable: [String], directory: String? = nil) -> [String] {
        guard isAvailable else { return [] }
        let work = directory.map { ["--bind", $0, $0, "--chdir", $0] } ?? ["--chdir", "/"]
        return [program] + walls + readable.flatMap { ["--ro-bind", $0, $0] } + work + ["--"]
    }

    /// Whether children are walled in; found out once, by trying.
    package static let isAvailable = access(program, X_OK) == 0 && isAllowed()

    /// What to do where they aren't.
    package static var advice: String {
        access(program, X_OK) == 0
            ? "bubblewrap is installed but may not make namespaces here (kernel.unprivileged_userns_clone, container)"
            : "install the package bubblewrap"
    }

    private static let program = "/usr/bin/bwrap"

    private static let walls = [
        "--unshare-all", "--die-with-parent", "--new-session", "--cap-drop", "ALL",
        "--ro-bind", "/usr", "/usr", "--symlink", "usr/bin", "/bin", "--symlink", "usr/lib", "/lib",
        "--symlink", "usr/lib64", "/lib64", "--ro-bind-try", "/etc/fonts", "/etc/fonts",
        "--ro-bind-try", "/etc/alternatives", "/etc/alternatives",
        "--ro-bind-try", "/var/cache/fontconfig", "/var/cache/fontconfig",
        "--ro-bind-try", "/var/lib/ghostscript", "/var/lib/ghostscript",
        "--ro-bind-try", "/etc/paperspecs", "/etc/paperspecs", "--ro-bind-try", "/etc/libreoffice", "/etc/libreoffice",
        "--ro-bind-try", "/var/lib/libreoffice", "/var/lib/libreoffice",
        "--proc", "/proc", "--dev", "/dev", "--tmpfs", "/tmp",
    ]

    /// Some kernels and containers forbid namespaces to users, and only the attempt tells.
    private static func isAllowed() -> Bool {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        for descriptor in [STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO] {
            posix_spawn_file_actions_addopen(&actions, descriptor, "/dev/null", O_RDWR, 0)
        }
        var words: [UnsafeMutablePointer<CChar>?] = ([program] + walls + ["--", "/usr/bin/true"]).map { strdup($0) }
        words.append(nil)
        defer { for word in words { free(word) } }
        var nobody: [UnsafeMutablePointer<CChar>?] = [nil]
        var child = pid_t()
        guard posix_spawn(&child, program, &actions, nil, words, &nobody) == 0 else { return false }
        var status: Int32 = 0
        while waitpid(child, &status, 0) < 0 && errno == EINTR {}
        return status == 0
    }
}
