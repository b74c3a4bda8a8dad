import FaxModel
import FaxPages
import Foundation

/// Documents whose password was named, without it: only the program that the user runs knows the password, and neither
/// faxd nor any command line does.
struct OpenedDocuments {
    let paths: [String]
    private let opened: [OpenedPDF]
    private let input: StandardInputFile?

    init(_ documents: [String], passwordFile: String?) async throws {
        guard let passwordFile else {
            (paths, opened, input) = (documents, [], nil)
            return
        }
        let input = documents.contains("-") ? try StandardInputFile() : nil
        var paths = documents.map { $0 == "-" ? input?.path ?? $0 : $0 }
        var opened: [OpenedPDF] = []
        for (index, path) in paths.enumerated() {
            guard let pdf = try await PageRenderer().open(path, passwordFile: passwordFile) else { continue }
            opened.append(pdf)
            paths[index] = pdf.path
        }
        (self.paths, self.opened, self.input) = (paths, opened, input)
    }

    func close() {
        input?.remove()
        for pdf in opened { pdf.remove() }
    }
}
