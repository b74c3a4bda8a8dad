#ifndef CALLFAX_CCURL_SHIM_H
#define CALLFAX_CCURL_SHIM_H

#include <curl/curl.h>

// curl_easy_setopt and curl_easy_getinfo are variadic, which Swift can't call. One wrapper for each type of argument,
// so that the compiler sees what is passed; a result that nobody looks at is a warning.
#define CALLFAX_CHECKED static inline __attribute__((warn_unused_result))

/// Numbers, switches and timeouts.
CALLFAX_CHECKED CURLcode callfax_setopt_long(CURL *handle, CURLoption option, long value) {
    return curl_easy_setopt(handle, option, value);
}

/// Sizes: curl_off_t is 64 bits where long may not be.
CALLFAX_CHECKED CURLcode callfax_setopt_size(CURL *handle, CURLoption option, curl_off_t value) {
    return curl_easy_setopt(handle, option, value);
}

/// Texts: libcurl makes its own copy.
CALLFAX_CHECKED CURLcode callfax_setopt_text(CURL *handle, CURLoption option, const char *value) {
    return curl_easy_setopt(handle, option, value);
}

/// Lists: libcurl keeps the pointer, so the list must outlive the transfer.
CALLFAX_CHECKED CURLcode callfax_setopt_list(CURL *handle, CURLoption option, struct curl_slist *value) {
    return curl_easy_setopt(handle, option, value);
}

/// Buffers and what is handed to callbacks: libcurl keeps the pointer.
CALLFAX_CHECKED CURLcode callfax_setopt_pointer(CURL *handle, CURLoption option, void *value) {
    return curl_easy_setopt(handle, option, value);
}

/// CURLOPT_DEBUGFUNCTION.
CALLFAX_CHECKED CURLcode callfax_setopt_debug(CURL *handle, curl_debug_callback value) {
    return curl_easy_setopt(handle, CURLOPT_DEBUGFUNCTION, value);
}

/// CURLOPT_XFERINFOFUNCTION.
CALLFAX_CHECKED CURLcode callfax_setopt_progress(CURL *handle, curl_xferinfo_callback value) {
    return curl_easy_setopt(handle, CURLOPT_XFERINFOFUNCTION, value);
}

/// CURLOPT_WRITEFUNCTION.
CALLFAX_CHECKED CURLcode callfax_setopt_write(CURL *handle, curl_write_callback value) {
    return curl_easy_setopt(handle, CURLOPT_WRITEFUNCTION, value);
}

/// Numbers that a transfer left behind.
CALLFAX_CHECKED CURLcode callfax_getinfo_long(CURL *handle, CURLINFO info, long *value) {
    return curl_easy_getinfo(handle, info, value);
}

#undef CALLFAX_CHECKED

#endif
