import FaxModel

/// Rows for the tuning half and the untouched half apart, over all documents and by kind.
struct PageSummary {
    private let measures: [PageMeasure]

    init(_ measures: [PageMeasure]) { self.measures = measures }

    var rows: [BenchRow] {
        [false, true].flatMap { isUntouched in
            let half = measures.filter { $0.document.isUntouched == isUntouched }
            let name = isUntouched ? "untouched" : "tuning"
            return Resolution.allCases.flatMap { resolution in
                rows(half.filter { $0.resolution == resolution }, "pages.\(name).\(resolution.linesPerInch)")
            }
        }
    }

    private func rows(_ all: [PageMeasure], _ name: String) -> [BenchRow] {
        guard let resolution = all.first?.resolution else { return [] }
        var rows: [BenchRow] = []
        func bytes(_ group: [PageMeasure], _ what: String, _ bar: Double?) {
            guard !group.isEmpty else { return }
            rows.append(Self.row("\(name).bytes-t6.\(what)", group.map(\.bytes4), unit: "KB", scale: 1e-3, atMost: bar))
            rows.append(Self.row("\(name).bytes-t4.\(what)", group.map(\.bytes3), unit: "KB", scale: 1e-3, atMost: bar))
        }
        bytes(all, "all", 0.4)
        bytes(all.filter(\.document.kind.hasTones), "toned", 0.25)
        bytes(all.filter(\.document.kind.isBlackText), "black-text", 1.1)
        for kind in BenchKind.allCases { bytes(all.filter { $0.document.kind == kind }, kind.rawValue, nil) }
        let read = all.filter(\.document.kind.hasText)
        let original = read.reduce(0) { $0 + Double($1.wordsOfOriginal) }
        let ours = read.reduce(0) { $0 + $1.words.ours }
        rows.append(
            BenchRow(
                "\(name).words.of-grey-300", ours: ours, theirs: original, unit: "words",
                atLeast: resolution == .standard ? 0.9 : 0.98))
        for kind in BenchKind.allCases where kind.hasText {
            let group = all.filter { $0.document.kind == kind }
            if !group.isEmpty {
                rows.append(Self.row("\(name).words.\(kind.rawValue)", group.map(\.words), unit: "words", atLeast: 1))
            }
        }
        let pictures = all.filter { $0.document.kind == .photograph }
        if !pictures.isEmpty {
            let share = 1 / Double(pictures.count)
            rows.append(
                Self.row("\(name).ssim.photograph", pictures.map(\.similarity), unit: "", scale: share, atLeast: 1))
        }
        return rows
    }

    private static func row(
        _ name: String, _ pairs: [PageMeasure.Pair], unit: String, scale: Double = 1, atMost: Double? = nil,
        atLeast: Double? = nil
    ) -> BenchRow {
        let ours = pairs.reduce(0) { $0 + $1.ours } * scale
        let theirs = pairs.reduce(0) { $0 + $1.theirs } * scale
        if let atLeast { return BenchRow(name, ours: ours, theirs: theirs, unit: unit, atLeast: atLeast) }
        return BenchRow(name, ours: ours, theirs: theirs, unit: unit, bar: atMost ?? .infinity)
    }
}
