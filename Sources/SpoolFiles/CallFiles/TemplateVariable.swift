import FaxModel

/// What may stand as `${NAME}` in a call file template.
enum TemplateVariable: String, CaseIterable, Hashable {
    case callerID = "FAXSRC"
    case number = "FAXNUMBER"
    case trunk = "FAXTRUNK"
    case faxFile = "FAXFILE"
    case waitTime = "WAITTIME"
    case retries = "RETRIES"
    case retryTime = "RETRYTIME"
    case attempt = "FAXATTEMPT"
    case stationID = "FAXSTATION"
    case header = "FAXHEADER"
    case headerLine = "FAXHEADERBY"
    case ecm = "FAXECM"
    case maxRate = "FAXMAXRATE"
    case minRate = "FAXMINRATE"
    case modems = "FAXMODEM"
    case options = "FAXOPTIONS"
    case timeout = "FAXTIMEOUT"
    case pageTotal = "FAXPAGETOTAL"

    /// The text of one call; empty where it has none.
    func text(_ values: CallFileValues) -> String {
        switch self {
        case .callerID: values.callerID?.description ?? ""
        case .number: values.number.digits
        case .trunk: values.trunk.text
        case .faxFile: values.faxFile.text
        case .waitTime: String(values.waitTime)
        case .retries: String(values.retries)
        case .retryTime: String(values.retryTime)
        case .attempt: values.attempt.text
        case .stationID: values.stationID.text
        case .header: values.header?.text ?? ""
        case .headerLine: values.headerLine.rawValue
        case .ecm: values.ecm ? "yes" : "no"
        case .maxRate: String(values.maxRate.rawValue)
        case .minRate: String(values.maxRate.minimum)
        case .modems: values.maxRate.modems
        case .options: values.options.rawValue
        case .timeout: String(values.timeout)
        case .pageTotal: String(values.pageTotal)
        }
    }

    /// Always a whole number.
    var isNumeric: Bool {
        switch self {
        case .waitTime, .retries, .retryTime, .maxRate, .minRate, .timeout, .pageTotal: true
        default: false
        }
    }
}
