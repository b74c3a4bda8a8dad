extension CallRecords {
    /// How long things took, over all scenarios.
    package func timings(_ results: [ScenarioResult]) -> [ValidationTiming] {
        var toInvite: [Double] = []
        var fromSend: [Double] = []
        var toMessage: [Double] = []
        for result in results {
            let traces = traces(of: result)
            for (index, attempt) in result.attempts.enumerated() {
                guard let trace = traces[attempt.id] else { continue }
                if let published = published[Self.fileName(attempt.id)] { toInvite.append(trace.began - published) }
                if index == 0, result.scenario.document == .sparse(pages: 1) {
                    fromSend.append(trace.began - result.submitted)
                }
            }
            // Which call brought which message is certain where there is only one.
            if result.arrivals.count == 1, result.attempts.count == 1, let ended = traces.values.first?.ended,
                let message = delivered[result.arrivals[0]]
            {
                toMessage.append(message - ended)
            }
        }
        return [
            ValidationTiming("call file renamed to INVITE on the wire", toInvite, bar: 0.005),
            ValidationTiming("fax-send started to INVITE, one page", fromSend),
            ValidationTiming("end of the call to the message in the mailbox", toMessage, bar: 1),
        ].filter { !$0.seconds.isEmpty }
    }
}
