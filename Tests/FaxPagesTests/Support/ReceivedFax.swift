import Foundation
import Testing

@testable import FaxPages

/// A fax as libspandsp2 0.0.6 of Debian 12 received it from itself: two pages, two-dimensional T.4, with a header line.
enum ReceivedFax {
    /// The pages that were sent.
    static var sent: [PageBits] {
        (1...2).map { seed in
            var page = PageBits(width: 1728, rows: 40)
            for y in 4..<36 {
                for x in 300 * seed + y * 7..<900 + y * y / seed { set(&page, x, y) }
                set(&page, 1000 + 20 * y, y)
            }
            return page
        }
    }

    private static func set(_ page: inout PageBits, _ x: Int, _ y: Int) {
        guard x < page.width else { return }
        page.bytes[y * page.bytesPerRow + x / 8] |= 0x80 >> UInt8(x % 8)
    }

    static func write(to path: String) throws {
        let data = try #require(Data(base64Encoded: tiff.filter { !$0.isWhitespace }))
        try data.write(to: URL(fileURLWithPath: path))
    }

    private static let tiff = """
        SUkqAAwDAAAAgGWzAoACgAKAAoBRIAdB+KwKOchBMlFCitWQg+z22SyFC+QghBucDeKNDoD+/////wOAIPpgiD44PEQfDNEHQ/TBEE1NHwyF
        6IMh+uCHQvTBEH0wNM2GNQCA/v///////z8AgGlMWI66pe0+E3aTOlDCtQlv99ksClqb8KFtNiB0owOA/v////8/AIAgCIJiNoRntiFoKAQN
        QSx+CHqapTAEDdF+2qVNJ6odAID+////////AIApTBhsR93ndlvhs+/OPji1hSUo9z5wsxSGzdF2u+F2Urch3ugAgP7///////8DgCAIgljg
        w/8ZcAj6ISh9MARNJENQ+g5BlDvC5PQHgP7/////////AIBRTJjss/vcbiPMqd3mPqN6NZLbm/tslsLFCHMvtqu6DfFGB4D+////////A4Ag
        CIL+H4JCQ9BD0CQ8BP0Q9P8BgP7///////8PgJF8dp/lPrvPhyJ8dp/dZ/cZ2ec34ffZfd7us1kKv8/uM3f7bFd1+014owOA/v//////////
        /wCA4vhhhGAohhGKYYRiBhxhhOKnWRR4DCMEwTBCEZoZHgCA/v//////A4BlqjgVAIAOgA6ADoBlKqHpAYAOgDAAgAKAZbMCgAKAAoACgNky
        sIUnVJk/AIDItgJbcCRGAYDIBga2QCAxCoDIBgRsgY7EKACA2VCBLVjpLVMNAIDIRgNsYQuJUQCAyKYMbIEDiVEAgMimBaSMxCgAgNlZgRQs
        9JYJBQCAyP5ACtaQGAWAyL4AKdBEYhQAgMhOB9KgIzEKgNkZQBpsEqrYIQCAyI4CZEZiFACAyE4NZMACiVEAgMiuBGSABolRAIDZNYEszGxU
        sT0AgMjOAmTBDIlRAIBocsAJlpAYBYBoAgNnFIlRAIBNEMAZTFq6BgCAaCIBLjAVAIBoggxcKQCAaEIFXIEkAIBNoIEbrNACgGiiAdwRAIBo
        wgzcB4BoOsANqAGATQngBiQAgGiKAW6gCoBoSgZusAaAaIoE3MASAIBlswKAAoACgAIAFwAAAQMAAQAAAMAGAAABAQMAAQAAAEgAAAACAQMA
        AQAAAAEAAAADAQMAAQAAAAMAAAAGAQMAAQAAAAAAAAAKAQMAAQAAAAIAAAAOAQIACgAAADYEAAARAQQAAQAAAAgAAAASAQMAAQAAAAEAAAAV
        AQMAAQAAAAEAAAAWAQQAAQAAAP////8XAQQAAQAAAAMDAAAaAQUAAQAAACYEAAAbAQUAAQAAAC4EAAAcAQMAAQAAAAEAAAAkAQQAAQAAAAUA
        AAAoAQMAAQAAAAIAAAApAQMAAgAAAAAAAgAxAQIAGAAAAEAEAAAyAQIAFAAAAFgEAAA8AQIAAwAAAHZtAABHAQMAAQAAAAAAAABeiAQAAQAA
        AAAAAACQBwAAzAAAAAEAAADEAAAAAQAAAEJhZCAiZ3V5IgBTcGFuZHNwIDIwMTEwMTIyIDA3NTAyNAAyMDI2LzExLzIyIDIxOjMyOjQyAACA
        ZbMCgAKAAoACgFEgB0H4rAo5yEEyUUKK1ZCD7PbZLIUL5CCEG5wNAdkoAID+/////wOAIPpgiD44PEQfDNEHQ/TBEE1NHwyF6IMh+uCHQvTB
        EH0wNM3GoA8OgP7/////////AIBpTFiOuqXtPhN2kzpQwrUJb/fZLApam/ChbTZ0byQAgP7/////PwCAIAiCYjaEZ7YhaCgEDUEsfgh6mqUw
        BA3RftqlTScICoD+////////AIApTBhsR93ndlvhs+/OPji1hSUo9z5wsxSGzdF2u+F2UrcV3mgAgP7///////8DgCAIgljgw/8ZcAj6ISh9
        MARNJENQ+g5BlDvC5PQQFACA/v////////8AgFFMmOyz+9xuI8yp3eY+o3o1ktub+2yWwsUIcy+2q7qN8KYCgP7///////8DgCAIgv4fgkJD
        0EPQJDwE/RD0PwQFgP7///////8PgJF8dp/lPrvPhyJ8dp/dZ/cZ2ec34ffZfd7us1kKv8/uM3f7bFd1+/0+byQAgP7///////////8DgOL4
        YYRgKIYRimGEYgYcYYTip1kUeAwjBMEwQhE6DoD+//////8DgGWqOBUAgA6ADoAOgGUqoekBgA6AMACAAoBlswKAAoACgAKALVRBG+iJVuYP
        gGghBdqwQWIUAIBo7qANCyRGAYBoXkAb5kiMAoDNK9CGhY4qUw0AgGgOAW3YIDEKgGgODNpAR2IUAIBojgbaMI3EKACAzWlBG6zshEwoAIBo
        rgLasIrEKACAaK4N2qCCxCgAgGgGB21QRmIUAIDNZNAGGjuq2CEAgGhmBWZGYhQAgGgGDMygIzEKgGgGCJhhGolRAIDNoAIz2NhpxfYAgGiG
        BpiBHYlRAIBoRhlYjMQoAIBoRgtYYI7EKACAzbICC6zYUaVrAIBo9oEF2JEYBYBodgFWFIlRAIBolg6sMI3EKACAzTKAFUzshBIFAIBoFgXY
        MBKjAIBolhrYwAwSowCAaFYJ2IAyEqMAgM1qAlu4jqoNAYBolgXYwioSowCAaOmAFOxIjAKAaAkGUjCNxCgAgGWzAoACgAKAAhcAAAEDAAEA
        AADABgAAAQEDAAEAAABIAAAAAgEDAAEAAAABAAAAAwEDAAEAAAADAAAABgEDAAEAAAAAAAAACgEDAAEAAAACAAAADgECAAoAAAC6CAAAEQEE
        AAEAAABsBAAAEgEDAAEAAAABAAAAFQEDAAEAAAABAAAAFgEEAAEAAAD/////FwEEAAEAAAAkAwAAGgEFAAEAAACqCAAAGwEFAAEAAACyCAAA
        HAEDAAEAAAABAAAAJAEEAAEAAAAFAAAAKAEDAAEAAAACAAAAKQEDAAIAAAABAAIAMQECABgAAADECAAAMgECABQAAADcCAAAPAECAAMAAAB2
        bQAARwEDAAEAAAAAAAAAXogEAAEAAAAAAAAAAAAAAMwAAAABAAAAxAAAAAEAAABCYWQgImd1eSIAU3BhbmRzcCAyMDExMDEyMiAwNzUwMjQA
        MjAyNi8xMS8yMiAyMTozMjo0MgA=
        """
}
