import FaxModel
import Foundation

/// Copies files into a side's own directory, where its user can read them.
package struct FileHandover {
    let rig: Rig
    let side: RigSide

    package init(rig: Rig, side: RigSide) {
        self.rig = rig
        self.side = side
    }

    /// The same arguments, every existing file among them replaced by a copy.
    package func arguments(_ arguments: [String]) throws -> [String] {
        try arguments.map { argument in
            var isDirectory: ObjCBool = false
            let exists = FileManager.default.fileExists(atPath: argument, isDirectory: &isDirectory)
            return !argument.hasPrefix("-") && exists && !isDirectory.boolValue ? try copy(argument) : argument
        }
    }

    package func copy(_ path: String) throws -> String {
        let directory = rig.side(side).home + "/documents/" + UUID().uuidString.lowercased()
        let target = directory + "/" + URL(fileURLWithPath: path).lastPathComponent
        do {
            try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
            try FileManager.default.copyItem(atPath: path, toPath: target)
        } catch {
            throw FaxError(.noInput, "\(path): can't be copied into the rig: \(error.localizedDescription)")
        }
        for (place, mode) in [(rig.side(side).home + "/documents", 0o755), (directory, 0o755), (target, 0o644)] {
            chmod(place, mode_t(mode))
        }
        return target
    }
}
