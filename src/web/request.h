/* request.h - one request as a handler sees it: who asks, what for, and where the answer goes. */
#ifndef MERIT_WEB_REQUEST_H
#define MERIT_WEB_REQUEST_H

#include "access/who.h"
#include "base/html.h"
#include "entity/ctx.h"
#include "web/page.h"

struct site;
struct request {
	struct ctx *c; /* this thread's; its arena and problems are the request's, its actor is who asks */
	const struct site *site;
	const struct page *page;
	const struct who *who; /* NULL: nobody is signed in (PAGE_PUBLIC) */
	const struct lang *lang;
	struct arena *arena; /* lives until the answer has been sent, over all threads that the request passes */
	struct html html;    /* the body */
	void *face;          /* the frame's own */
	int status;          /* 200 unless set */
	struct request_inside *inside;
};

/* ---- what came ---- */
const char *request_method(const struct request *q);                 /* "GET" (also for HEAD), "POST", … */
struct str request_target(const struct request *q);                  /* path and query as they came */
struct str request_param(const struct request *q, const char *name); /* of path or query; empty: absent */
int64_t request_number(const struct request *q, const char *name);   /* PARAM_NUMBER; 0: absent */
date request_date(const struct request *q, const char *name);        /* PARAM_DATE; DATE_NONE: absent */
bool request_flag(const struct request *q, const char *name);
/* A field of the form; empty: absent. Of several of one name the last; request_forms() gives all in order. */
struct str request_form(const struct request *q, const char *name);
struct pair {
	struct str name, value;
};
const struct pair *request_forms(const struct request *q, size_t *ret_n);
const struct pair *request_asked(const struct request *q, size_t *ret_n); /* after the question mark, in order */
bool request_posted(const struct request *q); /* draw() follows a write() that found problems */
/* A file that was sent (PAGE_UPLOAD), in the spool until the answer is sent; false: none. */
struct upload {
	struct str filename; /* only its last part, cleaned */
	const char *path;
	size_t size;
};
bool request_upload(const struct request *q, const char *name, struct upload *ret);
struct str request_body(const struct request *q); /* API: the JSON text, up to 1 MB */
struct str request_header(const struct request *q, const char *name);
struct str request_cookie(const struct request *q, const char *name);
struct str request_address(const struct request *q); /* of the peer, for throttling; never logged */

/* Hidden fields of each form: what anti-forgery asks for, and the mark by which a form sent twice is known. */
#define FORM_TOKEN "form_token"
#define FORM_ONCE "form_once"
/* The value of FORM_TOKEN for who reads this page; on pages without sign-in too. */
struct str request_form_token(struct request *q);
/* What the action before this page said by request_tell(); empty: nothing. Asked by the frame, and then forgotten. */
struct str request_told(struct request *q);

/* ---- what goes back ---- */
/* 303 to an address of ours, by url_addf()'s directives. */
void request_see(struct request *q, const char *fmt, ...);
/* The same to an address as it came to us, path and query; anything but a path of ours leads to "/". */
void request_see_again(struct request *q, struct str address);
/* Said once on the next page: "Saved. Receipt 4,211." Already translated text. */
void request_tell(struct request *q, const char *text);
void request_type(struct request *q, const char *type);   /* else text/html; charset=utf-8 */
void request_save_as(struct request *q, struct str name); /* a download */
void request_set_header(struct request *q, const char *name, struct str value);
/* life in seconds; 0: until the browser closes; negative: forget it. HttpOnly, SameSite=Lax (strict for sessions), and
 * Secure behind TLS. */
void request_set_cookie(struct request *q, const char *name, struct str value, int life);
/* Long answers in pieces (arg is the request): goes to a file above 1 MB. */
enum err request_write(void *q, struct str bytes);
/* This answer shows confidential fields of these people: it is sent only once that is written down. kind: what was
 * read, a code such as "file" or "rating". */
void request_noted(struct request *q, int64_t person, const char *kind);
/* What write() hands to the draw() that may follow, and prepare() to write(); of the request's arena. */
void request_keep(struct request *q, void *kept);
void *request_kept(const struct request *q);

#endif
