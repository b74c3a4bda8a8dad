package import FaxModel
import SpoolFiles

extension Rig {
    /// Takes all room on the disk of a side's spool but so many bytes. Only a disk of the rig's own is filled up
    /// (`RigOptions.spoolBytes`).
    package func fillDisk(_ side: RigSide, leaving bytes: Int = 0) throws(FaxError) {
        guard options.spoolBytes != nil, options.smallSide == side else {
            throw FaxError(.software, "only a disk of the rig's own is filled up")
        }
        try FileTree.fill(ballast(side), leaving: bytes)
    }

    /// Gives it back.
    package func emptyDisk(_ side: RigSide) throws(FaxError) { try FileTree.remove(ballast(side)) }

    private func ballast(_ side: RigSide) -> String { self.side(side).spool.root + "/ballast" }
}
