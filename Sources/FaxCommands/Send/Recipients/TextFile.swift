import FaxModel
import Foundation

/// Text that somebody wrote with another program.
enum TextFile {
    /// Reads the file at `path`, or standard input for `-`; a byte order mark is dropped.
    ///
    /// Throws `FaxError.noInput` when it can't be read, and `.usage` naming the first line that is not UTF-8.
    static func read(_ path: String) throws(FaxError) -> String {
        let data: Data
        do {
            data =
                path == "-"
                ? try FileHandle.standardInput.readToEnd() ?? Data()
                : try Data(contentsOf: URL(fileURLWithPath: path))
        } catch {
            let name = path == "-" ? "standard input" : quoted(path, limit: 200)
            throw FaxError(.noInput, "\(name): can't be read: there is no such file, or it isn't yours to read")
        }
        let bytes = Array(data)
        let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
        let content = bytes.starts(with: mark) ? bytes[mark.count...] : bytes[...]
        guard let text = String(validating: content, as: UTF8.self) else {
            let lines = content.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
            let bad = lines.firstIndex { String(validating: $0, as: UTF8.self) == nil } ?? 0
            throw FaxError(.usage, "\(path):\(bad + 1): is not UTF-8; save the list as UTF-8 text")
        }
        return text
    }
}
