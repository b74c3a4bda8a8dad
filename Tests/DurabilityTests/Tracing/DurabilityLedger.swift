/// What a power cut could still undo, told from a trace: contents that were written and not synced, names that were made
/// and whose directory was not.
struct DurabilityLedger {
    private let root: String
    private let isVolatile: (String) -> Bool
    private var contents: Set<String> = []
    private var names: Set<String> = []

    /// Only what lies below `root` counts, and of that nothing for which `isVolatile` says so.
    init(root: String, isVolatile: @escaping (String) -> Bool) {
        self.root = root + "/"
        self.isVolatile = isVolatile
    }

    /// One line for each thing that is not on the disk yet.
    var open: [String] { contents.sorted().map { "contents of \($0)" } + names.sorted().map { "name of \($0)" } }

    mutating func add(_ call: SystemCall) {
        guard call.succeeded == true else { return }
        func counts(_ path: String) -> Bool { path.hasPrefix(root) && !isVolatile(path) }
        switch call.kind {
        case .write, .resize: if counts(call.path) { contents.insert(call.path) }
        case .create: if counts(call.path) { names.insert(call.path) }
        case .rename, .link:
            if let from = call.from {
                if contents.contains(from), counts(call.path) { contents.insert(call.path) }
                if call.kind == .rename { forget(from) }
            }
            if counts(call.path) { names.insert(call.path) }
        case .remove: forget(call.path)
        case .sync:
            contents.remove(call.path)
            names = names.filter { Self.directory(of: $0) != call.path }
        case .attributes, .lock: break
        }
    }

    private mutating func forget(_ path: String) {
        contents.remove(path)
        names.remove(path)
    }

    private static func directory(of path: String) -> String {
        path.lastIndex(of: "/").map { String(path[..<$0]) } ?? ""
    }
}
