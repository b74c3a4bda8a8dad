import FaxModel
import SpoolFiles
import Testing

@testable import FaxRig

@Suite("A side's configuration")
struct SideConfigurationTests {
    func files(_ side: RigSide, _ network: RigOptions.Network = .namespaces) -> [String: String] {
        AsteriskConfiguration(
            side: side, layout: RigLayout(directory: "/rigs/t").side(side), addresses: RigAddresses(network: network),
            globals: ["FAXSPOOL": "/rigs/t/\(side.rawValue)/spool"]
        ).files
    }

    @Test("Every directory of Asterisk's lies in the side's own", arguments: RigSide.allCases)
    func directories(side: RigSide) throws {
        let text = try #require(files(side)["asterisk.conf"])
        let values = text.matches(of: /(?m)^ast\w+ => (.+)$/).map { $0.1 }
        #expect(values.count == 7)
        for value in values { #expect(value.hasPrefix("/rigs/t/\(side.rawValue)/")) }
    }

    @Test(
        "What one side binds is what the other one calls and trusts",
        arguments: [RigOptions.Network.namespaces, .loopback], Trunk.usual)
    func mirror(network: RigOptions.Network, trunk: Trunk) throws {
        let addresses = RigAddresses(network: network)
        for side in RigSide.allCases {
            let here = try #require(files(side, network)["pjsip.conf"])
            let there = try #require(files(side.other, network)["pjsip.conf"])
            let address = addresses.address(side, trunk)
            #expect(
                here.contains("[transport-\(trunk.name)]\ntype = transport\nprotocol = udp\nbind = \(address):"))
            #expect(there.contains("contact = sip:\(address):\(addresses.sipPort)\n"))
            #expect(there.contains("endpoint = \(trunk.name)\nmatch = \(address)/32\n"))
        }
    }

    @Test("A line within one side has both its ends there, and nothing of it on the other or in the firewall")
    func within() throws {
        let trunk = Trunk(name: "inner", context: "inner-context", within: .b)
        let addresses = RigAddresses(network: .namespaces, trunks: [.t38, trunk])
        #expect(trunk.ends(on: .a).isEmpty)
        let b = AsteriskConfiguration(
            side: .b, layout: RigLayout(directory: "/rigs/t").side(.b), addresses: addresses, globals: [:])
        let text = try #require(b.files["pjsip.conf"])
        #expect(text.contains("[inner](callfax-endpoint)\ncontext = inner-context\n"))
        #expect(text.contains("[transport-inner]\ntype = transport\nprotocol = udp\nbind = 192.0.2.5:5060\n"))
        #expect(text.contains("[transport-inner-far]\ntype = transport\nprotocol = udp\nbind = 192.0.2.6:5060\n"))
        #expect(text.contains("[inner]\ntype = aor\ncontact = sip:192.0.2.6:5060\n"))
        #expect(text.contains("endpoint = inner-far\nmatch = 192.0.2.5/32\n"))
        for side in RigSide.allCases {
            let rules = FirewallRules(side: side, addresses: addresses).text
            #expect(!rules.contains(addresses.address(side.other, trunk)))
        }
    }

    @Test("A gateway keeps the T.38 leg's sound out where Asterisk can, and asks for no function that isn't there")
    func gatewaySilence() throws {
        let plain = try #require(files(.b)["extensions.conf"])
        #expect(plain.contains("Dial(PJSIP/${EXTEN}@inner-t38)"))
        #expect(!plain.contains("gateway)=yes\n same => n,Set(FRAME_DROP"))
        let made = AsteriskConfiguration(
            side: .b, layout: RigLayout(directory: "/rigs/t").side(.b), addresses: RigAddresses(network: .namespaces),
            globals: [:], hasFrameDrop: true
        ).files
        let text = try #require(made["extensions.conf"])
        #expect(text.contains("Dial(PJSIP/${EXTEN}@inner-t38,,b(rig-gateway-t38^silence^1))"))
        #expect(
            text.contains(
                "Set(FAXOPT(gateway)=yes)\n same => n,Set(FRAME_DROP(RX)=VOICE)\n same => n,Dial(PJSIP/${EXTEN}@inner-g711)"
            ))
        #expect(made["modules.conf"]?.contains("load = func_frame_drop.so") == true)
        #expect(files(.b)["modules.conf"]?.contains("func_frame_drop") == false)
    }

    @Test("On a line that is deaf on one side, nothing listens there")
    func deaf() throws {
        let addresses = RigAddresses(network: .namespaces, trunks: [Trunk(name: "deaf", deafSide: .b)])
        for side in RigSide.allCases {
            let files = AsteriskConfiguration(
                side: side, layout: RigLayout(directory: "/rigs/t").side(side), addresses: addresses, globals: [:]
            ).files
            #expect(try #require(files["pjsip.conf"]).contains("[deaf]") == (side == .a))
        }
    }

    @Test("The rig's values come after the dialplan that they replace")
    func order() throws {
        let text = try #require(files(.a)["extensions.conf"])
        let include = try #require(text.firstRange(of: "#include \"callfax/callfax.conf\""))
        let value = try #require(text.firstRange(of: "FAXSPOOL=/rigs/t/a/spool"))
        #expect(include.upperBound < value.lowerBound)
    }

    @Test("Each far end has a number of its own, outside the fax machines'")
    func farEnds() {
        let numbers = FarEnd.allCases.map(\.rawValue)
        #expect(Set(numbers).count == numbers.count)
        for number in numbers {
            #expect(!number.hasPrefix("5550"))
            #expect(FarEnd.dialplan.contains("exten => \(number),1,"))
        }
    }

    @Test("Ports that the firewall lets through are the ones that Asterisk uses")
    func ports() throws {
        let addresses = RigAddresses(network: .namespaces)
        let rules = FirewallRules(side: .a, addresses: addresses).text
        #expect(rules.contains("ip saddr { 192.0.2.2, 192.0.2.6 } udp dport { 5060, 4000-4999, 10000-10999 } accept"))
        #expect(rules.matches(of: /policy drop/).count == 3)
        let udptl = try FileTree.text(SourceTree.path + "/dialplan/udptl.conf")
        #expect(udptl.contains("udptlstart = \(addresses.udptlPorts.lowerBound)\n"))
        #expect(udptl.contains("udptlend = \(addresses.udptlPorts.upperBound)\n"))
        #expect(try #require(files(.a)["rtp.conf"]).contains("rtpend = \(addresses.rtpPorts.upperBound)\n"))
    }

    @Test("IMAP goes from a to b, answers go back, and nothing of it goes anywhere else or without being asked for")
    func imap() {
        var addresses = RigAddresses(network: .namespaces)
        for side in RigSide.allCases {
            #expect(!FirewallRules(side: side, addresses: addresses).text.contains("tcp"))
        }
        addresses.imap = true
        let there = "ip saddr 192.0.2.1 ip daddr 192.0.2.2 tcp dport { 143, 993 } accept"
        let back = "ip saddr 192.0.2.2 ip daddr 192.0.2.1 tcp sport { 143, 993 } accept"
        func lines(_ side: RigSide) -> [String] {
            FirewallRules(side: side, addresses: addresses).text.split(separator: "\n").filter { $0.contains("tcp") }
                .map { String($0.drop { $0 == " " }) }
        }
        #expect(lines(.a) == [back, there])
        #expect(lines(.b) == [there, back])
        #expect(IMAPServer.configuration(user: 1, addresses: addresses).contains("listen = 192.0.2.2\n"))
    }

    @Test("A test's settings are laid over the side's, key by key")
    func settings() {
        let layout = RigLayout(directory: "/rigs/t").side(.b)
        let tree = SideSettings(side: .b, layout: layout, smtp: true).tree
            .merged(with: ["sending": ["trunk": "other", "retry": ["cooldown": 5]], "receiving": ["recipients": []]])
        let yaml = tree.yaml
        #expect(yaml.contains("\n  trunk: \"other\"\n"))
        #expect(yaml.contains("\n  retry:\n    cooldown: 5\n"))
        #expect(yaml.contains("\n  recipients: []\n"))
        #expect(yaml.contains("\n  station_id: \"+1 555 0269\"\n"))
        #expect(yaml.contains("\n  smtp:\n    host: \"127.0.0.1\"\n    port: 25\n    security: \"none\"\n"))
    }

    @Test(
        "A text survives YAML whatever is in it",
        arguments: [
            (#"a"b"#, #""a\"b""#), (#"a\b"#, #""a\\b""#), ("a\nb\u{7F}", #""a\x0Ab\x7F""#), ("yes", #""yes""#),
            ("ä: #", #""ä: #""#),
        ])
    func quoting(text: String, yaml: String) {
        #expect(SettingsTree.text(text).yaml.lowercased() == yaml.lowercased() + "\n")
    }

    @Test("A rig's name can stand in a path", arguments: ["../x", "", "A", "a b", "-a", "a23456789012345678"])
    func badNames(name: String) {
        #expect(throws: FaxError.self) { try RigName(parsing: name) }
    }

    @Test("Rigs of one name in two source trees don't meet")
    func layouts() throws {
        let name = try RigName(parsing: "demo")
        let one = RigLayout(base: "/rigs", name: name, checkout: "/home/one")
        let two = RigLayout(base: "/rigs", name: name, checkout: "/home/two")
        #expect(one.directory != two.directory)
        #expect(one.namespace(.a) != two.namespace(.a))
    }
}
