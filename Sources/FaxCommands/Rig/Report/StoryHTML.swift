import FaxRig

/// A call's story as a part of the report's page.
struct StoryHTML {
    let call: RecordedCall

    var html: String {
        let story = call.story
        let chapters = story.chapters.map { phase, steps in
            "<h4>\(HTMLText.escaped(phase.rawValue)) (phase \(phase.letter))</h4><table>"
                + steps.map { step in
                    "<tr><td>\(FaxStory.seconds(step.time))<td>\(HTMLText.escaped(step.text))</tr>"
                }.joined() + "</table>"
        }.joined()
        let advice = story.reason.advice.map { "<li>\(HTMLText.escaped($0))" }.joined()
        let capture = call.capture == nil ? "" : ", <a href=\"\(ToldResults.captureFile(call))\">its packets (pcap)</a>"
        return "<div class=\"story\"><p class=\"reason\"><strong>Likely reason:</strong> "
            + "\(HTMLText.escaped(story.reason.reason))</p>" + (advice.isEmpty ? "" : "<ul>\(advice)</ul>")
            + "<p>\(HTMLText.escaped(story.title))</p>\(chapters)"
            + "<p><a href=\"\(ToldResults.textFile(call))\">SIP and T.30 of this call as they were</a>\(capture)</p></div>"
    }
}
