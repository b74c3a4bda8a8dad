package import FaxModel
package import FaxStore
import SpoolFiles

/// The bytes of an attempt's call file, from its template and the job's values.
package enum CallFile {
    package static func bytes(_ call: OpenCall, file: String, policy: SchedulerPolicy) throws(FaxError) -> [UInt8] {
        try bytes(call, file: file, policy: policy, template: template(of: call, policy))
    }

    static func template(of call: OpenCall, _ policy: SchedulerPolicy) throws(FaxError) -> CallFileTemplate {
        try CallFileTemplate(path: "\(policy.templates)/\(call.job.request.template).call")
    }

    static func bytes(
        _ call: OpenCall, file: String, policy: SchedulerPolicy, template: CallFileTemplate
    ) throws(FaxError) -> [UInt8] {
        let (request, attempt) = (call.job.request, call.attempt)
        guard let trunk = attempt.trunk ?? request.trunk ?? policy.trunks.first?.name else {
            throw FaxError(.configuration, "sending.trunk is not set: name the PJSIP endpoint that calls go out by")
        }
        let mode = attempt.asked ?? request.mode
        let drawer = policy.headerLine.drawer(of: request.header)
        let plain =
            if drawer == .spandsp, let header = request.header {
                try PlainHeaderText(parsing: header.text)
            } else {
                nil as PlainHeaderText?
            }
        return try template.render(
            CallFileValues(
                attempt: attempt.id, number: request.dialled ?? request.number, trunk: trunk,
                callerID: request.callerID,
                faxFile: FaxFilePath(parsing: file), stationID: request.stationID, header: plain,
                headerLine: drawer, ecm: mode.ecm, maxRate: mode.rate,
                options: mode.t38 ? .t38WithFallback : .audioOnly,
                waitTime: policy.waitTime, retries: policy.asteriskRetries, retryTime: policy.asteriskRetryTime,
                timeout: Int(attempt.longestCall), pageTotal: call.pages))
    }
}
