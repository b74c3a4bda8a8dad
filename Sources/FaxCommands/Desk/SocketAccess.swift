import FaxModel
import Foundation
import SpoolFiles

/// Asks faxd over its socket; faxd knows by the socket who asks.
struct SocketAccess: QueueAccess {
    let path: String

    func ask<Command: DeskCommand>(_ command: Command) async throws -> Command.Answer {
        let body = try JSONEncoder().encode(command)
        let answer = try await OwnQueue.asking.run {
            let connection = try DeskConnection(path)
            return try connection.ask(DeskQuestion(command: Command.name, body: body), documents: [])
        }
        return try JSONDecoder().decode(Command.Answer.self, from: answer)
    }
}

/// The same for submissions: the documents' bytes go along, read with the caller's own rights.
struct SocketIntake: FaxIntake {
    let socket: SocketAccess

    var access: any QueueAccess { socket }

    func submit(_ wish: SubmitFax, _ documents: [String]) async throws -> AcceptedFax {
        let input = documents.contains("-") ? try StandardInputFile() : nil
        defer { input?.remove() }
        let paths = documents.map { $0 == "-" ? input?.path ?? $0 : $0 }
        let question = DeskQuestion(command: SubmitFax.name, body: try JSONEncoder().encode(wish))
        let path = socket.path
        let answer = try await OwnQueue.asking.run {
            do {
                return try DeskConnection(path).ask(question, documents: paths)
            } catch let error as FaxError where error.code == .unavailable {
                // Under the same key: what was accepted the first time is not accepted again.
                return try DeskConnection(path).ask(question, documents: paths)
            }
        }
        return try JSONDecoder().decode(AcceptedFax.self, from: answer)
    }

    func begin(_ ids: [Int64]) async -> [String] { [] }
    func drive() async throws {}
}

extension SubmitFax { static let name = "submit" }

/// One connection to faxd, for one question.
private struct DeskConnection: ~Copyable {
    private let descriptor: Int32
    private let path: String

    init(_ path: String) throws(FaxError) {
        let descriptor = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        guard descriptor >= 0, var address = UnixAddress.make(path) else {
            throw FaxError(.configuration, "socket: \(path) is not a usable path")
        }
        guard SocketAddress.with(&address, { connect(descriptor, $0, $1) }) == 0 else {
            let number = errno
            close(descriptor)
            throw FaxError(
                .unavailable, "no faxd answers at \(path): \(String(cString: strerror(number)))", errno: number)
        }
        self.descriptor = descriptor
        self.path = path
    }

    deinit { close(descriptor) }

    func ask(_ question: DeskQuestion, documents: [String]) throws -> Data {
        try DeskFrame.write(try JSONEncoder().encode(question), to: descriptor)
        do {
            for document in documents { try send(document) }
        } catch let error as FaxError where error.code == .unavailable {
            // faxd may have said why before it hung up.
        }
        guard let frame = try DeskFrame.read(descriptor) else {
            throw FaxError(.unavailable, "faxd at \(path) hung up without an answer; look at its log")
        }
        let answer = try JSONDecoder().decode(DeskAnswer.self, from: frame)
        if let body = answer.body { return body }
        throw FaxError(
            answer.code.flatMap(FaxError.Code.init(rawValue:)) ?? .software, answer.message ?? "faxd refuses")
    }

    private func send(_ document: String) throws {
        let file = open(document, O_RDONLY | O_CLOEXEC)
        guard file >= 0 else {
            throw FaxError(.noInput, "\(document): \(String(cString: strerror(errno)))", errno: errno)
        }
        let handle = FileHandle(fileDescriptor: file, closeOnDealloc: true)
        do {
            while let piece = try handle.read(upToCount: DeskFrame.piece), !piece.isEmpty {
                try DeskFrame.write(piece, to: descriptor)
            }
        } catch let error as FaxError {
            throw error
        } catch {
            throw FaxError(.noInput, "\(document): can't be read")
        }
        try DeskFrame.write(Data(), to: descriptor)
    }
}
