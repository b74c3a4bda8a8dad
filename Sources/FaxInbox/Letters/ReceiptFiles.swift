package import FaxModel
package import FaxStore

extension InboxReceipt {
    /// Its files as a style wants them: the TIFF too where the PDF lacks a page, and alone where there is no PDF.
    package func files(_ wish: MessageStyle.Files) -> [String] {
        guard let pdf else { return [tiff].compactMap(\.self) }
        switch wish {
        case .tiff: return [tiff].compactMap(\.self)
        case .both: return [pdf, tiff].compactMap(\.self)
        case .pdf: return missingPages > 0 ? [pdf, tiff].compactMap(\.self) : [pdf]
        }
    }
}

extension InboxSettings {
    /// What goes with a fax of which something is missing, onto paper or into a folder: what its message says, in words. nil
    /// where nothing is missing.
    package func warning(of receipt: InboxReceipt, _ style: MessageStyle) -> String? {
        FaxLetter(settings: self, receipt: receipt, style: style).warning
    }
}
