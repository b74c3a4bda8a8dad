import FaxModel
import Foundation

/// What the dialplans of this world start for each received fax: tiff2pdf, then a script that mails the PDF.
struct PythonPipeline {
    let pdf: String
    private let script: String
    private let port: Int

    init(directory: String, port: Int) throws {
        try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
        pdf = directory + "/fax.pdf"
        script = directory + "/fax2mail.py"
        self.port = port
        try Self.text.write(toFile: script, atomically: true, encoding: .utf8)
    }

    /// Milliseconds from the start to the end of both programs: the message is accepted then.
    func deliver(_ tiff: String) throws -> Double {
        let line = "tiff2pdf -o '\(pdf)' '\(tiff)' && exec \(Self.python) '\(script)' '\(pdf)' \(port) 5550100 5550269"
        do { return try Stopwatch.time(["/bin/sh", "-c", line]) } catch {
            throw FaxError(.unavailable, "tiff2pdf or \(Self.python) failed: apt-get install libtiff-tools python3")
        }
    }

    /// Seconds of both kinds of all children that have ended.
    static var childSeconds: Double {
        var usage = rusage()
        getrusage(__rusage_who_t(RUSAGE_CHILDREN.rawValue), &usage)
        func seconds(_ time: timeval) -> Double { Double(time.tv_sec) + Double(time.tv_usec) / 1e6 }
        return seconds(usage.ru_utime) + seconds(usage.ru_stime)
    }

    /// Debian's own where it is there: a wrapper of a version manager would be slower.
    private static let python =
        FileManager.default.isExecutableFile(atPath: "/usr/bin/python3") ? "/usr/bin/python3" : "python3"

    private static let text = """
        import smtplib, sys
        from email.mime.application import MIMEApplication
        from email.mime.multipart import MIMEMultipart
        from email.mime.text import MIMEText
        from email.utils import formatdate, make_msgid
        pdf, port, caller, dialled = sys.argv[1:5]
        m = MIMEMultipart()
        m['From'] = 'fax@bench.example'
        m['To'] = 'office@bench.example'
        m['Subject'] = 'Fax from ' + caller
        m['Date'] = formatdate(localtime=True)
        m['Message-ID'] = make_msgid(domain='bench.example')
        m.attach(MIMEText('A fax from %s for %s has come in.' % (caller, dialled), 'plain', 'utf-8'))
        with open(pdf, 'rb') as f:
            part = MIMEApplication(f.read(), _subtype='pdf')
        part.add_header('Content-Disposition', 'attachment', filename='fax.pdf')
        m.attach(part)
        with smtplib.SMTP('127.0.0.1', int(port)) as s:
            s.sendmail('fax@bench.example', ['office@bench.example'], m.as_string())

        """
}
