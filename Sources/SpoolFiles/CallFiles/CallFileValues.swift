package import FaxModel

/// Everything that a template's variables stand for; each value went through its type's one parser.
package struct CallFileValues: Hashable, Sendable {
    package let attempt: AttemptID
    package let number: FaxNumber
    package let trunk: TrunkName
    /// nil leaves the CallerID line out.
    package let callerID: CallerID?
    package let faxFile: FaxFilePath
    package let stationID: StationID
    /// What spandsp draws at the top of each page; nil leaves it to the dialplan's FAXHEADERLINE.
    package let header: PlainHeaderText?
    /// Anything but `spandsp` keeps the dialplan from having a line drawn.
    package let headerLine: HeaderLine
    package let ecm: Bool
    package let maxRate: SignallingRate
    package let options: SendFAXOptions
    /// Seconds to let it ring, 1 to 600.
    package let waitTime: Int
    /// How often Asterisk itself dials again, 0 to 50.
    package let retries: Int
    /// Seconds between its dials, 1 to 604800 (a week).
    package let retryTime: Int
    /// Seconds after which the call is ended, 1 to 86400 (a day).
    package let timeout: Int
    /// Pages in the file, 1 to 9999.
    package let pageTotal: Int

    /// Throws `FaxError(.configuration)` for a number out of its range.
    package init(
        attempt: AttemptID, number: FaxNumber, trunk: TrunkName, callerID: CallerID?, faxFile: FaxFilePath,
        stationID: StationID, header: PlainHeaderText?, headerLine: HeaderLine = .spandsp, ecm: Bool,
        maxRate: SignallingRate, options: SendFAXOptions, waitTime: Int, retries: Int, retryTime: Int, timeout: Int,
        pageTotal: Int
    ) throws(FaxError) {
        let ranges = [
            ("wait time", waitTime, 1...600), ("retries", retries, 0...50), ("retry time", retryTime, 1...604_800),
            ("call limit", timeout, 1...86_400), ("page total", pageTotal, 1...9999),
        ]
        for (name, value, range) in ranges where !range.contains(value) {
            throw FaxError(
                .configuration, "\(name) of \(value): use \(range.lowerBound) to \(range.upperBound)")
        }
        self.attempt = attempt
        self.number = number
        self.trunk = trunk
        self.callerID = callerID
        self.faxFile = faxFile
        self.stationID = stationID
        self.header = header
        self.headerLine = headerLine
        self.ecm = ecm
        self.maxRate = maxRate
        self.options = options
        self.waitTime = waitTime
        self.retries = retries
        self.retryTime = retryTime
        self.timeout = timeout
        self.pageTotal = pageTotal
    }
}
