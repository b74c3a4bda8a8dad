/// How a program gets into a root that knows nothing but a few directories of the host.
///
/// The mounts are made in a mount namespace of the program's own and go away with it. Nothing is written into the
/// root: what has to be writable is bound from outside or a tmpfs.
enum Jail {
    /// Asterisk's: one directory under its own path, and a number instead of a name for the user, because the root's
    /// users have numbers of their own.
    ///
    /// `base` is a directory of the root that `directory` lies below.
    static func asterisk(root: String, base: String, directory: String, user: UInt32) -> [String] {
        prefix(asteriskScript) + [root, base, directory, String(user)]
    }

    private static let asteriskScript = """
        set -e
        root=$1 base=$2 directory=$3 user=$4
        shift 4
        mount -t tmpfs -o mode=755,size=1m tmpfs "$root$base"
        mkdir -p "$root$directory"
        mount --rbind "$directory" "$root$directory"
        mount -t tmpfs -o mode=1777,size=64m tmpfs "$root/tmp"
        mount --rbind /proc "$root/proc"
        mount --rbind /dev "$root/dev"
        exec chroot --userspec="$user:$user" --groups= "$root" "$@"
        """

    /// The mail server's: a directory with its configuration and one with its mailbox, both below /srv. Its parent
    /// process is root, as it has to be, and knows only this root.
    static func mail(root: String, configuration: String, box: String) -> [String] {
        prefix(mailScript) + [root, configuration, box]
    }

    private static let mailScript = """
        set -e
        root=$1 configuration=$2 box=$3
        shift 3
        mount -t tmpfs -o mode=755 tmpfs "$root/run"
        mount -t tmpfs -o mode=755 tmpfs "$root/var/spool"
        mount -t tmpfs -o mode=1777 tmpfs "$root/tmp"
        mount -t tmpfs -o mode=755 tmpfs "$root/srv"
        mkdir "$root/srv/configuration" "$root/srv/box"
        mount --bind "$configuration" "$root/srv/configuration"
        mount --bind "$box" "$root/srv/box"
        mount --rbind /proc "$root/proc"
        mount --rbind /dev "$root/dev"
        exec chroot "$root" "$@"
        """

    /// HylaFAX's scheduler and server, whole: a spool of its own, its own loopback, and its own process numbers. When the
    /// script ends, with its standard input, the kernel ends all of them.
    static func hylafax(root: String, spool: String) -> [String] {
        prefix(hylafaxScript, ["--net", "--pid", "--fork", "--kill-child"]) + [root, spool]
    }

    private static let hylafaxScript = """
        set -e
        root=$1 spool=$2
        ip link set lo up
        cp -a "$root/var/spool/hylafax/." "$spool"
        mount --bind "$spool" "$root/var/spool/hylafax"
        mount --bind "$root/etc/hylafax" "$root/var/spool/hylafax/etc"
        mount -t tmpfs -o mode=1777,size=64m tmpfs "$root/tmp"
        mount -t tmpfs -o mode=755,size=1m tmpfs "$root/run"
        mount -t proc proc "$root/proc"
        mount --rbind /dev "$root/dev"
        chroot "$root" /usr/sbin/faxq -D &
        chroot "$root" /usr/sbin/hfaxd -d -i 4559 &
        read -r line
        """

    private static func prefix(_ script: String, _ more: [String] = []) -> [String] {
        ["/usr/bin/unshare", "--mount", "--propagation", "private"] + more + ["/bin/sh", "-c", script, "jail"]
    }
}
