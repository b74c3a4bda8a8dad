import FaxModel
import FaxPages
import FaxStore
import Foundation
import SpoolFiles

/// What goes with a message: files, or where to fetch them, and a picture of the first page.
struct Enclosure {
    var files: [MailMessage.Attachment] = []
    /// Where the fax can be fetched.
    var link: String?
    /// PNG.
    var picture: [UInt8]?
    /// What the reader should know about all this.
    var note = ""
    /// Files that were made for this message alone.
    private var made: [String] = []

    /// Nothing but words.
    init() {}

    /// Chooses what fits into `limit` bytes; what is made anew for it lies in `directory`. `picture` is one that is made already.
    ///
    /// What is too large comes in T.6, then with fewer lines an inch, then as a link, and at last not at all.
    init(
        _ receipt: InboxReceipt, _ style: MessageStyle, _ settings: InboxSettings, picture made: [UInt8]? = nil,
        limit: Int64, in directory: String
    ) throws(FaxError) {
        let words = LetterWords(style.language)
        if style.showsPicture, let tiff = receipt.tiff {
            // A picture that can't be made is no reason to tell nothing.
            picture = made
            if made == nil { picture = try? PagePicture.png(ofFirstPage: tiff) }
        }
        guard receipt.tiff != nil else { return }
        switch style.carries {
        case .nothing: return
        case .link:
            link = settings.link(to: receipt)
            // Without `receiving.link`, which the settings then ask for: nothing that the mailbox should not have.
            return
        case .attach: break
        }
        files = Self.wanted(receipt, style)
        if let paper = style.paper, receipt.pdf != nil, files.contains(where: { $0.contentType == "application/pdf" }) {
            var options = FaxPDF.Options()
            options.paper = paper
            try replacePDF(receipt, options, in: directory, settings)
        }
        if size <= limit { return }
        for coding in [FaxPDF.Options.Coding.smallest, .coarse] where receipt.pdf != nil {
            var options = FaxPDF.Options()
            options.coding = coding
            options.paper = style.paper
            files = Self.wanted(receipt, style).filter { $0.contentType == "application/pdf" }
            if files.isEmpty { files = Self.wanted(receipt, MessageStyle()) }
            try replacePDF(receipt, options, in: directory, settings)
            if size <= limit {
                note = words.smaller
                return
            }
        }
        files = []
        link = settings.link(to: receipt)
        note = words.tooLarge
    }

    /// Removes what was made for this message.
    func cleanUp() { for path in made { unlink(path) } }

    /// Bytes of all files as base64 has them in a message (4 characters for 3 bytes, 78 a line of 76).
    private var size: Int64 {
        files.reduce(0) { $0 + (ArchiveFiles.status($1.path)?.size ?? 0) * 4 / 3 * 78 / 76 }
    }

    private mutating func replacePDF(
        _ receipt: InboxReceipt, _ options: FaxPDF.Options, in directory: String, _ settings: InboxSettings
    ) throws(FaxError) {
        guard let tiff = receipt.tiff, let index = files.firstIndex(where: { $0.contentType == "application/pdf" })
        else { return }
        var options = options
        options.isDurable = false
        let path = "\(directory)/\(options.coding.rawValue)-\(ChannelFile.name(receipt.uniqueid)).pdf"
        _ = try FaxPDF.write(from: tiff, to: path, metadata: settings.metadata(of: receipt), options: options)
        made.append(path)
        files[index].path = path
    }

    private static func wanted(_ receipt: InboxReceipt, _ style: MessageStyle) -> [MailMessage.Attachment] {
        receipt.files(style.files).map { path in
            MailMessage.Attachment(
                name: DurableFile.name(of: path),
                contentType: path == receipt.pdf ? "application/pdf" : "image/tiff", path: path)
        }
    }
}

/// A receipt's id as part of a file name.
enum ChannelFile {
    static func name(_ uniqueid: String) -> String {
        String(uniqueid.map { $0.isASCII && ($0.isLetter || $0.isNumber || ".-_".contains($0)) ? $0 : "_" }.prefix(100))
    }
}
