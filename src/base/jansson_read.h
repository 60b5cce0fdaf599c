/* jansson_read.h - jansson beside our own writer: three names that both have are jansson's makers, which nobody here
 * calls. */
#ifndef MERIT_BASE_JANSSON_READ_H
#define MERIT_BASE_JANSSON_READ_H

#define json_object jansson_object
#define json_array jansson_array
#define json_null jansson_null
#include <jansson.h>
#undef json_object
#undef json_array
#undef json_null

#endif
