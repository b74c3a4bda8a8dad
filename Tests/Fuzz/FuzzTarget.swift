import FaxModel
import FaxPages
import Glibc
import SpoolFiles

/// What libFuzzer calls with each input. The first byte says which reader gets the rest.
///
/// A crash, a hang or a file outside of the fuzzer's own directory ends the run; whatever a reader throws is fine.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzOne(_ start: UnsafePointer<UInt8>, _ count: Int) -> CInt {
    guard count > 1 else { return 0 }
    let bytes = Array(UnsafeBufferPointer(start: start + 1, count: count - 1))
    switch start[0] % 4 {
    case 0, 1: readTIFF(bytes, isSmallest: start[0] % 4 == 1)
    case 2: readReport(bytes)
    default: readWords(bytes)
    }
    return 0
}

/// In memory, so that a million inputs take minutes.
private let directory: String = {
    var name = Array("/dev/shm/callfax-fuzz-XXXXXX".utf8CString)
    guard mkdtemp(&name) != nil else { fatalError("no directory to work in") }
    atexit {
        for file in ["a.tiff", "a.pdf"] { unlink(directory + "/" + file) }
        rmdir(directory)
    }
    return String(decoding: name.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
}()

/// A received file on its way into the archive: PDF and picture.
private func readTIFF(_ bytes: [UInt8], isSmallest: Bool) {
    let tiff = directory + "/a.tiff"
    let file = open(tiff, O_WRONLY | O_CREAT | O_TRUNC, 0o600)
    _ = bytes.withUnsafeBytes { write(file, $0.baseAddress, $0.count) }
    close(file)
    // More pixels than a page has go the same way, for longer; the search for the shortest coding is watched at each of its
    // many comparisons, which makes it ten times slower than it is.
    let most = isSmallest ? 1_000_000 : 4_000_000
    let pixels =
        (try? TIFFFile.inspect(tiff))?.reduce(0) { $0 + min($1.width, 1 << 20) * min($1.rows, 1 << 20) }
        ?? pixelsOfFirstPage(bytes)
    guard pixels <= most else { return }
    var options = FaxPDF.Options()
    options.coding = isSmallest ? .smallest : .received
    options.isDurable = false
    let metadata = FaxPDF.Metadata(title: "x", created: UnixTime(seconds: 0))
    _ = try? FaxPDF.write(from: tiff, to: directory + "/a.pdf", metadata: metadata, options: options)
    if isSmallest { _ = try? PagePicture.png(ofFirstPage: tiff) }
    // The two of ours and nothing else: what a reader leaves behind would fill the disk.
    let names = (try? DurableFile.list(directory)) ?? []
    guard names.allSatisfy({ $0 == "a.tiff" || $0 == "a.pdf" }) else { fatalError("left behind: \(names)") }
}

/// What fax-agi left.
private func readReport(_ bytes: [UInt8]) {
    if let report = try? ReceiptReport(parsing: bytes) {
        // What was read is written the same, and read again.
        guard (try? ReceiptReport(parsing: report.json.line)) == report else { fatalError("a report changed") }
    }
    _ = try? ReceivingMarker(parsing: bytes)
    if let list = try? BlockList(parsing: bytes) { _ = list.rule(for: "+4930123") }
}

/// Texts of callers and of settings.
private func readWords(_ bytes: [UInt8]) {
    let text = String(decoding: bytes, as: UTF8.self)
    let halves = text.split(separator: "\n", maxSplits: 1).map(String.init)
    let subject = halves.count > 1 ? halves[1] : text
    if let match = try? StationMatch(parsing: halves.first ?? "") { _ = match.matches(subject) }
    if let match = try? CallerMatch(parsing: halves.first ?? "") { _ = match.matches(subject) }
    if let match = try? DialledMatch.range(parsing: halves.first ?? "") { _ = match.matches(subject) }
    _ = try? EmailAddress(parsing: text)
}

/// Where the chain of pages is broken the first one is read all the same: what its directory says of its size (TIFF 6.0 §2).
private func pixelsOfFirstPage(_ bytes: [UInt8]) -> Int {
    let isLittle = bytes.first == UInt8(ascii: "I")
    func number(_ at: Int, _ count: Int) -> Int {
        guard at >= 0, at + count <= bytes.count else { return 0 }
        let part = isLittle ? Array(bytes[at..<at + count].reversed()) : Array(bytes[at..<at + count])
        return part.reduce(0) { $0 << 8 | Int($1) }
    }
    let directory = number(4, 4)
    var size = (width: 0, rows: 0)
    for entry in 0..<number(directory, 2) {
        let at = directory + 2 + 12 * entry
        let value = number(at + 8, number(at + 2, 2) == 3 ? 2 : 4)
        switch number(at, 2) {
        case 256: size.width = max(size.width, value)
        case 257: size.rows = max(size.rows, value)
        default: break
        }
    }
    return min(size.width, 1 << 20) * min(size.rows, 1 << 20)
}
