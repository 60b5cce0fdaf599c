/* target.h - the first line of a request: its method, its path, what is asked after the ?, and the row that they mean.
 */
#ifndef MERIT_WEB_TARGET_H
#define MERIT_WEB_TARGET_H

#include "base/text.h"

struct request_inside;

enum method { METHOD_GET, METHOD_HEAD, METHOD_POST, METHOD_PUT, METHOD_PATCH, METHOD_DELETE, METHOD_OTHER };
enum method target_method(const char *name);

/* Finds the row and reads the parameters: 0, or the status of the refusal with *ret_words. */
int target_read(struct request_inside *in, const char **ret_words);
/* Whether the parameters are as the row declares them: the same. */
int params_check(struct request_inside *in, const char **ret_words);
/* How a flag may be written; false: in none of these ways. */
bool params_flag(struct str s, bool *ret);

/* Percent-decoded, and + as a blank where `plus`; s itself where nothing needs decoding. False: a broken escape, a NUL
 * or bytes that are no UTF-8. */
bool target_decode(struct arena *a, struct str s, bool plus, struct str *ret);

#endif
