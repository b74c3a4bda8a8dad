import CCurl

/// libcurl as a whole.
enum CurlLibrary {
    /// curl_global_init is not safe in two threads at once; a static is made once.
    static let started: CURLcode = curl_global_init(Int(CURL_GLOBAL_DEFAULT))
}
