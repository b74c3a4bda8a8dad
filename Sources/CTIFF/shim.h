#ifndef CALLFAX_CTIFF_SHIM_H
#define CALLFAX_CTIFF_SHIM_H

#include <errno.h>
#ifdef __GLIBC__
#include <malloc.h>
#endif
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <tiffio.h>

// Swift imports no variadic function and no macro with arguments: one wrapper for each C type of a tag's value.

#define CALLFAX_MUST_USE static inline __attribute__((warn_unused_result))

/// What libtiff had to say about one handle: the first error, the first warning, and how many there were. `first_errno` is
/// what the last failed system call had left at the first error, which libtiff's own words keep to themselves.
typedef struct {
    unsigned errors;
    unsigned warnings;
    int first_errno;
    char first_error[240];
    char first_warning[240];
} callfax_tiff_log;

// libtiff's handlers take a va_list, which Swift cannot receive. Returning 1 keeps the global handlers, which print,
// out of it.
static int callfax_tiff_on_error(TIFF *tiff, void *user, const char *module, const char *format, va_list arguments) {
    (void)tiff;
    (void)module;
    callfax_tiff_log *log = (callfax_tiff_log *)user;
    if (log->errors++ == 0) {
        log->first_errno = errno;
        vsnprintf(log->first_error, sizeof log->first_error, format, arguments);
    }
    return 1;
}

static int callfax_tiff_on_warning(TIFF *tiff, void *user, const char *module, const char *format, va_list arguments) {
    (void)tiff;
    (void)module;
    callfax_tiff_log *log = (callfax_tiff_log *)user;
    if (log->warnings++ == 0) vsnprintf(log->first_warning, sizeof log->first_warning, format, arguments);
    return 1;
}

/// Opens a descriptor, which the handle owns from then on, with handlers of its own and a bound on one allocation.
/// NULL, and the descriptor still the caller's, where libtiff can't.
CALLFAX_MUST_USE TIFF *callfax_tiff_open(int fd, const char *name, const char *mode, callfax_tiff_log *log) {
    TIFFOpenOptions *options = TIFFOpenOptionsAlloc();
    if (!options) return NULL;
    TIFFOpenOptionsSetMaxSingleMemAlloc(options, 256 << 20);
    TIFFOpenOptionsSetErrorHandlerExtR(options, callfax_tiff_on_error, log);
    TIFFOpenOptionsSetWarningHandlerExtR(options, callfax_tiff_on_warning, log);
    TIFF *tiff = TIFFFdOpenExt(fd, name, mode, options);
    TIFFOpenOptionsFree(options);
    return tiff;
}

// SHORT
CALLFAX_MUST_USE int callfax_tiff_set_short(TIFF *tiff, uint32_t tag, uint16_t value) {
    return TIFFSetField(tiff, tag, (int)value);
}

// SHORT with libtiff's default where the tag is absent
static inline uint16_t callfax_tiff_short(TIFF *tiff, uint32_t tag, uint16_t otherwise) {
    uint16_t value = otherwise;
    return TIFFGetFieldDefaulted(tiff, tag, &value) ? value : otherwise;
}

// LONG
CALLFAX_MUST_USE int callfax_tiff_set_long(TIFF *tiff, uint32_t tag, uint32_t value) {
    return TIFFSetField(tiff, tag, value);
}

static inline uint32_t callfax_tiff_long(TIFF *tiff, uint32_t tag, uint32_t otherwise) {
    uint32_t value = otherwise;
    return TIFFGetFieldDefaulted(tiff, tag, &value) ? value : otherwise;
}

// The codec's own switch, an int that is never written to the file
CALLFAX_MUST_USE int callfax_tiff_set_fax_mode(TIFF *tiff, int mode) {
    return TIFFSetField(tiff, TIFFTAG_FAXMODE, mode);
}

// RATIONAL, passed as double and read as float
CALLFAX_MUST_USE int callfax_tiff_set_rational(TIFF *tiff, uint32_t tag, double value) {
    return TIFFSetField(tiff, tag, value);
}

static inline double callfax_tiff_rational(TIFF *tiff, uint32_t tag, double otherwise) {
    float value = 0;
    return TIFFGetField(tiff, tag, &value) ? (double)value : otherwise;
}

// ASCII
CALLFAX_MUST_USE int callfax_tiff_set_text(TIFF *tiff, uint32_t tag, const char *value) {
    return TIFFSetField(tiff, tag, value);
}

// Two SHORTs
CALLFAX_MUST_USE int callfax_tiff_set_page_number(TIFF *tiff, uint16_t index, uint16_t total) {
    return TIFFSetField(tiff, TIFFTAG_PAGENUMBER, (int)index, (int)total);
}

// Swift's Glibc module leaves malloc.h out.
static inline void callfax_return_free_memory(void) {
#ifdef __GLIBC__
    mallopt(M_ARENA_MAX, 1);
    mallopt(M_MMAP_THRESHOLD, 1 << 20);
    mallopt(M_TRIM_THRESHOLD, 2 << 20);
#endif
}

#endif
