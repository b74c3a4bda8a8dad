package import FaxModel

extension SpoolLayout {
    /// Removes files that a killed process had not yet given their name: dot files with "tmp" in their name that nobody
    /// has written to since `limit`.
    package func removeLeftovers(olderThan limit: UnixTime) throws(FaxError) {
        for directory in [documents, attempts, started, results, receiving, received] {
            for name in try DurableFile.list(directory) where name.hasPrefix(".tmp-") || Self.isUnfinishedPage(name) {
                let path = "\(directory)/\(name)"
                guard let written = DurableFile.modified(path), written < limit else { continue }
                try DurableFile.remove(path)
            }
        }
    }

    private static func isUnfinishedPage(_ name: String) -> Bool { name.hasPrefix(".") && name.hasSuffix(".tmp") }
}
