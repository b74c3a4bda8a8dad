/// One side's `/etc/asterisk`, made around the project's own `dialplan` directory, which lies in it as `callfax`.
struct AsteriskConfiguration: Sendable {
    var side: RigSide
    var layout: RigSideLayout
    var addresses: RigAddresses
    /// Values laid over dialplan/callfax.conf.
    var globals: [String: String]
    var managerSecret: String?
    /// Whether this Asterisk has `FaxGateway.frameDrop`.
    var hasFrameDrop = false

    /// Text by file name.
    var files: [String: String] {
        [
            "asterisk.conf": asterisk,
            "modules.conf": modules,
            "logger.conf": logger,
            "extensions.conf": extensions,
            "pjsip.conf": pjsip,
            "rtp.conf": """
            [general]
            rtpstart = \(addresses.rtpPorts.lowerBound)
            rtpend = \(addresses.rtpPorts.upperBound)

            """,
            "udptl.conf": "#include \"callfax/udptl.conf\"\n",
            "res_fax.conf": "#include \"callfax/res_fax.conf\"\n",
            // Not needed, but a missing file is an error in the log, and the log is for people.
            "acl.conf": "", "ccss.conf": "[general]\n", "cdr.conf": "[general]\nenable = yes\n",
            "cel.conf": "[general]\nenable = no\n", "features.conf": "[general]\n", "stasis.conf": "",
            "manager.conf": manager, "http.conf": "[general]\nenabled = no\n",
            "indications.conf": """
            [general]
            country = us
            [us]
            description = United States
            ringcadence = 2000,4000
            dial = 350+440
            busy = 480+620/500,0/500
            ring = 440+480/2000,0/4000
            congestion = 480+620/250,0/250

            """,
            "pjproject.conf": "[startup]\ntype = startup\n",
        ]
    }

    private var asterisk: String {
        """
        [directories]
        astetcdir => \(layout.configuration)
        astvarlibdir => \(layout.variable)
        astdbdir => \(layout.variable)
        astkeydir => \(layout.variable)
        astspooldir => \(layout.asteriskSpool)
        astrundir => \(layout.run)
        astlogdir => \(layout.logs)

        [options]
        ; Part of every call's UNIQUEID: shows that the file names made from it bear one.
        systemname = rig-\(side.rawValue)
        verbose = 3
        live_dangerously = no

        """
    }

    /// The sample, with a secret of our own; without root both sides share one loopback, and the interface stays off.
    private var manager: String {
        guard let secret = managerSecret else { return "[general]\nenabled = no\n" }
        return "#include \"callfax/samples/manager.conf\"\n[callfax](+)\nsecret = \(secret)\n"
    }

    private var modules: String {
        """
        #include "callfax/modules.conf"
        [modules](+)
        load = app_playtones.so
        load = res_pjsip_logger.so
        load = res_pjsip_authenticator_digest.so
        load = res_pjsip_outbound_authenticator_digest.so
        \(hasFrameDrop ? "load = \(FaxGateway.frameDrop)" : "")

        """
    }

    private var logger: String {
        """
        [general]
        dateformat = %F %T.%3q
        [logfiles]
        console => notice,warning,error,verbose
        ; FAX is silent until "fax set debug on".
        full => notice,warning,error,verbose(3),fax

        """
    }

    private var extensions: String {
        let values = globals.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)\n" }.joined()
        return """
            [general]
            static = yes
            writeprotect = yes

            #include "callfax/callfax.conf"

            [globals]
            \(values)
            \(FaxGateway.dialplan(dropsSound: hasFrameDrop))
            \(FarEnd.dialplan)
            """
    }

    private var pjsip: String {
        var text = "#include \"callfax/pjsip-fax.conf\"\n"
        for trunk in addresses.trunks {
            for (end, name) in trunk.ends(on: side) { text += endpoint(trunk, end, name) }
            text += "\n" + trunk.sections + "\n"
        }
        return text
    }

    private func endpoint(_ trunk: Trunk, _ end: RigSide, _ name: String) -> String {
        let here = addresses.address(end, trunk)
        let there = addresses.address(end.other, trunk)
        return """

            [transport-\(name)]
            type = transport
            protocol = udp
            bind = \(here):\(addresses.sipPort)

            [\(name)](\(trunk.template))
            context = \(trunk.context ?? FarEnd.context)
            transport = transport-\(name)
            aors = \(name)
            media_address = \(here)
            bind_rtp_to_media_address = yes
            t38_bind_udptl_to_media_address = yes
            \((trunk.lines[end] ?? []).joined(separator: "\n"))

            [\(name)]
            type = aor
            contact = sip:\(there):\(addresses.sipPort)

            [\(name)]
            type = identify
            endpoint = \(name)
            match = \(there)/32

            """
    }
}
