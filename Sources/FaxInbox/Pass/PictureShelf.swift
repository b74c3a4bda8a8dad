import Synchronization

/// Pictures of first pages for messages to come, by the receipt's uniqueid. Each is there before its message can be; what isn't
/// here any more is made from the file.
final class PictureShelf: Sendable {
    private static let room = 100

    private let pictures = Mutex<[String: Task<[UInt8], Never>]>([:])

    func put(_ picture: Task<[UInt8], Never>, for receipt: String) {
        pictures.withLock { pictures in
            if pictures.count == Self.room { pictures = [:] }
            pictures[receipt] = picture
        }
    }

    func picture(for receipt: String) async -> [UInt8]? { await pictures.withLock { $0[receipt] }?.value }

    func remove(_ receipt: String) { pictures.withLock { $0[receipt] = nil } }
}
