import FaxModel
import Foundation

/// A picture in grey, for measuring: 0 is black, 255 white.
struct GreyPicture: Sendable {
    let width: Int
    let height: Int
    var pixels: [Float]

    init(width: Int, height: Int, pixels: [Float]) { (self.width, self.height, self.pixels) = (width, height, pixels) }

    /// Reads PGM (P5, 8 bits) or PBM (P4).
    init(portable data: Data) throws {
        var words: [String] = []
        var index = data.startIndex
        let wanted = data.starts(with: Array("P4".utf8)) ? 3 : 4
        while words.count < wanted, index < data.endIndex {
            if data[index] == 0x23 {
                while index < data.endIndex, data[index] != 0x0A { index += 1 }
            } else if data[index] > 32 {
                let start = index
                while index < data.endIndex, data[index] > 32 { index += 1 }
                words.append(String(decoding: data[start..<index], as: UTF8.self))
            } else {
                index += 1
            }
        }
        guard words.count == wanted, let w = Int(words[1]), let h = Int(words[2]) else {
            throw FaxError(.data, "no portable picture")
        }
        (width, height) = (w, h)
        let body = [UInt8](data[(index + 1)...])
        if wanted == 4 {
            pixels = body.prefix(w * h).map(Float.init)
        } else {
            let bytes = (w + 7) / 8
            pixels = (0..<w * h).map { body[$0 / w * bytes + $0 % w / 8] & (0x80 >> UInt8($0 % w % 8)) != 0 ? 0 : 255 }
        }
        guard pixels.count == w * h else { throw FaxError(.data, "a portable picture is cut short") }
    }

    /// PGM.
    var portable: Data {
        Data("P5\n\(width) \(height)\n255\n".utf8) + Data(pixels.map { UInt8(min(255, max(0, $0.rounded()))) })
    }

    /// Another number of rows, each the mean of what it covers.
    func rescaled(rows: Int) -> GreyPicture {
        guard rows != height else { return self }
        var result = [Float](repeating: 0, count: width * rows)
        let step = Double(height) / Double(rows)
        for y in 0..<rows {
            let (start, end) = (Double(y) * step, Double(y + 1) * step)
            var source = Int(start)
            while Double(source) < end, source < height {
                let share = Float((min(end, Double(source + 1)) - max(start, Double(source))) / step)
                for x in 0..<width { result[y * width + x] += share * pixels[source * width + x] }
                source += 1
            }
        }
        return GreyPicture(width: width, height: rows, pixels: result)
    }

    func cropped(width: Int, height: Int) -> GreyPicture {
        let (w, h) = (min(width, self.width), min(height, self.height))
        return GreyPicture(
            width: w, height: h,
            pixels: (0..<h).flatMap { y in pixels[y * self.width..<y * self.width + w] })
    }

    /// Convolved with a Gaussian that is cut at `radius`.
    func blurred(_ sigma: Float, radius: Int) -> GreyPicture {
        var kernel = (-radius...radius).map { exp(-Float($0 * $0) / (2 * sigma * sigma)) }
        let sum = kernel.reduce(0, +)
        kernel = kernel.map { $0 / sum }
        var across = [Float](repeating: 0, count: pixels.count)
        var down = across
        for y in 0..<height {
            for x in 0..<width {
                var value: Float = 0
                for (index, weight) in kernel.enumerated() {
                    value += weight * pixels[y * width + min(width - 1, max(0, x + index - radius))]
                }
                across[y * width + x] = value
            }
        }
        for (index, weight) in kernel.enumerated() {
            for y in 0..<height {
                let source = min(height - 1, max(0, y + index - radius)) * width
                for x in 0..<width { down[y * width + x] += weight * across[source + x] }
            }
        }
        return GreyPicture(width: width, height: height, pixels: down)
    }

    /// Structural similarity with an 11-pixel Gaussian window, σ 1.5 (Wang and others, 2004), mean over the picture.
    func similarity(to other: GreyPicture) -> Double {
        func smooth(_ values: [Float]) -> [Float] {
            GreyPicture(width: width, height: height, pixels: values).blurred(1.5, radius: 5).pixels
        }
        let (a, b) = (pixels, other.pixels)
        let (meanA, meanB) = (smooth(a), smooth(b))
        let squareA = smooth(a.map { $0 * $0 })
        let squareB = smooth(b.map { $0 * $0 })
        let product = smooth(zip(a, b).map { $0 * $1 })
        var total = 0.0
        for index in a.indices {
            let (ma, mb) = (meanA[index], meanB[index])
            let variances = squareA[index] - ma * ma + squareB[index] - mb * mb
            let covariance = product[index] - ma * mb
            let top = (2 * ma * mb + 6.5025) * (2 * covariance + 58.5225)
            let bottom = (ma * ma + mb * mb + 6.5025) * (variances + 58.5225)
            total += Double(top / bottom)
        }
        return total / Double(a.count)
    }

    /// Turned by up to a degree, softened, unevenly lit and noisy.
    func scanned(_ numbers: inout SeededNumbers) -> GreyPicture {
        let soft = blurred(0.7, radius: 2)
        let angle = Float(numbers.within(-0.8...0.8)) * .pi / 180
        let paper = Float(numbers.within(228.0...246.0))
        let shade = Float(numbers.within(6.0...22.0))
        var result = [Float](repeating: 255, count: pixels.count)
        let (cx, cy) = (Float(width) / 2, Float(height) / 2)
        for y in 0..<height {
            for x in 0..<width {
                let (dx, dy) = (Float(x) - cx, Float(y) - cy)
                let (sx, sy) = (cx + dx * cos(angle) - dy * sin(angle), cy + dx * sin(angle) + dy * cos(angle))
                let (x0, y0) = (Int(sx.rounded(.down)), Int(sy.rounded(.down)))
                var value: Float = 255
                if x0 >= 0, y0 >= 0, x0 + 1 < width, y0 + 1 < height {
                    let (fx, fy) = (sx - Float(x0), sy - Float(y0))
                    let base = y0 * width + x0
                    let above = soft.pixels[base] * (1 - fx) + soft.pixels[base + 1] * fx
                    let below = soft.pixels[base + width] * (1 - fx) + soft.pixels[base + width + 1] * fx
                    value = above * (1 - fy) + below * fy
                }
                let light = paper - shade * Float(y) / Float(height) - 4 * Float(x) / Float(width)
                let noise: Float = numbers.fraction() + numbers.fraction() - 1
                result[y * width + x] = 25 + value / 255 * (light - 25) + noise * 8
            }
        }
        return GreyPicture(width: width, height: height, pixels: result)
    }
}
