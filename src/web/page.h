/* page.h - a page is a row: its address, who may see it, what it reads and what it does. */
#ifndef MERIT_WEB_PAGE_H
#define MERIT_WEB_PAGE_H

#include "access/right.h"
#include "base/attr.h"
#include "base/error.h"

#include <stddef.h>

struct request;

/* clang-format off */
enum page_flags {
	PAGE_PUBLIC      = 1 << 0, /* without signing in */
	PAGE_API         = 1 << 1, /* answers JSON; refusals are problem details; a token in the header, no form's */
	PAGE_SLOW        = 1 << 2, /* draw() computes for long: it runs in the pool */
	PAGE_ALONE       = 1 << 3, /* write() has transactions of its own: the writer runs it between two groups */
	PAGE_UPLOAD      = 1 << 4, /* takes files: the body goes to the spool, up to 64 MB */
	PAGE_SECRET      = 1 << 5, /* passwords: its form is never kept as a draft */
	PAGE_HASHING     = 1 << 6, /* prepare() hashes a password: two at a time, with a page that tells the wait */
	PAGE_OWN_READING = 1 << 7, /* prepare() begins and ends its own read transactions */
};
/* clang-format on */

enum param_kind { PARAM_TEXT, PARAM_CODE, PARAM_NUMBER, PARAM_DATE, PARAM_FLAG };
/* What stands in braces in the path, or after the ? of the address. One that does not parse is answered 400 with words
 * before any handler runs; in a path: 404. Empty values count as absent. */
struct page_param {
	const char *name;
	enum param_kind kind;
	size_t most; /* characters; 0: 200 */
};

struct page {
	const char *path;  /* "/people/{person}" */
	const char *title; /* N_(…) */
	/* GET, with an own read transaction. After a write() that found problems it draws the form again:
	 * request_form() gives what was typed, c->problems what is wrong. */
	enum err (*draw)(struct request *q);
	/* POST (API: the row's method), on the writer's thread inside a savepoint.
	 * E_OK: the page named by request_see() is next (303). E_INVALID: drawn again with 422. E_CONFLICT: drawn again
	 * with 409.
	 */
	enum err (*write)(struct request *q);
	/* Before write(), in the pool: what computes but does not write (hashing, parsing an upload). NULL: nothing. */
	enum err (*prepare)(struct request *q);
	right_t see, act; /* to draw; to write (0 in a row with write(): as see) */
	unsigned flags;
	const char *method;              /* of write() in a row of PAGE_API: "PATCH"; NULL: POST */
	const struct page_param *params; /* ended by a row without name; NULL: none */
	const char *nav;                 /* N_(…): words in the side list; NULL: not there */
	const char *help;                /* N_(…): three sentences: what it is for, what to do, what happens then */
	const char *example;             /* N_(…) */
	const char *article;             /* regulation or requirement id that it serves; NULL: none */
};

#endif
