import FaxModel
import SpoolFiles

/// What a scheduler remembers from pass to pass; all of it can be found out again.
package final class SchedulerMemory: Sendable {
    let callFiles = FileMemo<CallFileState>()
    let markers = FileMemo<StartMarker?>()
    let reports = FileMemo<RecordListing<CallReport>>()

    package init() {}
}
