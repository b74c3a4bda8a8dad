/// One thing that `fax-check` looked at.
struct Finding: Encodable {
    enum Grade: String, Encodable {
        case ok
        /// Works, but not for everybody or not for ever.
        case warning
        case wrong
    }

    var grade: Grade
    /// What was looked at, like "outgoing spool".
    var subject: String
    /// What was found.
    var text: String
    /// How to mend it; empty where nothing is to be mended.
    var mend: String = ""

    var line: String {
        let mark = grade == .ok ? "ok     " : grade == .warning ? "warning" : "WRONG  "
        return "\(mark) \(subject): \(text)" + (mend.isEmpty ? "" : "\n          -> \(mend)")
    }
}
