import FaxModel
import FoundationEssentials
import Glibc
import SpoolFiles
import Testing

@testable import FaxRig

/// Rigs of which there is only the record, in a source tree that no other test has.
@Suite("Whose rig it is")
struct RigLeftoverTests {
    let checkout = "/nowhere/\(UUID().uuidString)"
    let name: RigName
    let layout: RigLayout

    init() throws {
        name = try RigName(parsing: "t")
        layout = RigLayout(base: RigLayout.base, name: name, checkout: checkout)
    }

    /// A record with an owner, and the processes of both sides.
    private func record(
        owner: ProcessIdentity?, asterisk: RigProcess? = nil, network: RigOptions.Network = .loopback
    ) throws {
        let programs = RigPrograms(callfax: "/none", faxd: "/none", faxAGI: "/none")
        let state = RigState(
            options: RigOptions(name: name, checkout: checkout, programs: programs), network: network,
            asterisk: AsteriskProgram(path: "/none", root: nil), mailRoot: nil, owner: owner)
        try FileTree.makeDirectory(layout.processes)
        try state.write(layout.stateFile)
        guard var process = asterisk else { return }
        for side in RigSide.allCases {
            process.role = "\(side.rawValue)-asterisk"
            try ProcessRecords(directory: layout.processes).add(process)
        }
    }

    private func sleeper() throws -> RigProcess {
        try RigProcess.start(role: "t", arguments: ["/usr/bin/sleep", "60"], environment: [:], output: "/dev/null")
    }

    @Test("Taking all rigs down leaves alone the one that a living process is working with")
    func held() async throws {
        let other = try sleeper()
        try record(owner: other.identity)
        #expect(try await Rig.downAll(checkout: checkout).isEmpty)
        #expect(FileTree.exists(layout.stateFile))
        try await other.end()
        #expect(try await Rig.downAll(checkout: checkout) == [name])
        #expect(!FileTree.exists(layout.directory))
    }

    @Test("A rig can be used again only when all of it runs and nobody works with it")
    func running() async throws {
        #expect(Rig.running(name, checkout: checkout) == nil)
        try record(owner: nil)
        #expect(Rig.running(name, checkout: checkout) == nil)
        let other = try sleeper()
        try record(owner: nil, asterisk: other)
        #expect(Rig.running(name, checkout: checkout) != nil)
        try record(owner: other.identity, asterisk: other)
        #expect(Rig.running(name, checkout: checkout) == nil)
        try await other.end()
        #expect(Rig.running(name, checkout: checkout) == nil)
        try await Rig.down(name, checkout: checkout)
    }

    @Test(
        "What a killed rig leaves of its relay goes with it", .enabled(if: geteuid() == 0, "namespaces need root"))
    func relay() async throws {
        try record(owner: nil, network: .namespaces)
        let trunk = Trunk(name: "relayed", relay: .jitter([1]))
        let pair = NamespacePair(
            layout: layout, addresses: RigAddresses(network: .namespaces, trunks: [.t38, trunk]))
        try await pair.make()
        // Started, and killed before it could be recorded.
        let relay = try RigProcess.start(
            role: "t", arguments: pair.middlePrefix + ["/usr/bin/sleep", "60"], environment: [:], output: "/dev/null")
        try await RigClock.wait(for: "the process to be in its namespace", seconds: 10) {
            try await pair.processes().contains(relay.identity)
        }
        #expect(FileTree.exists("/run/netns/" + layout.middle))
        #expect(try await Rig.down(name, checkout: checkout))
        #expect(!relay.isRunning)
        for namespace in RigSide.allCases.map(layout.namespace) + [layout.middle] {
            #expect(!FileTree.exists("/run/netns/" + namespace))
        }
    }

    @Test("On loopback a second rig is told that the addresses are taken")
    func loopback() throws {
        let descriptor = socket(AF_INET, Int32(SOCK_DGRAM.rawValue), 0)
        defer { close(descriptor) }
        var place = sockaddr_in()
        place.sin_family = sa_family_t(AF_INET)
        place.sin_port = in_port_t(RigAddresses(network: .loopback).sipPort).bigEndian
        inet_pton(AF_INET, "127.0.0.4", &place.sin_addr)
        let length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let bound = withUnsafePointer(to: &place) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { bind(descriptor, $0, length) }
        }
        try #require(bound == 0)
        #expect(RigAddresses(network: .loopback).firstTaken?.contains("127.0.0.4 port 5160") == true)
        #expect(RigAddresses(network: .namespaces).firstTaken == nil)
    }
}
