import FaxModel
import Foundation

/// Runs of probes as a table.
struct ProbeTable {
    let times: TimeText

    func lines(_ runs: [ProbeRun]) -> [String] {
        let heads = [
            "WHEN", "PROBE", "RESULT", "SET-UP", "LINE", "BIT/S", "MODE", "PAGES", "MAIL", "DAMAGE", "WHY",
        ]
        let rows = [heads] + runs.map(row)
        let widths = heads.indices.map { column in rows.map { $0[column].count }.max() ?? 0 }
        return rows.map { row in
            zip(row, widths).enumerated().map { index, cell in
                let space = String(repeating: " ", count: cell.1 - cell.0.count)
                if index == row.count - 1 { return cell.0 }
                return (3...9).contains(index) && index != 6 ? space + cell.0 : cell.0 + space
            }.joined(separator: " ")
        }
    }

    private func row(_ run: ProbeRun) -> [String] {
        let figures = run.figures
        func seconds(_ value: Double?) -> String { value.map { String(format: "%.1f s", $0) } ?? "-" }
        let pages = figures.pages.map { "\(figures.pagesArrived ?? figures.pagesConfirmed ?? 0)/\($0)" }
        return [
            times.plain(run.scheduled ?? run.begun), run.probe.text,
            run.state.rawValue + (run.count > 1 ? " \(run.count)" : ""), seconds(figures.setupSeconds),
            seconds(figures.lineSeconds), figures.rate.map(String.init) ?? "-", figures.mode ?? "-", pages ?? "-",
            seconds(figures.arrivalSeconds), figures.damage.map(String.init) ?? "-", run.detail,
        ]
    }
}
