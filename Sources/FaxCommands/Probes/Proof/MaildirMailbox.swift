import FaxModel
import Foundation

/// A Maildir that this process can read.
struct MaildirMailbox: Mailbox {
    let directory: String

    func message(about mark: ProbeMark, since: UnixTime) async throws -> [UInt8]? {
        for part in ["new", "cur"] {
            let place = directory + "/" + part
            let names: [String]
            do { names = try FileManager.default.contentsOfDirectory(atPath: place) } catch {
                throw FaxError(.unavailable, "Maildir \(place): can't be read: \(error.localizedDescription)")
            }
            for name in names where !name.hasPrefix(".") {
                var status = stat()
                let path = place + "/" + name
                // Clocks of two machines may differ.
                guard stat(path, &status) == 0, Int64(status.st_mtim.tv_sec) >= since.seconds - 300,
                    let head = Self.head(path), FaxMessage(head).isAbout(mark)
                else { continue }
                guard let whole = FileManager.default.contents(atPath: path) else { continue }
                return Array(whole)
            }
        }
        return nil
    }

    /// As much as has all header fields in it.
    private static func head(_ path: String) -> [UInt8]? {
        guard let file = FileHandle(forReadingAtPath: path) else { return nil }
        defer { try? file.close() }
        return (try? file.read(upToCount: 1 << 15)).map(Array.init)
    }
}
