package import FaxModel
import FaxPages
package import FaxStore
import Foundation
import SpoolFiles

/// Takes TIFFs of an existing folder over into the archive; the folder stays as it is.
package struct ArchiveImport {
    /// What became of one file.
    package enum Outcome: Hashable, Sendable {
        case taken(InboxReceipt)
        /// It is in the archive already.
        case known
        case refused(String)
    }

    private let settings: InboxSettings
    private let store: InboxStore
    private let files: ArchiveFiles

    package init(settings: InboxSettings, store: InboxStore) {
        self.settings = settings
        self.store = store
        files = ArchiveFiles(root: settings.layout.archive, owner: settings.owner)
    }

    /// The TIFFs below a folder, whatever the case of their ending; links are not followed.
    package static func tiffs(below folder: String) -> [String] {
        let names = FileManager.default.enumerator(atPath: folder)?.compactMap { $0 as? String } ?? []
        return names.filter { name in
            let lower = name.lowercased()
            return (lower.hasSuffix(".tif") || lower.hasSuffix(".tiff"))
                && ArchiveFiles.status("\(folder)/\(name)") != nil
        }.sorted().map { "\(folder)/\($0)" }
    }

    /// Copies one file, makes its PDF, and only then writes the record; repeated, it finds what is done.
    package func take(_ path: String, person: String, now: UnixTime) throws -> Outcome {
        guard let status = ArchiveFiles.status(path) else { return .refused("is no regular file") }
        let name = OriginalName(path, in: settings.timeZone)
        var receipt = receipt(name, path, status, id: name.uniqueid, now: now)
        if let known = try store.receipt(receipt.uniqueid) {
            guard known.archiveName != receipt.archiveName, name.uniqueid != nil else { return .known }
            // Another server's Asterisk gave the same id to another call.
            receipt = self.receipt(name, path, status, id: nil, now: now)
            guard try store.receipt(receipt.uniqueid) == nil else { return .known }
        }
        guard try store.receipt(archiveName: receipt.archiveName) == nil else { return .known }
        let tiff = files.tiff(receipt.archiveName)
        let pdf = files.pdf(receipt.archiveName)
        try files.makeDirectory(for: receipt.archiveName)
        let draft = "\(settings.layout.messages)/import-\(ChannelFile.name(receipt.uniqueid)).tiff"
        try DurableFile.remove(draft)
        do { try FileManager.default.copyItem(atPath: path, toPath: draft) } catch {
            return .refused("can't be copied: \(error.localizedDescription)")
        }
        try files.move(draft, to: tiff)
        receipt.tiff = tiff
        receipt.isComplete = true
        do throws(FaxError) {
            let result = try FaxPDF.write(from: tiff, to: pdf, metadata: settings.metadata(of: receipt))
            _ = chmod(pdf, 0o640)
            settings.owner?.take(pdf)
            receipt.pdf = pdf
            receipt.pages = result.pages
            receipt.badLines = result.badLines
            receipt.missingPages = result.missing.count
            if !result.missing.isEmpty || !result.cutShort.isEmpty {
                receipt.isComplete = false
                receipt.reason =
                    "\(Wording.pageList(result.missing.keys.sorted() + result.cutShort)) can't be read"
            }
        } catch {
            guard error.code == .data else { throw error }
            try DurableFile.remove(tiff)
            return .refused(FarText.visible(error.message))
        }
        let routing = Routing(
            dialled: receipt.dialled, caller: receipt.callerNumber, station: "", named: "", rules: settings.rules)
        receipt.route = routing.route
        // From now on: who takes a folder over does not want the old faxes in it removed within the hour.
        receipt.keepUntil = routing.handling.keepDays.map { now.adding(seconds: Int64($0) * 86_400) }
        let errands: [InboxErrand.Draft] = [.init(routing.handling.readsText ? .read : .repack)]
        let look = InboxLook(at: now, person: person, action: .import, uniqueid: receipt.uniqueid, detail: path)
        return try store.adopt(receipt, errands: errands, look: look) ? .taken(receipt) : .known
    }

    private func receipt(
        _ name: OriginalName, _ path: String, _ status: (size: Int64, modified: UnixTime), id: String?, now: UnixTime
    ) -> InboxReceipt {
        let time = name.time ?? status.modified
        // Without an id of Asterisk's the file itself is the id, so that a second import finds it.
        let own = "import-" + String(StableHash.of("\(path) \(status.size) \(status.modified.seconds)"), radix: 16)
        let uniqueid = id ?? own
        var receipt = InboxReceipt(
            uniqueid: uniqueid, call: ChannelID(uniqueid) ?? ChannelID(own)!, origin: .import, recordedAt: now,
            startedAt: name.time, endedAt: time, dialled: name.dialled, callerNumber: name.caller,
            account: name.account, archiveName: "")
        receipt.archiveName =
            ArchiveName(
                dialled: receipt.dialled, caller: receipt.callerNumber, account: receipt.account, channel: "",
                time: LocalTime(time, in: settings.timeZone), uniqueid: uniqueid
            ).text
        return receipt
    }
}
