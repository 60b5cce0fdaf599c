/* site.h - what is served: the pages, who keeps the door, what refusals look like; and the server over them.
 *
 * Threads as the architecture says: two loops (epoll, one listener each with SO_REUSEPORT) that parse, check the row
 * and draw quick pages, each with its own read connection; one writer with group commit; a pool for slow work. A
 * request waits suspended, never on a thread.
 */
#ifndef MERIT_WEB_SITE_H
#define MERIT_WEB_SITE_H

#include "web/request.h"

/* People whose confidential fields an answer shows. */
struct noted {
	int64_t person;
	const char *kind;
};

/* Who keeps users, sessions and the book of readers. Each runs in a transaction of the caller: find() reads, the others
 * write. */
struct gate {
	/* E_DENIED: nobody (no, unknown or ended session or token). cookie: the value of the session cookie; bearer: of
	 * the Authorization header. Result in c->arena. */
	enum err (*find)(struct ctx *c, struct str cookie, struct str bearer, struct who **ret);
	enum err (*note)(struct ctx *c, const struct who *w, const struct noted *n, size_t count, const char *page);
	/* The session was used: at most once in five minutes. */
	enum err (*touch)(struct ctx *c, const struct who *w);
	/* A form that was sent before: *ret_to is where it led. E_MISSING: not yet. keep: remembers it. */
	enum err (*sent)(struct ctx *c, const struct who *w, struct str once, struct str *ret_to);
	enum err (*sent_keep)(struct ctx *c, const struct who *w, struct str once, struct str to);
	/* A form that came when the session of this cookie had ended: kept for its user, who finds it by the key (then
	 * in a cookie) after signing in. E_MISSING: the cookie never was a session's, nothing is kept. */
	enum err (*draft_keep)(struct ctx *c, struct str cookie, struct str path, struct str form, struct str *ret_key);
};

struct asset {
	const char *path; /* "/assets/style.<hash>.css": for ever cacheable */
	const char *name; /* "style.css": by which pages ask for it */
	const char *type;
	const unsigned char *bytes;
	size_t size;
};

extern const struct asset site_assets[]; /* the folder assets/, put into the program by the build */

struct site {
	const struct page *const *pages; /* arrays, each ended by a row without path; NULL-terminated */
	const struct gate *gate;
	const struct asset *assets; /* ended by a row without path */
	/* Draws the page of a refusal: 400, 403, 404, 405, 409, 413, 422, 429, 431, 500, 503. q->who may be NULL. Words
	 * in c->problems or fault_text() only where the answer says so; a fault shows a number to quote, never its
	 * text. */
	void (*refuse)(struct request *q, int status, const char *what);
	const char *sign_in; /* path of the sign-in page; it may send on to ?next=, checked by site_next() */
	/* Computes what many pages need, in the pool: when the server has started and when a day begins. What goes
	 * wrong is met again by the page that needs it. NULL: nothing. */
	void (*warm)(struct ctx *c);
	/* Path of the page for who->must_change: the only one that is then open beside PAGE_PUBLIC ones; NULL: none. */
	const char *must_change;
	void *arg; /* the program's own: what pages need beside the ctx (rounds' kinds) */
};
const char *site_asset(const struct site *s, const char *name); /* its path; bug() when there is none */
/* The page at a path and what stands in its braces; NULL: none. */
const struct page *site_page(const struct site *s, struct str path);

/* The part after ?next= when it is the path of a page of ours, else "/". */
struct str site_next(const struct site *s, struct str next);

/* Cookies that the server itself knows. COOKIE_SESSION is handed to gate->find(). */
#define COOKIE_SESSION "session" /* strict */
#define COOKIE_DRAFT "draft"     /* the key of gate->draft_keep() */
#define COOKIE_FORM "form"       /* the token of forms that nobody needs to sign in for */
#define COOKIE_TOLD "told"       /* request_tell() */
#define COOKIE_LANG "lang"       /* the tag chosen before signing in */

struct server;
struct server_ask {
	const struct site *site;
	struct ctx *c;          /* opened for writing; the server's until server_stop() */
	const char *listen;     /* "127.0.0.1:8080", "[::1]:0" */
	bool tls_before;        /* a proxy speaks TLS: HSTS and Secure cookies */
	const char *access_log; /* file; NULL: stderr. Time, method, page row (never values), status, bytes, ms */
	unsigned loops, pool;   /* 0: two each */
	/* Opens the rules again in a ctx, after somebody else loaded other ones. */
	enum err (*reread)(struct ctx *c);
};
MUST_CHECK enum err server_start(const struct server_ask *ask, struct server **ret);
const char *server_address(const struct server *s); /* "http://127.0.0.1:8080" */
void server_stop(struct server *s);                 /* takes no more, finishes what runs (ten seconds), frees */

#endif
