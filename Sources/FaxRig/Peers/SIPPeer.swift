package import FaxModel
import Glibc
import SpoolFiles

/// A SIP user agent of our own at one address, which is whichever `Stranger` is called there, or calls as one of them.
package struct SIPPeer {
    /// A call with all that it has for itself.
    private struct Line {
        var call: SIPPeerCall
        var there: Endpoint
        var sound: UDPPort
        var image: UDPPort
    }

    private let here: Endpoint
    private var lines: [String: Line] = [:]
    /// Calls so far.
    private var count: UInt16 = 0

    /// `host` is an IPv4 address.
    package init(host: String, port: UInt16) throws(FaxError) {
        here = try Self.endpoint(host, port)
    }

    private static func endpoint(_ host: String, _ port: UInt16) throws(FaxError) -> Endpoint {
        guard let endpoint = Endpoint(host: host, port: port) else {
            throw FaxError(.usage, "\(quoted(host)) is not an IPv4 address")
        }
        return endpoint
    }

    /// The first word that it says, once it listens.
    static let ready = "listening"

    /// Answers calls until it is ended; `say` is told what it does, a line each.
    package mutating func listen(_ say: (String) -> Void) throws(FaxError) {
        let signalling = try UDPPort(here)
        say(Self.ready)
        while true { try turn(signalling, say) }
    }

    /// Makes one call to a number and returns when it is over; throws when that takes more than `limit` seconds.
    package mutating func call(
        _ number: String, at host: String, as stranger: Stranger, limit: Int, _ say: (String) -> Void
    ) throws(FaxError) {
        let signalling = try UDPPort(here)
        let there = try Self.endpoint(host, here.port)
        let end = Int(Clock.monotonicMilliseconds()) + limit * 1000
        let id = "\(stranger.rawValue)-\(getpid())"
        let (sound, image) = try nextPorts()
        let (call, outputs) = SIPPeerCall.calling(
            number, at: there, as: stranger, from: here, ports: Self.numbers(sound, image), callID: id)
        let line = Line(call: call, there: there, sound: sound, image: image)
        lines[id] = line
        send(outputs, line, signalling, say)
        while lines[id] != nil {
            guard Int(Clock.monotonicMilliseconds()) < end else {
                throw FaxError(.unavailable, "the call wasn't over after \(limit) s")
            }
            try turn(signalling, say)
        }
    }

    /// Each call has ports that no other one had: whoever looks at the packets tells the calls apart by them.
    private mutating func nextPorts() throws(FaxError) -> (sound: UDPPort, image: UDPPort) {
        defer { count += 1 }
        let addresses = RigAddresses(network: .automatic)
        let sound = UInt16(addresses.rtpPorts.lowerBound) + 2 * count
        let image = UInt16(addresses.udptlPorts.lowerBound) + count
        return (
            try UDPPort(Endpoint(address: here.address, port: sound)),
            try UDPPort(Endpoint(address: here.address, port: image))
        )
    }

    private static func numbers(_ sound: UDPPort, _ image: UDPPort) -> SIPPeerCall.Ports {
        SIPPeerCall.Ports(sound: sound.here.port, image: image.here.port)
    }

    /// Waits for the next packet or time, and does what is to be done. Media that comes is read by nobody.
    private mutating func turn(_ signalling: UDPPort, _ say: (String) -> Void) throws(FaxError) {
        var wait = pollfd(fd: signalling.descriptor, events: Int16(POLLIN), revents: 0)
        let next = lines.values.compactMap(\.call.nextDue).min()
        let patience = Int32(clamping: min(1000, max(0, next.map { $0 - Int(Clock.monotonicMilliseconds()) } ?? 1000)))
        guard poll(&wait, 1, patience) >= 0 || errno == EINTR else {
            throw FaxError(.unavailable, "poll: \(String(cString: strerror(errno)))", errno: errno)
        }
        var buffer = [UInt8](repeating: 0, count: 65_536)
        while let (bytes, from) = signalling.receive(&buffer) {
            try receives(String(decoding: bytes, as: UTF8.self), from, signalling, say)
        }
        for (id, line) in lines {
            guard let outputs = lines[id]?.call.due(at: Int(Clock.monotonicMilliseconds())) else { continue }
            send(outputs, line, signalling, say)
            if lines[id]?.call.isOver == true { lines[id] = nil }
        }
    }

    private mutating func receives(
        _ text: String, _ from: Endpoint, _ signalling: UDPPort, _ say: (String) -> Void
    ) throws(FaxError) {
        guard let message = SIPMessage(text: text) else { return }
        let headers = SIPHeaders(text: text)
        if lines[message.callID] == nil, message.method == "INVITE", !message.isInDialogue,
            let stranger = Stranger(rawValue: message.dialled)
        {
            let (sound, image) = try nextPorts()
            let call = SIPPeerCall(stranger, answering: headers, at: here, ports: Self.numbers(sound, image))
            lines[message.callID] = Line(call: call, there: from, sound: sound, image: image)
        }
        if let outputs = lines[message.callID]?.call.receives(message, headers, at: Int(Clock.monotonicMilliseconds())),
            let line = lines[message.callID]
        {
            return send(outputs, line, signalling, say)
        }
        guard let method = message.method, method != "ACK" else { return }
        let answer = SIPDialogue.response(["INVITE": 404, "OPTIONS": 200][method] ?? 481, to: headers)
        signalling.send(Array(answer.utf8), to: from)
    }

    private func send(
        _ outputs: [SIPPeerCall.Output], _ line: Line, _ signalling: UDPPort, _ say: (String) -> Void
    ) {
        for output in outputs {
            switch output {
            case .message(let text): signalling.send(Array(text.utf8), to: line.there)
            case .sound(let bytes, let place): line.sound.send(bytes, to: place)
            case .image(let bytes, let place): line.image.send(bytes, to: place)
            case .word(let text): say(text)
            }
        }
    }
}
