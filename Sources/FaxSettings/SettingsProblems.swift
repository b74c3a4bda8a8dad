/// All that is wrong with one settings file, a line each, in the order of the file.
final class SettingsProblems {
    private var found: [(line: Int, text: String)] = []
    private let file: String

    init(file: String) { self.file = file }

    func add(_ line: Int?, _ key: String, _ what: String) {
        let place = line.map { "\(file):\($0)" } ?? file
        found.append((line ?? 0, "\(place): \(key.isEmpty ? "" : key + ": ")\(what)"))
    }

    var lines: [String] { found.sorted { $0.line < $1.line }.map(\.text) }
}
