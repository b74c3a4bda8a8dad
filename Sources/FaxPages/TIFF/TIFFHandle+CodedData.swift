import CTIFF
import Glibc

extension TIFFHandle {
    /// The coded bytes of one strip as they lie in the file, and whether all of them are there.
    ///
    /// Read past libtiff, which gives nothing of a strip whose end is missing.
    func codedStrip(_ strip: Int) -> (bytes: [UInt8], isWhole: Bool) {
        let offset = TIFFGetStrileOffset(tiff, UInt32(strip))
        let count = TIFFGetStrileByteCount(tiff, UInt32(strip))
        var status = stat()
        guard count > 0, fstat(descriptor, &status) == 0, let size = UInt64(exactly: status.st_size), offset < size
        else { return ([], false) }
        // The whole strip of a page of 100,000 rows that T.4 makes as long as it can is under this bound.
        let wanted = Int(min(count, size - offset, 256 << 20))
        var done = 0
        let bytes = [UInt8](unsafeUninitializedCapacity: wanted) { buffer, length in
            while done < wanted {
                let got = pread(descriptor, buffer.baseAddress.map { $0 + done }, wanted - done, off_t(offset) + done)
                if got < 0, errno == EINTR { continue }
                guard got > 0 else { break }
                done += got
            }
            length = done
        }
        return (bytes, UInt64(done) == count)
    }
}
