import Foundation

/// What happened in a call, for somebody who never read T.30.
package struct FaxStory: Hashable, Sendable {
    /// T.30's phases (§3), with the setting up of the call before and its end after.
    package enum Phase: String, Hashable, Sendable, CaseIterable {
        case setUp = "Setting up the call"
        case introduction = "The machines introduce themselves and test the line"
        case page = "Pages"
        case afterPage = "Was the page good?"
        case release = "The end"

        /// T.30's own letter.
        package var letter: String {
            switch self {
            case .setUp: "A"
            case .introduction: "B"
            case .page: "C"
            case .afterPage: "D"
            case .release: "E"
            }
        }
    }

    package struct Step: Hashable, Sendable {
        /// Seconds since the call began.
        package var time: Double
        package var phase: Phase
        package var text: String

        package init(_ time: Double, _ phase: Phase, _ text: String) {
            self.time = time
            self.phase = phase
            self.text = text
        }
    }

    /// Which call.
    package var title: String
    package var steps: [Step]
    package var reason: LikelyReason

    package init(title: String, steps: [Step], reason: LikelyReason) {
        self.title = title
        self.steps = steps
        self.reason = reason
    }

    /// The steps in their order, with a heading wherever the phase changes.
    package var chapters: [(phase: Phase, steps: [Step])] {
        var chapters: [(phase: Phase, steps: [Step])] = []
        for step in steps {
            if chapters.last?.phase == step.phase {
                chapters[chapters.count - 1].steps.append(step)
            } else {
                chapters.append((step.phase, [step]))
            }
        }
        return chapters
    }

    package var text: String {
        var lines = [title]
        for (phase, steps) in chapters {
            lines.append("  \(phase.rawValue) (phase \(phase.letter))")
            lines += steps.map { "    \(Self.seconds($0.time))  \($0.text)" }
        }
        lines.append("  Likely reason: \(reason.reason)")
        lines += reason.advice.map { "  What to do: \($0)" }
        return lines.joined(separator: "\n") + "\n"
    }

    /// `  12.3 s`
    package static func seconds(_ time: Double) -> String {
        String(format: "%5.1f s", max(0, time))
    }
}
