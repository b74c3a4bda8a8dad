/// The size at which a PDF page shows, in points of 1/72 inch, its own rotation applied.
struct PDFPageSize: Hashable {
    var width: Double
    var height: Double
}
