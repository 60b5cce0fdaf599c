/* attr.h - compiler attributes under short names; gcc and clang accept all of them. */
#ifndef MERIT_BASE_ATTR_H
#define MERIT_BASE_ATTR_H

#include <stddef.h>

#define CLEANUP(fn) __attribute__((cleanup(fn)))
#define MUST_CHECK __attribute__((warn_unused_result))
#define PRINTF(fmt, args) __attribute__((format(printf, fmt, args)))
#define UNUSED __attribute__((unused))

/* How many elements a true array has. */
#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

/* Marks a text that people read, so that gettext's tools find it. */
#define N_(text) text

#endif
