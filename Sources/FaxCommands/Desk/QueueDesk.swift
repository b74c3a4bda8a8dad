import FaxModel
import FaxSettings
import FaxStore
import Foundation
import SpoolFiles

/// Where the queue is asked, by one caller: whoever is no administrator has only jobs of their own.
struct QueueDesk: Sendable {
    let site: Installation
    let caller: Caller

    /// A job that the caller may see; to everybody else it does not exist.
    func job(_ id: Int64) throws -> Job {
        guard let job = try site.jobs.job(id), caller.isAdministrator || job.request.owner == caller.name else {
            throw FaxError(.data, "there is no job \(id)")
        }
        return job
    }

    /// Throws `FaxError.noPermission` for anybody but an administrator.
    func requireAdministrator(_ what: String) throws(FaxError) {
        guard caller.isAdministrator else {
            throw FaxError(.noPermission, "\(what) is for administrators: ask one, or be in the group of the settings")
        }
    }

    /// The caller's own name where only that may be asked for.
    func owner(_ wanted: String?) -> String? { caller.isAdministrator ? wanted : caller.name }
}
