import FaxModel
import FaxPages
import Foundation

/// Runs over time as a picture: for each probe whether they arrived, and beneath it what they took.
struct ProbePicture {
    /// Oldest first.
    let runs: [ProbeRun]
    let times: TimeText

    private static let (width, left, right) = (1000.0, 120.0, 20.0)
    private static let plots: [(name: String, unit: String, of: @Sendable (ProbeRun.Figures) -> Double?)] = [
        ("set-up", "s", { $0.setupSeconds }), ("line", "s", { $0.lineSeconds }),
        ("rate", "bit/s", { $0.rate.map(Double.init) }),
        ("pages", "", { $0.pages == nil ? nil : Double($0.pagesArrived ?? $0.pagesConfirmed ?? 0) }),
        ("damage", "px", { $0.damage.map(Double.init) }),
    ]

    /// SVG, or PNG where the name ends so.
    func write(to path: String) async throws {
        guard path.hasSuffix(".png") else {
            do { try svg.write(toFile: path, atomically: true, encoding: .utf8) } catch {
                throw FaxError(.cannotCreate, "\(path): can't be written: \(error.localizedDescription)")
            }
            return
        }
        try await SVGDrawing.writePNG(svg, to: path)
    }

    /// Colours are those of people who can't tell red from green, and each end has a shape of its own.
    var svg: String {
        let probes = Dictionary(grouping: runs, by: \.probe).sorted { $0.key.text < $1.key.text }
        let block = 62.0 + 56.0 * Double(Self.plots.count)
        let height = 40 + block * Double(max(1, probes.count))
        var out = """
            <svg xmlns="http://www.w3.org/2000/svg" width="\(Int(Self.width))" height="\(Int(height))" \
            viewBox="0 0 \(Int(Self.width)) \(Int(height))" font-family="DejaVu Sans, sans-serif" font-size="12">
            <rect width="100%" height="100%" fill="#ffffff"/>

            """
        if runs.isEmpty { out += text(Self.left, 40, "no runs yet") }
        for (index, (probe, runs)) in probes.enumerated() {
            out += picture(of: runs, named: probe.text, top: 20 + block * Double(index))
        }
        return out + "</svg>\n"
    }

    private func picture(of runs: [ProbeRun], named name: String, top: Double) -> String {
        let summary = ProbeSummary(runs).text
        var out = text(Self.left, top, Markup.escaped("\(name): \(summary)"), more: " font-weight=\"bold\"")
        out += text(Self.left, top + 38, Markup.escaped(times.plain(first)), more: " fill=\"#555\"")
        out += text(
            Self.width - Self.right, top + 38, Markup.escaped(times.plain(last)),
            more: " fill=\"#555\" text-anchor=\"end\"")
        for run in runs { out += mark(run, y: top + 16) }
        for (index, plot) in Self.plots.enumerated() {
            let points = runs.map { (x($0), plot.of($0.figures)) }
            out += curve(points, plot.name, plot.unit, top: top + 50 + 56 * Double(index))
        }
        return out
    }

    /// A dot where it arrived, a cross where it did not, a ring where it was missed.
    private func mark(_ run: ProbeRun, y: Double) -> String {
        let (x, title) = (x(run), "<title>\(Markup.escaped("\(times.plain(moment(run))): \(run.detail)"))</title>")
        switch run.state {
        case .passed:
            return "<circle cx=\"\(number(x))\" cy=\"\(number(y))\" r=\"5\" fill=\"#0072b2\">\(title)</circle>\n"
        case .failed:
            return "<path d=\"M\(number(x - 5)) \(number(y - 5))l10 10m0 -10l-10 10\" stroke=\"#d55e00\" "
                + "stroke-width=\"3\">\(title)</path>\n"
        case .missed, .calling, .looking:
            return "<circle cx=\"\(number(x))\" cy=\"\(number(y))\" r=\"4\" fill=\"none\" stroke=\"#888\" "
                + "stroke-width=\"2\">\(title)</circle>\n"
        }
    }

    /// Broken where a run showed nothing.
    private func curve(_ points: [(x: Double, y: Double?)], _ name: String, _ unit: String, top: Double) -> String {
        let high = points.compactMap(\.y).max() ?? 0
        let (base, rows) = (top + 46, 36.0)
        func y(_ value: Double) -> Double { base - (high > 0 ? value / high * rows : 0) }
        var out = text(Self.left - 10, base, name, more: " text-anchor=\"end\"")
        out += text(
            Self.left - 10, base - rows + 6, Self.short(high) + (unit.isEmpty ? "" : " " + unit),
            more: " text-anchor=\"end\" fill=\"#555\"")
        out +=
            "<path d=\"M\(number(Self.left)) \(number(base))H\(number(Self.width - Self.right))\" stroke=\"#ccc\"/>\n"
        for piece in points.split(whereSeparator: { $0.y == nil }) {
            let path = piece.map { "\(number($0.x)),\(number(y($0.y ?? 0)))" }
            out += "<polyline points=\"\(path.joined(separator: " "))\" fill=\"none\" stroke=\"#0072b2\"/>\n"
            for point in piece {
                out +=
                    "<circle cx=\"\(number(point.x))\" cy=\"\(number(y(point.y ?? 0)))\" r=\"2\" fill=\"#0072b2\"/>\n"
            }
        }
        return out
    }

    private func moment(_ run: ProbeRun) -> UnixTime { run.scheduled ?? run.begun }
    private var first: UnixTime { runs.map(moment).min() ?? UnixTime(seconds: 0) }
    private var last: UnixTime { runs.map(moment).max() ?? UnixTime(seconds: 0) }

    private func x(_ run: ProbeRun) -> Double {
        let span = last.seconds(since: first)
        let part = span > 0 ? moment(run).seconds(since: first) / span : 0.5
        return Self.left + part * (Self.width - Self.left - Self.right)
    }

    private func text(_ x: Double, _ y: Double, _ words: String, more: String = "") -> String {
        "<text x=\"\(number(x))\" y=\"\(number(y))\"\(more)>\(words)</text>\n"
    }

    private func number(_ value: Double) -> String { String(format: "%.1f", value) }
    private static func short(_ value: Double) -> String {
        String(format: value < 100 && value != value.rounded() ? "%.1f" : "%.0f", value)
    }
}
