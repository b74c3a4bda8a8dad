package import FaxModel

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// Reads what fax-agi left: markers and reports. Foreign and torn files are named as problems and left alone.
package struct SpoolRecords: Sendable {
    package let layout: SpoolLayout

    package init(_ layout: SpoolLayout) { self.layout = layout }

    // The sending half

    /// What the calls of one attempt reported.
    package func results(for attempt: AttemptID) throws(FaxError) -> RecordListing<CallReport> {
        try results { $0.attempt == attempt }
    }

    /// What all calls reported.
    package func allResults() throws(FaxError) -> RecordListing<CallReport> { try results { _ in true } }

    /// The attempts that have a marker, whatever is in it.
    package func startedAttempts() throws(FaxError) -> RecordListing<AttemptID> {
        var listing = RecordListing<AttemptID>()
        for name in try DurableFile.list(layout.started) where name.first != "." {
            if let attempt = AttemptID(name) {
                listing.records.append(attempt)
            } else {
                listing.problems.append("\(layout.started)/\(quoted(name)) is no marker; move it away")
            }
        }
        return listing
    }

    /// The attempts that have a report, or room reserved for one.
    package func reportedAttempts() throws(FaxError) -> Set<AttemptID> {
        Set(try DurableFile.list(layout.results).compactMap { ResultName($0)?.attempt })
    }

    /// Removes the reports of a settled attempt, and room that was reserved for others; true where there were any.
    @discardableResult
    package func removeResults(for attempt: AttemptID) throws(FaxError) -> Bool {
        let names = try DurableFile.list(layout.results).filter { ResultName($0)?.attempt == attempt }
        for name in names { try DurableFile.discard("\(layout.results)/\(name)") }
        return !names.isEmpty
    }

    private func results(where wanted: (ResultName) -> Bool) throws(FaxError) -> RecordListing<CallReport> {
        try results(named: DurableFile.list(layout.results).filter { ResultName($0).map(wanted) ?? true })
    }

    /// What files of these names in `results` hold.
    package func results(named names: [String]) throws(FaxError) -> RecordListing<CallReport> {
        try read(layout.results, names, CallReport.self) { report, name in
            guard let name = ResultName(name) else { return false }
            return report.attempt == name.attempt && report.uniqueid == name.call
        }
    }

    // The receiving half

    /// What the inbound calls reported.
    package func receivedReports() throws(FaxError) -> RecordListing<ReceiptReport> {
        try receivedReports(named: DurableFile.list(layout.received))
    }

    /// What files of these names in `received` hold.
    package func receivedReports(named names: [String]) throws(FaxError) -> RecordListing<ReceiptReport> {
        try read(layout.received, names, ReceiptReport.self) { report, name in
            let plain = name.first == "." ? name.dropFirst() : name[...]
            return plain == "\(report.uniqueid).json"
        }
    }

    /// The calls that receive, or did when they were last heard of, in files of these names in `receiving`. A marker is never
    /// torn: it gets its name when whole.
    package func receivingMarkers(named names: [String]) throws(FaxError) -> RecordListing<ReceivingMarker> {
        try read(layout.receiving, names, ReceivingMarker.self) { marker, name in name == marker.uniqueid.text }
    }

    /// Removes report, reserved room and marker of an inbound call that is journalled. What a power cut brings back is known
    /// by then, and removed again.
    package func removeReceived(_ call: ChannelID) throws(FaxError) {
        try DurableFile.discard(layout.receivedReport(call))
        try DurableFile.discard(layout.reservedReceivedReport(call))
        try DurableFile.discard(layout.receivingMarker(call))
    }

    // Reading

    private func read<Record: JSONRecord>(
        _ directory: String, _ names: [String], _ type: Record.Type, matches: (Record, String) -> Bool
    ) throws(FaxError) -> RecordListing<Record> {
        var listing = RecordListing<Record>()
        for name in names where !name.hasPrefix(".tmp-") {
            let path = "\(directory)/\(name)"
            var bytes: [UInt8]
            do throws(FaxError) {
                guard let read = try DurableFile.readIfPresent(path, limit: JSONValue.sizeLimit) else { continue }
                bytes = read
            } catch {
                listing.problems.append("\(directory)/\(quoted(name)): \(error.message)")
                continue
            }
            do throws(FaxError) {
                // A report that was written into its reserved room and not cut to length: zeros follow it.
                bytes.removeLast(bytes.count - (bytes.lastIndex { $0 != 0 } ?? -1) - 1)
                // Reserved, and nothing reported yet.
                if name.first == ".", bytes.isEmpty { continue }
                let record = try Record(parsing: bytes)
                if matches(record, name) {
                    listing.records.append(record)
                } else {
                    listing.problems.append("\(directory)/\(quoted(name)) holds another record; move it away")
                }
            } catch {
                // A report that is being written now, under its dot name, is no problem.
                if name.first != "." { listing.problems.append("\(directory)/\(quoted(name)): \(error.message)") }
            }
        }
        return listing
    }
}
