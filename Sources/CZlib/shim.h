#ifndef CALLFAX_CZLIB_SHIM_H
#define CALLFAX_CZLIB_SHIM_H

#include <zlib.h>

#endif
