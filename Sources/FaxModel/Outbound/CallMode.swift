/// How one call transmits.
package struct CallMode: Hashable, Sendable, Codable {
    /// Offer T.38 and fall back to audio; otherwise audio only.
    package var t38: Bool
    package var ecm: Bool
    package var rate: SignallingRate
    /// Pages that are finer than this are made coarser.
    package var resolution: Resolution

    package init(t38: Bool, ecm: Bool, rate: SignallingRate, resolution: Resolution) {
        self.t38 = t38
        self.ecm = ecm
        self.rate = rate
        self.resolution = resolution
    }
}

/// What the next call does otherwise than the last one.
package enum ModeChange: String, CaseIterable, Hashable, Sendable, Codable {
    /// No T.38 any more.
    case audio
    /// Audio after T.38, T.38 after audio.
    case otherTransport = "other-transport"
    /// No ECM after ECM, ECM after none.
    case otherECM = "other-ecm"
    /// The next slower modem; spandsp can be limited by modem alone.
    case slower
    /// Half the lines an inch.
    case lowerResolution = "lower-resolution"
}

extension CallMode {
    /// This mode after `change`; what the user did not allow (`wanted`) stays out of it.
    package func changed(by change: ModeChange, wanted: CallMode) -> CallMode {
        var mode = self
        switch change {
        case .audio: mode.t38 = false
        case .otherTransport: mode.t38 = wanted.t38 && !t38
        case .otherECM: mode.ecm = wanted.ecm && !ecm
        case .slower: mode.rate = rate.slower ?? rate
        case .lowerResolution: mode.resolution = resolution.lower ?? resolution
        }
        return mode
    }
}
