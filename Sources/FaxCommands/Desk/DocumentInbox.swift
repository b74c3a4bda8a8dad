import FaxModel
import Foundation
import SpoolFiles

/// The documents of one submission while they come in and are rendered: files of our own, gone afterwards.
struct DocumentInbox {
    private let layout: SpoolLayout
    /// Bytes of all documents together.
    private let limit: Int
    /// Bytes that must stay free on the spool's disk: whoever receives meanwhile needs them.
    private let minFree: Int64
    private var received = 0
    private(set) var paths: [String] = []

    init(_ layout: SpoolLayout, limit: Int, minFree: Int64) {
        self.layout = layout
        self.limit = limit
        self.minFree = minFree
    }

    /// What a killed daemon left.
    static func clear(_ layout: SpoolLayout) {
        for name in (try? DurableFile.list(layout.arriving)) ?? [] { unlink(layout.arriving + "/" + name) }
    }

    mutating func receive(_ client: Int32, until deadline: Date) throws {
        var checked = received
        try DiskUse.refuseFull(layout.root, minFree: minFree)
        let path = layout.arriving + "/" + UUID().uuidString.lowercased() + ".pdf"
        paths.append(path)
        let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else {
            throw FaxError(.cannotCreate, "\(path): \(String(cString: strerror(errno)))", errno: errno)
        }
        let file = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
        while true {
            guard let piece = try DeskFrame.read(client, limit: DeskFrame.piece) else {
                throw FaxError(.unavailable, "the connection ended in the middle of a document")
            }
            if piece.isEmpty { return }
            received += piece.count
            guard received <= limit else {
                throw FaxError(.data, "the documents have more than \(limit) bytes (sending.max_bytes)")
            }
            if received - checked > 4_000_000 {
                try DiskUse.refuseFull(layout.root, minFree: minFree)
                checked = received
            }
            guard Date() < deadline else { throw FaxError(.unavailable, "the documents took too long to arrive") }
            do { try file.write(contentsOf: piece) } catch {
                throw FaxError(.cannotCreate, "\(path): can't be written: is the disk full?")
            }
        }
    }

    func remove() { for path in paths { unlink(path) } }
}
