/// The programs that a rig runs, by absolute path. Those that don't exist are only missed when they are needed.
package struct RigPrograms: Hashable, Sendable, Codable {
    /// The client program; it appears under each of its names in a side's `bin`.
    package var callfax: String
    package var faxd: String
    /// Fully static, because Asterisk's root has no Swift in it.
    package var faxAGI: String

    package init(callfax: String, faxd: String, faxAGI: String) {
        self.callfax = callfax
        self.faxd = faxd
        self.faxAGI = faxAGI
    }

    /// The names under which `callfax` is called.
    package static let names = ["callfax", "fax-send", "fax-queue", "fax-inbox", "fax-probe", "fax-check"]
}
