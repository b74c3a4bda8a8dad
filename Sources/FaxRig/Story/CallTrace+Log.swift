extension CallTrace {
    /// The calls of `pjsip set logger on` (res_pjsip_logger.c): SIP alone, without media.
    static func logged(_ lines: [AsteriskLogLine]) -> [CallTrace] {
        var calls: [String: CallTrace] = [:]
        var order: [String] = []
        for line in lines where line.message.hasPrefix("<--- ") {
            let parts = line.message.split(separator: "\n", maxSplits: 1)
            guard parts.count == 2, let message = SIPMessage(text: String(parts[1])) else { continue }
            // `<--- Transmitting SIP request (1027 bytes) to UDP:192.0.2.2:5060 --->`
            let isOurs = parts[0].hasPrefix("<--- Transmitting")
            let place = parts[0].split(separator: " ").dropLast().last?.split(separator: ":") ?? []
            let other =
                place.count == 3
                ? Endpoint(host: place[1], port: UInt16(place[2]) ?? 0) : nil
            let us = Endpoint(address: 0, port: 0)
            let them = other ?? Endpoint(address: 1, port: 0)
            if calls[message.callID] == nil {
                guard message.method == "INVITE", !message.isInDialogue else { continue }
                calls[message.callID] = CallTrace(callID: message.callID, number: message.dialled)
                calls[message.callID]?.hasMedia = false
                order.append(message.callID)
            }
            calls[message.callID]?.messages.append(
                Message(
                    time: line.time, source: isOurs ? us : them, target: isOurs ? them : us, message: message,
                    text: String(parts[1])))
        }
        return order.compactMap { calls[$0] }
    }
}
