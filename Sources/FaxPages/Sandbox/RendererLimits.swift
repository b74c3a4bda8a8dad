import Glibc

/// What one run of the renderer may use; the kernel enforces it (setrlimit(2)).
package struct RendererLimits: Hashable, Sendable {
    /// CPU seconds.
    package var cpuSeconds: Int
    /// Bytes of address space. Poppler needs 20 MB for text, and some hundreds for a scanned A0 plan in colour.
    package var addressSpace: Int
    /// Bytes of any one file beside a copy of the document (`forCopy`). The renderer writes to a pipe; a font cache is all
    /// that it has reason to write.
    package var fileSize: Int
    package var openFiles: Int

    package init(
        cpuSeconds: Int = 300, addressSpace: Int = 2 << 30, fileSize: Int = 64 << 20, openFiles: Int = 64
    ) {
        self.cpuSeconds = cpuSeconds
        self.addressSpace = addressSpace
        self.fileSize = fileSize
        self.openFiles = openFiles
    }

    /// For a program that makes a copy of a document: it may be larger by `fileSize`.
    func forCopy(of path: String) -> RendererLimits {
        var limits = self
        var status = stat()
        if stat(path, &status) == 0 { limits.fileSize += min(Int(status.st_size), 1 << 40) }
        return limits
    }

    /// Arguments of prlimit(1).
    var arguments: [String] {
        [
            "--cpu=\(cpuSeconds)", "--as=\(addressSpace)", "--fsize=\(fileSize)", "--nofile=\(openFiles)", "--core=0",
        ]
    }
}
