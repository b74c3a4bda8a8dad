extension PacketTrace {
    /// The calls, in the order in which they began. What was under way before the trace is left out.
    package var calls: [CallTrace] {
        var calls: [String: CallTrace] = [:]
        var order: [String] = []
        var media: [(index: Int, datagram: Datagram)] = []
        for (index, packet) in packets.enumerated() {
            guard let datagram = datagram(packet) else { continue }
            guard let message = SIPMessage(bytes[datagram.payload]) else {
                media.append((index, datagram))
                continue
            }
            if calls[message.callID] == nil {
                guard message.method == "INVITE", !message.isInDialogue else { continue }
                calls[message.callID] = CallTrace(callID: message.callID, number: message.dialled)
                order.append(message.callID)
            }
            calls[message.callID]?.indexes.append(index)
            calls[message.callID]?.messages.append(
                CallTrace.Message(
                    time: packet.time, source: datagram.source, target: datagram.target, message: message,
                    text: String(decoding: bytes[datagram.payload], as: UTF8.self)))
        }
        var counters = order.compactMap { calls[$0] }.map(MediaCounter.init)
        // A port may serve several calls, one after the other.
        var owners: [Endpoint: [Int]] = [:]
        for (number, counter) in counters.enumerated() {
            for place in counter.places.keys { owners[place, default: []].append(number) }
        }
        for (index, datagram) in media {
            let time = packets[index].time
            let owner = owners[datagram.target]?.last { counters[$0].time.contains(time) }
            if let owner { counters[owner].add(datagram, index, at: time, sequence(datagram)) }
        }
        return counters.map(\.counted)
    }

    /// The two bytes in which RTP (RFC 3550 §5.1) and UDPTL (T.38 §9.1) number their packets.
    private func sequence(_ datagram: Datagram) -> MediaCounter.Numbers? {
        let place = datagram.payload.lowerBound
        guard datagram.payload.count >= 4 else { return nil }
        let isRTP = datagram.payload.count >= 12 && bytes[place] >> 6 == 2
        return MediaCounter.Numbers(udptl: bytes.big16(place), rtp: isRTP ? bytes.big16(place + 2) : nil)
    }

    /// A file with that call's SIP and media alone.
    package func file(of call: CallTrace) -> [UInt8] { file(call.indexes.map { packets[$0] }) }
}
