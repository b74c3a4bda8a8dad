import Dispatch
import FaxModel
import Glibc

extension TIFFFile {
    /// `preflight` of a file that was just written, on all cores: a page with a digest must decode to exactly the pixels
    /// that have it.
    static func verified(_ path: String, digests: [UInt64?]) throws(FaxError) -> [PageInfo] {
        let cores = max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN)))
        let share = max(fewestPages, (digests.count + cores - 1) / cores)
        let parts = stride(from: 0, to: digests.count, by: share).map { $0..<min(digests.count, $0 + share) }
        var results = [Result<[PageInfo], FaxError>](repeating: .success([]), count: parts.count)
        results.withUnsafeMutableBufferPointer { results in
            nonisolated(unsafe) let results = results
            DispatchQueue.concurrentPerform(iterations: parts.count) { part in
                results[part] = Result { () throws(FaxError) in try verified(path, parts[part], digests) }
            }
        }
        var pages: [PageInfo] = []
        for result in results { pages += try result.get() }
        return pages
    }

    /// Pages that are worth another look at the file's directories.
    private static let fewestPages = 8

    private static func verified(
        _ path: String, _ part: Range<Int>, _ digests: [UInt64?]
    ) throws(FaxError) -> [PageInfo] {
        let handle = try TIFFHandle(reading: path)
        var pages: [PageInfo] = []
        for number in 0..<part.upperBound {
            if number > 0, try !handle.nextPage() {
                throw FaxError(.software, "\(quoted(path)): \(number) of \(digests.count) pages came back")
            }
            guard part.contains(number) else { continue }
            let info = try sendable(handle)
            pages.append(info)
            // Where ours doesn't say yes, libtiff's word counts, and its reason is told.
            if let digest = digests[number], handle.ownPage(info)?.digest == digest { continue }
            let bits = try decoded(handle).bits
            if let digest = digests[number], digest != bits.digest {
                throw FaxError(.software, "\(quoted(path)): page \(number + 1) does not decode to what was rendered")
            }
        }
        if part.upperBound == digests.count, try handle.nextPage() {
            throw FaxError(.software, "\(quoted(path)) has more than the \(digests.count) pages that were written")
        }
        return pages
    }
}

extension TIFFHandle {
    /// The current page, where it is coded as we code, or nil.
    fileprivate func ownPage(_ info: PageInfo) -> PageBits? {
        guard info.compression == .g3OneDimensional, info.isLowestBitFirst, !info.isMinIsBlack, info.stripCount == 1
        else { return nil }
        let (bytes, isWhole) = codedStrip(0)
        return isWhole ? LineDecoder.page(bytes, width: info.width, rows: info.rows) : nil
    }
}
