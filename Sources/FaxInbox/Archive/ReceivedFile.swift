import FaxModel
import FaxPages

/// What a call left in the way of a file.
enum ReceivedFile: Hashable {
    /// Nothing, or no more than the eight bytes that every TIFF begins with.
    case none
    /// A file that no page could be had from, and why not.
    case unreadable(String)
    /// Pages that are in the PDF now, and those that are not.
    case pages(FaxPDF.Result)
}
