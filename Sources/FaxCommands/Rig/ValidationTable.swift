import FaxModel
import FaxRig
import Synchronization

/// On a terminal a table of the scenarios at work, rewritten once a second; elsewhere a line for each that is over.
final class ValidationTable: Sendable {
    private struct Work {
        var scenario: Scenario
        var state: JobState
        var since = ContinuousClock.now
    }

    private struct State {
        var over = 0
        var works: [String: Work] = [:]
        /// Lines of the table as it stands on the terminal.
        var drawn = 0
    }

    /// Lines of the table at most, below which the terminal would scroll.
    private static let most = 20

    private let count: Int
    private let state = Mutex(State())
    private let ticking = Mutex<Task<Void, Never>?>(nil)

    init(_ scenarios: [Scenario]) {
        count = scenarios.count
        guard Terminal.errorIsTerminal else { return }
        ticking.withLock { ticking in
            ticking = Task { [weak self] in
                while !Task.isCancelled {
                    try? await Task.sleep(for: .seconds(1))
                    self?.draw()
                }
            }
        }
    }

    func show(_ progress: ScenarioProgress) {
        state.withLock { state in
            let name = progress.scenario.name
            guard let problems = progress.problems else {
                state.works[name, default: Work(scenario: progress.scenario, state: progress.state)].state =
                    progress.state
                return
            }
            state.works[name] = nil
            state.over += 1
            Self.erase(&state)
            Terminal.complain(
                "\(problems.isEmpty ? "ok   " : "WRONG") \(name.padded(to: 24)) "
                    + "\(progress.state.rawValue.padded(to: 10)) \(progress.scenario.about)")
        }
        draw()
    }

    func end() {
        ticking.withLock { $0?.cancel() }
        state.withLock { Self.erase(&$0) }
    }

    private func draw() {
        guard Terminal.errorIsTerminal else { return }
        state.withLock { state in
            Self.erase(&state)
            let works = state.works.values.sorted { ($0.since, $0.scenario.name) < ($1.since, $1.scenario.name) }
            var lines = works.prefix(Self.most).map { work in
                let seconds = (ContinuousClock.now - work.since).components.seconds
                return "      \(work.scenario.name.padded(to: 24)) \(work.state.rawValue.padded(to: 10)) "
                    + "\("\(seconds) s".padded(to: 6)) \(work.scenario.about)"
            }
            if works.count > Self.most { lines.append("      and \(works.count - Self.most) more") }
            lines.append("\(Terminal.bar(state.over, of: count, "scenarios")), \(works.count) under way")
            Terminal.draw(lines)
            state.drawn = lines.count
        }
    }

    private static func erase(_ state: inout State) {
        Terminal.erase(state.drawn)
        state.drawn = 0
    }
}
