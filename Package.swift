// swift-tools-version: 6.1
import PackageDescription

// Every room keeps the same promises: Swift 6 mode, explicit `any`, imports that say what they need,
// and no warning of ours left standing.
let house: [SwiftSetting] = [
    .swiftLanguageMode(.v6),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .unsafeFlags(["-warnings-as-errors"]),
]

/// Programs start twice as fast with the Swift runtime inside them, and the target machine needs none.
/// (Only linking is told so, so that the same objects serve the tests; hence Foundation's own parts are named here.)
/// No symbol is for others to find: 22,000 of them would be searched for each that the loader binds.
let ownRuntime: [LinkerSetting] = [
    .unsafeFlags([
        "-static-stdlib", "-lCoreFoundation", "-l_FoundationICU", "-l_FoundationCShims", "-l_FoundationCollections",
        "-lFoundationInternationalization", "-lFoundationEssentials", "-lstdc++", "-Xlinker", "--no-export-dynamic",
    ])
]

let argumentParser: Target.Dependency = .product(name: "ArgumentParser", package: "swift-argument-parser")
let grdb: Target.Dependency = .product(name: "GRDB", package: "GRDB.swift")
let logging: Target.Dependency = .product(name: "Logging", package: "swift-log")
let lifecycle: Target.Dependency = .product(name: "ServiceLifecycle", package: "swift-service-lifecycle")
let signals: Target.Dependency = .product(name: "UnixSignals", package: "swift-service-lifecycle")
let subprocess: Target.Dependency = .product(name: "Subprocess", package: "swift-subprocess")
let systemPackage: Target.Dependency = .product(name: "SystemPackage", package: "swift-system")
let yams: Target.Dependency = .product(name: "Yams", package: "Yams")

/// A room: a library target with the house settings.
func room(
    _ name: String, _ dependencies: [Target.Dependency] = [], exclude: [String] = [], settings: [SwiftSetting] = house
) -> Target {
    .target(name: name, dependencies: dependencies, exclude: exclude, swiftSettings: settings)
}

/// The tests of one room.
func tests(of name: String, _ dependencies: [Target.Dependency] = []) -> Target {
    .testTarget(name: name + "Tests", dependencies: [.byName(name: name)] + dependencies, swiftSettings: house)
}

let package = Package(
    name: "callfax",
    products: [
        .executable(name: "callfax", targets: ["callfax"]),
        .executable(name: "faxd", targets: ["faxd"]),
        .executable(name: "fax-agi", targets: ["fax-agi"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
        .package(url: "https://github.com/apple/swift-system", from: "1.8.1"),
        .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
        .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
        .package(url: "https://github.com/swiftlang/swift-subprocess", from: "1.0.2", traits: []),
    ],
    targets: [
        // The C libraries
        .systemLibrary(name: "CTIFF", pkgConfig: "libtiff-4", providers: [.apt(["libtiff-dev"])]),
        .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),
        .systemLibrary(name: "CCapabilities"),
        .systemLibrary(name: "CCurl", pkgConfig: "libcurl", providers: [.apt(["libcurl4-openssl-dev"])]),

        // Plain values that every room speaks in
        room("FaxModel"),
        tests(of: "FaxModel"),

        // Documents and pages
        room(
            "FaxPages", ["CTIFF", "CZlib", "FaxModel", subprocess, systemPackage], exclude: ["Cover/cover.svg"],
            // Millions of pixels a page: in a debug build, and so in the tests, they would take seconds.
            settings: house + [.unsafeFlags(["-O"], .when(configuration: .debug))]),
        tests(of: "FaxPages", ["CTIFF", "FaxModel"]),

        // Files shared with Asterisk
        room("SpoolFiles", ["FaxModel"]),
        tests(of: "SpoolFiles", ["FaxModel"]),

        // Asterisk's manager interface
        room("AsteriskManager", ["FaxModel"]),
        tests(of: "AsteriskManager", ["FaxModel"]),

        // Durable state
        room("FaxStore", ["FaxModel", grdb]),
        tests(of: "FaxStore", ["FaxModel", grdb]),

        // The sending half
        room("FaxScheduler", ["FaxModel", "FaxStore", "SpoolFiles"]),
        tests(of: "FaxScheduler", ["FaxModel", "FaxStore", "SpoolFiles", grdb]),

        // The receiving half
        room("FaxInbox", ["FaxModel", "FaxPages", "FaxStore", "SpoolFiles"]),
        tests(of: "FaxInbox", ["FaxMail", "FaxModel", "FaxPages", "FaxStore", "SpoolFiles"]),
        room("FaxMail", ["CCurl", "FaxModel"]),
        tests(of: "FaxMail", ["FaxModel"]),

        // One YAML file
        room("FaxSettings", ["FaxModel", yams], exclude: ["callfax.yaml"]),
        tests(of: "FaxSettings", ["FaxModel"]),

        // Programs killed at every change that they make
        .systemLibrary(name: "CTrace", path: "Tests/CTrace"),
        .testTarget(
            name: "DurabilityTests",
            dependencies: ["CTrace", "FaxModel", "FaxPages", "FaxRig", "FaxStore", "SpoolFiles", grdb],
            exclude: ["Trouble/wrong-clock.c"], swiftSettings: house),

        // Two Asterisks that test each other
        room("FaxRig", ["FaxModel", "FaxPages", "SpoolFiles", subprocess, systemPackage]),
        .testTarget(
            name: "RigTests",
            dependencies: ["AsteriskManager", "FaxModel", "FaxPages", "FaxRig", "SpoolFiles"],
            swiftSettings: house),

        // The commands and the programs
        room(
            "FaxCommands",
            [
                "AsteriskManager", "FaxInbox", "FaxModel", "FaxPages", "FaxRig", "FaxScheduler", "FaxSettings",
                "FaxStore", "SpoolFiles",
                argumentParser, lifecycle, logging, signals,
            ]),
        tests(
            of: "FaxCommands",
            [
                argumentParser, "FaxMail", "FaxModel", "FaxPages", "FaxSettings", "FaxStore", "SpoolFiles", grdb,
                logging,
            ]),
        .executableTarget(
            name: "callfax", dependencies: ["FaxCommands"], swiftSettings: house, linkerSettings: ownRuntime),
        .executableTarget(
            name: "faxd", dependencies: ["CCapabilities", "FaxCommands", "FaxMail"], exclude: ["faxd.service"],
            swiftSettings: house,
            linkerSettings: ownRuntime),
        .executableTarget(
            name: "fax-agi",
            dependencies: ["FaxModel", "SpoolFiles"],
            swiftSettings: house,
            // It runs inside whatever root Asterisk runs in, so it brings all it needs.
            linkerSettings: [.unsafeFlags(["-static-executable"])]),
    ]
)
