package import FaxModel
import SpoolFiles

/// The bytes of an attempt's call file, from its template and the job's values.
package enum CallFile {
    package static func bytes(
        request: FaxRequest, attempt: AttemptID, file: String, longestCall: Int64, pages: Int, policy: SchedulerPolicy
    ) throws(FaxError) -> [UInt8] {
        let template = try CallFileTemplate(path: "\(policy.templates)/\(request.template).call")
        let drawer = policy.headerLine.drawer(of: request.header)
        let plain =
            if drawer == .spandsp, let header = request.header {
                try PlainHeaderText(parsing: header.text)
            } else {
                nil as PlainHeaderText?
            }
        return try template.render(
            CallFileValues(
                attempt: attempt, number: request.dialled ?? request.number, trunk: request.trunk,
                callerID: request.callerID,
                faxFile: FaxFilePath(parsing: file), stationID: request.stationID, header: plain,
                headerLine: drawer, ecm: request.ecm, maxRate: request.rate,
                options: request.t38 ? .t38WithFallback : .audioOnly,
                waitTime: policy.waitTime, retries: policy.asteriskRetries, retryTime: policy.asteriskRetryTime,
                timeout: Int(longestCall), pageTotal: pages))
    }
}
