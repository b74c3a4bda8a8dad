import FaxModel
import Glibc
import SpoolFiles

extension Rig {
    /// Ends every process of the rig, removes its namespaces and mounts and all its files. Does nothing when it is down.
    package func down() async throws { try await Self.down(options.name, checkout: options.checkout) }

    /// Takes down the rig of that name, also when it was killed half-way up. False when there was none.
    @discardableResult
    package static func down(_ name: RigName, checkout: String) async throws -> Bool {
        let layout = RigLayout(base: RigLayout.base, name: name, checkout: checkout)
        guard FileTree.exists(layout.directory) else { return false }
        guard let lock = try FileLock(layout.lock, waiting: true) else {
            throw FaxError(.unavailable, "\(layout.lock) can't be locked")
        }
        do {
            try await clear(layout)
            lock.releaseAndRemove()
            return true
        } catch {
            lock.release()
            throw error
        }
    }

    /// The rigs of a source tree that are up, or were when they were last heard of.
    package static func names(checkout: String) -> [RigName] {
        let suffix = "-" + RigLayout.tag(checkout)
        return FileTree.names(in: RigLayout.base).filter { $0.hasSuffix(suffix) }
            .compactMap { try? RigName(parsing: String($0.dropLast(suffix.count))) }
    }

    /// Takes down all rigs of a source tree but those that another living process is working with, and returns their
    /// names. Only those whose names begin with `prefix`, if one is given.
    package static func downAll(
        checkout: String, prefix: String = "", say: @Sendable (String) -> Void = { _ in }
    ) async throws -> [RigName] {
        var gone: [RigName] = []
        for name in names(checkout: checkout) where name.text.hasPrefix(prefix) {
            do throws(FaxError) {
                try refuseHeld(RigLayout(base: RigLayout.base, name: name, checkout: checkout))
            } catch {
                say("\(error.message), and stays up")
                continue
            }
            if try await down(name, checkout: checkout) { gone.append(name) }
        }
        return gone
    }

    /// Removes whatever is in `layout`; the caller holds its lock.
    static func clear(_ layout: RigLayout) async throws {
        guard FileTree.exists(layout.directory) else { return }
        guard let state = try? RigState.read(layout.stateFile) else {
            // Killed before it had anything but directories.
            try FileTree.remove(layout.directory)
            return
        }
        try await Rig(layout: layout, state: state, say: { _ in }).takeDown()
    }

    /// Throws when a living process other than this one holds the rig in `layout`.
    static func refuseHeld(_ layout: RigLayout) throws(FaxError) {
        guard let state = try? RigState.read(layout.stateFile), let owner = state.owner, owner.isRunning,
            owner.pid != getpid()
        else { return }
        throw FaxError(.unavailable, "rig \(state.options.name) is in use by process \(owner.pid)")
    }

    func takeDown() async throws {
        let processes = records.all
        for process in processes { process.identity.signal(SIGTERM) }
        for process in processes { try await process.stop() }
        if network == .namespaces {
            // Tools that were left running, and what was started but not yet recorded when the rig was killed.
            for identity in try await namespaces.processes() { identity.signal(SIGKILL) }
            try await RigClock.wait(for: "the processes of rig \(options.name) to be gone", seconds: 10) {
                try await namespaces.processes().isEmpty
            }
        }
        try await unmountSpool()
        if network == .namespaces { try await namespaces.remove() }
        try FileTree.remove(layout.directory)
    }

    private func unmountSpool() async throws {
        let spool = side(options.smallSide).spool.root
        let mounts = try FileTree.text("/proc/self/mounts")
        guard
            mounts.split(separator: "\n").contains(where: { $0.split(separator: " ").dropFirst().first == spool[...] })
        else { return }
        try await Command(["/usr/bin/umount", "--lazy", spool]).run().checked("unmounting \(spool)")
    }
}
