import FaxModel

/// What a call left in the way of a file.
enum ReceivedFile: Hashable {
    /// Nothing, or no more than the eight bytes that every TIFF begins with.
    case none
    /// A file that no page could be had from, and why not.
    case unreadable(String)
    /// Pages in the PDF; those of them that are cut short, and those that could not be read, counted from 1.
    case pages(Int, cutShort: [Int], missing: [Int: String])
}
