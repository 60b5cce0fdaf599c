/* attr.h - compiler attributes under short names; gcc and clang accept all of them. */
#ifndef MERIT_BASE_ATTR_H
#define MERIT_BASE_ATTR_H

#include <stddef.h>

#define CLEANUP(fn) __attribute__((cleanup(fn)))
#define MUST_CHECK __attribute__((warn_unused_result))
#define PRINTF(fmt, args) __attribute__((format(printf, fmt, args)))
#define UNUSED __attribute__((unused))
/* The name for the linker, where a library that we use has a function of the same name: without it, that library would
 * call ours. */
#define LINKED_AS(name) __asm__(name)

/* How many elements a true array has. */
#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

/* Marks a text that people read, so that gettext's tools find it. */
#define N_(text) text

#endif
