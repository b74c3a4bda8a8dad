package import FaxModel

/// A page as it will lie in a TIFF strip, and what it must decode to.
package struct CodedPage: Sendable {
    let width: Int
    let rows: Int
    let resolution: Resolution
    let coding: FaxTIFFWriter.Coding
    let bytes: [UInt8]
    package var codedBytes: Int { bytes.count }
    /// `PageBits.digest` of the pixels.
    let digest: UInt64

    package init(_ page: PageBits, _ resolution: Resolution, _ coding: FaxTIFFWriter.Coding) {
        (width, rows, self.resolution, self.coding) = (page.width, page.rows, resolution, coding)
        bytes = PageCoder(coding, resolution).code(page)
        digest = page.digest
    }
}
