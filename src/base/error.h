/* error.h - answers and faults.
 *
 * A function that can fail returns `enum err`. An *answer* (invalid, denied, missing, conflict, busy, unknown) is
 * documented by that function and handled by its caller. A *fault* is raised once with FAULT(), which keeps file, line
 * and words in a text of the calling thread, and is passed up unchanged with TRY(). Only the outermost layer prints.
 */
#ifndef MERIT_BASE_ERROR_H
#define MERIT_BASE_ERROR_H

#include "base/attr.h"

/* name, HTTP status, exit status of the command line, problem type (RFC 9457), words */
#define ERR_LIST(X)                                                                                                    \
	X(OK, 200, 0, "about:blank", "done")                                                                           \
	X(INVALID, 422, 1, "invalid", "what was given cannot be accepted")                                             \
	X(DENIED, 403, 1, "denied", "not permitted")                                                                   \
	X(MISSING, 404, 1, "missing", "not found")                                                                     \
	X(CONFLICT, 409, 1, "conflict", "something else changed it first")                                             \
	X(USAGE, 400, 2, "usage", "the call is not of the right form")                                                 \
	X(BUSY, 503, 3, "busy", "somebody else is writing; try again")                                                 \
	X(UNKNOWN, 501, 3, "unknown", "this program cannot tell")                                                      \
	X(FAULT, 500, 3, "fault", "the surroundings failed")

enum err {
#define X(name, http, exit, type, words) E_##name,
	ERR_LIST(X)
#undef X
};

int err_http(enum err e);
int err_exit(enum err e);
const char *err_type(enum err e);  /* problem type, static text */
const char *err_words(enum err e); /* static text */

/* Raises a fault: remembers where and what for this thread; its value is E_FAULT, which every compiler can see. */
#define FAULT(...) (fault_raise(__FILE__, __LINE__, __VA_ARGS__), (enum err)E_FAULT)
void fault_raise(const char *file, int line, const char *fmt, ...) PRINTF(3, 4);

/* The same words for an answer that is no fault. */
#define ANSWER(answer, ...) ((void)FAULT(__VA_ARGS__), (answer))

/* The words of the thread's last fault, without file and line ("" when none); valid until the next one. */
const char *fault_text(void);
/* Where it was raised, "store/sqlite.c:120"; for logs. */
const char *fault_place(void);
/* Hands a fault to another thread: copy both texts there before the raising thread goes on. */
void fault_set(const char *place, const char *text);

/* Passes anything but E_OK up, unchanged. */
#define TRY(call)                                                                                                      \
	do {                                                                                                           \
		enum err try_err_ = (call);                                                                            \
		if (try_err_ != E_OK)                                                                                  \
			return try_err_;                                                                               \
	} while (0)

/* A mistake of ours, never of a user: prints and aborts. */
_Noreturn void bug(const char *fmt, ...) PRINTF(1, 2);

#endif
