/* inside.h - what the files of web share: the server, its threads, and the inside of a request.
 *
 * A request is owned by one thread at a time: a loop parses it and sends it; while it waits suspended it belongs to the
 * pool or to the writer, which give it back with loop_go() and touch it no more.
 */
#ifndef MERIT_WEB_INSIDE_H
#define MERIT_WEB_INSIDE_H

#include "base/problem.h"
#include "store/writer.h"
#include "web/clockwork.h"
#include "web/pairs.h"
#include "web/site.h"
#include "web/target.h"

#include <microhttpd.h>
#include <pthread.h>
#include <stdatomic.h>

/* Limits: bytes unless said otherwise. */
#define LIMIT_HEAD (12 << 10)
#define LIMIT_TARGET 4096
#define LIMIT_FORM (1 << 20)
#define LIMIT_UPLOAD (64 << 20)
#define LIMIT_FRAMES (64 << 10)      /* what stands between the parts of a form with files */
#define LIMIT_DRAIN (64 << 20)       /* a body too large is read away up to this, so that its sender reads the answer */
#define LIMIT_BODIES (64 << 20)      /* in memory while they come, of all requests together */
#define LIMIT_PAIRS 2000             /* fields of a form */
#define LIMIT_QUERY 100              /* parameters of an address */
#define LIMIT_CONNECTIONS 1000       /* a loop */
#define LIMIT_ADDRESS 500            /* connections of one address at a loop */
#define LIMIT_KEPT 250               /* connections, of all loops: above it none is kept for a next request */
#define LIMIT_ARENA (8 << 20)        /* a page that takes more is drawn in a pool from then on */
#define LIMIT_ARENA_QUICK (64 << 20) /* more ends the process, and no page may do that to all others */
#define LIMIT_ARENA_SLOW (512 << 20)
#define LIMIT_IN_MEMORY (1 << 20) /* of an answer; more goes to a file */
#define GZIP_LEAST 1024

/* ---- one thread's reading ---- */
struct reader {
	struct server *server;
	struct ctx *c;
	struct arena *arena; /* the ctx's own, while no request has it */
	struct problems *problems;
	struct txn txn;
	int64_t head, rules; /* positions seen */
	bool own_rules;
};
MUST_CHECK enum err reader_open(struct reader *r, struct server *s, bool quick);
void reader_close(struct reader *r);
/* Begins a reading: one state, today, the rules of now. Until reader_end() the ctx is the request's, if any. */
MUST_CHECK enum err reader_begin(struct reader *r, struct request *q);
void reader_end(struct reader *r, struct request *q);
/* Lends a ctx to a request, without a transaction. */
void reader_lend(struct reader *r, struct request *q);
/* Opens the rules again where they are not those of the store. Inside or outside a transaction. */
MUST_CHECK enum err reader_rules(struct reader *r);

/* ---- the pool ---- */
struct pool;
typedef void pool_work(struct reader *r, struct request *q);
MUST_CHECK enum err pool_start(struct server *s, unsigned threads, size_t most, bool quick, struct pool **ret);
/* False: too many wait. */
bool pool_post(struct pool *p, pool_work *work, struct request *q);
/* How long somebody who comes now would wait, in seconds. */
unsigned pool_wait(struct pool *p);
void pool_stop(struct pool *p); /* finishes what is queued */

/* ---- the server ---- */
struct loop {
	struct server *server;
	struct MHD_Daemon *daemon;
	int fd; /* listens; -1: the library has it */
	struct reader reader;
	struct request_inside *spare; /* ended requests, whose memory is used again */
	size_t nspare;
	struct squeeze *squeeze;
};

#define TOUCHED (1 << 16)
struct server {
	const struct site *site;
	struct server_ask ask;
	const struct routes *routes;
	char address[128];
	struct ctx *c;         /* the writer's */
	struct reader writing; /* lends c */
	date turned;           /* the lists of today are of this day; the writer's */
	struct writer *writer;
	struct loop *loops;
	unsigned nloops;
	struct pool *slow, *watched, *hashing; /* rows that say so; rows that proved so; passwords */
	struct squeezed *squeezed;
	struct pace *pace;
	struct access_log *log;
	struct clockwork *clockwork;
	struct arena arena; /* what lives as long as the server */
	const char *spool, *zone;
	bool demo;
	atomic_bool stopping, closed;      /* answers end their connection; no request is begun any more */
	atomic_int working;                /* handlers that run or are waited for */
	atomic_size_t held;                /* bytes of bodies that are coming */
	atomic_int active;                 /* requests between their first line and their last byte */
	_Atomic uint64_t touched[TOUCHED]; /* sessions whose use was written down lately */
};

void server_warm(struct server *s); /* has the pool compute what site->warm does */

/* ---- a request ---- */
typedef void request_step(struct request *q);
struct request_inside {
	struct request q; /* q.inside is this */
	struct server *server;
	struct loop *loop;
	struct MHD_Connection *connection;
	struct arena arena;
	struct problems problems;
	struct buf out, zipped;      /* the answer */
	struct request_inside *next; /* among the spare */
	int64_t begun;               /* microseconds of the monotonic clock */
	const char *place, *fault;   /* of the fault that ends it */
	request_step *then;          /* what the loop does when it wakes */
	enum err answer;             /* of write(), prepare() or a note */
	/* what came */
	enum method method;
	const char *method_name;
	struct str target, path, query;
	struct pairs params, asked, form, cookies; /* of the path; after the ?; the body; the header */
	struct body_reader *body;
	struct str json;
	size_t taken, length, held; /* bytes of the body: so far, announced, in memory */
	const struct asset *asset;
	int refusal; /* status of a refusal that waits for the end of the body; 0: none */
	const char *refusal_words;
	bool headed, last, queued, posted, cookies_read, closing;
	bool later;        /* drawn anew by one who may take long */
	const char *allow; /* methods of the path, where the one that came is none of them */
	/* what goes back */
	struct pairs headers;
	const char *type;
	struct str see;
	const char *told;
	struct noted *notes;
	size_t nnotes, notes_cap;
	int file; /* of a long answer, or -1 */
	size_t file_size;
	void *kept;
	size_t sent; /* bytes of the body, for the log */
};
struct request_inside *request_new(struct loop *l);
void request_free(struct request_inside *in); /* kept among the spare while they are few */
void request_free_spare(struct loop *l);

/* loop.c */
enum MHD_Result loop_handle(void *cls, struct MHD_Connection *c, const char *url, const char *method,
			    const char *version, const char *data, size_t *size, void **con_cls);
void *loop_target(void *cls, const char *uri, struct MHD_Connection *c);
void loop_connected(void *cls, struct MHD_Connection *c, void **context, enum MHD_ConnectionNotificationCode code);
void loop_completed(void *cls, struct MHD_Connection *c, void **con_cls, enum MHD_RequestTerminationCode code);
void loop_link(struct request_inside *in, enum waiting what); /* for what its connection waits from now on */
void loop_wait(struct request *q);                   /* suspends; the request belongs to another thread from here on */
void loop_go(struct request *q, request_step *then); /* wakes it: the last that the other thread does */

/* handle.c: a request whose head and body are there. */
void handle_request(struct request *q);
void handle_draw(struct request *q); /* draws its page where that belongs, and sends it */
/* The pages of what went wrong; then the answer is ready. */
void refuse(struct request *q, int status, const char *what);
void refuse_err(struct request *q, enum err e);
void refuse_keep_fault(struct request *q); /* the thread's fault goes along */
/* On the loop: who asks is found once more, for the language of the page, and the answer goes. */
void refuse_and_send(struct request *q, enum err e);
/* draw.c: who asks, may they, and the page; or the refusal; or in->later. */
void draw_for(struct reader *r, struct request *q);
MUST_CHECK enum err draw_who(struct request *q);
int draw_door(struct request *q, right_t right, const char **ret_words); /* 0, or the status of the refusal */
void draw_sign_in(struct request *q, struct str next); /* leads to the sign-in page, and from there to next */
void writing_begin(struct request *q);                 /* writing.c */
void noting_then_send(struct request *q);              /* noting.c */
MUST_CHECK enum err request_spill(struct request *q);  /* respond.c: what is in memory goes to the answer's file */
/* answer.c: queues what is in the request. */
void answer_send(struct request *q);
void answer_clear(struct request *q); /* nothing has been drawn */
void answer_asset(struct request *q);
const struct asset *asset_at(const struct site *s, struct str path);

int64_t ticks_us(void); /* the monotonic clock */

#endif
