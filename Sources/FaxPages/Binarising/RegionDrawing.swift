import FaxModel

/// Draws what a page has on it besides dark on white.
struct RegionDrawing {
    let page: GreyPage
    let grid: TileGrid
    let map: RegionMap
    let resolution: Resolution
    let quality: PageQuality

    func draw(into bits: inout PageBits) {
        let noise = noise
        var pictures = RunHalftone(width: page.width, quality == .photo ? .fine : .short(resolution))
        let pictureSpans = (0..<map.lines).map { spans($0, .picture) }
        let hasPictures = pictureSpans.contains { !$0.isEmpty }
        let framed = hasPictures ? PictureFrame(page: page, grid: grid, map: map).page : page
        let tints = LineScreen(resolution)
        var line = 0
        while line < map.lines {
            var end = line + 1
            while end < map.lines, needsStrokes(line) == needsStrokes(end) { end += 1 }
            let strokes = needsStrokes(line) ? Strokes(page, lines: line..<end, grid, resolution, noise: noise) : nil
            draw(line..<end, strokes, &pictures, pictureSpans, framed, tints, into: &bits)
            line = end
        }
        if hasPictures {
            DotSearch(resolution, quality).improve(&bits, of: framed, pictureSpans, height: grid.height)
        }
    }

    private func needsStrokes(_ line: Int) -> Bool {
        map.treatments[line * map.columns..<(line + 1) * map.columns].contains(where: needsStrokes)
    }

    private func needsStrokes(_ treatment: RegionMap.Treatment) -> Bool {
        treatment == .onLight || treatment == .onDark || treatment == .tint
    }

    private func draw(
        _ lines: Range<Int>, _ strokes: Strokes?, _ pictures: inout RunHalftone, _ pictureSpans: [[Range<Int>]],
        _ framed: GreyPage, _ tints: LineScreen, into bits: inout PageBits
    ) {
        let width = page.width
        let bytesPerRow = bits.bytesPerRow
        framed.pixels.withUnsafeBufferPointer { grey in
            bits.bytes.withUnsafeMutableBufferPointer { out in
                for line in lines {
                    let written = (0..<map.columns).filter { needsStrokes(map.treatments[line * map.columns + $0]) }
                    for y in line * grid.height..<min(page.rows, (line + 1) * grid.height) {
                        let row = out.baseAddress.unsafelyUnwrapped + y * bytesPerRow
                        if let strokes {
                            let (base, screen) = ((y - strokes.firstRow) * width, tints.limit(y))
                            for column in written {
                                let rule = Strokes.Rule(map, line * map.columns + column, screen: screen)
                                let pixels = column * TileGrid.width..<min(width, (column + 1) * TileGrid.width)
                                strokes.draw(rule, pixels, from: base, into: row)
                            }
                        }
                        pictures.draw(
                            UnsafeBufferPointer(rebasing: grey[y * width..<(y + 1) * width]), pictureSpans[line],
                            into: row)
                    }
                }
            }
        }
    }

    /// Pixels of a row of tiles that get a treatment.
    private func spans(_ line: Int, _ treatment: RegionMap.Treatment) -> [Range<Int>] {
        var spans: [Range<Int>] = []
        for column in 0..<map.columns where map.treatments[line * map.columns + column] == treatment {
            let start = column * TileGrid.width
            let end = min(page.width, start + TileGrid.width)
            if let last = spans.last, last.upperBound == start {
                spans[spans.count - 1] = last.lowerBound..<end
            } else {
                spans.append(start..<end)
            }
        }
        return spans
    }

    /// How much the greys of smooth places differ, in greys: nothing in drawn documents, something in scans.
    private var noise: Int {
        var spans = [Int](repeating: 0, count: 64)
        var total = 0
        for index in grid.tiles.indices where map.treatments[index] != .picture {
            let tile = grid.tiles[index]
            // The border of something drawn is no noise.
            guard !tile.isWhite || tile.lightest > tile.darkest, tile.flatness >= 200, tile.span < 64,
                !grid.isDrawn(index)
            else { continue }
            spans[tile.span] += 1
            total += 1
        }
        var seen = 0
        for (span, count) in spans.enumerated() {
            seen += count
            if seen * 4 >= total * 3 { return total < 20 ? 0 : span }
        }
        return 0
    }
}
