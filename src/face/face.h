/* face.h - what generic pages look like, and what a module gives so that its things appear on them. */
#ifndef MERIT_FACE_FACE_H
#define MERIT_FACE_FACE_H

#include "face/form.h"
#include "face/frame.h"
#include "face/part.h"
#include "web/site.h"

/* A part that one module adds to the page of an earlier one, or to a page of the face: "desk", or an entity's name. */
struct panel {
	const char *on;
	const char *title; /* N_; its own sheet's heading */
	right_t see;       /* of an entity's page: within the reader's reach of that record */
	bool aside;        /* in the narrow column */
	/* id: the record; of the desk 0. Draws inside an open sheet. Draws nothing at all: the sheet is left out. */
	enum err (*draw)(struct request *q, int64_t id);
};

/* Where a THING's own pages are, when not the generic ones. */
struct home {
	const struct entity *of;
	const char *list; /* "/people" */
	const char *one;  /* "/people/%s": its key */
};

/* What a change of a record would change elsewhere: due dates, a sealed round that saw otherwise. Shown before it is
 * saved. Draws inside an open sheet; nothing at all: it has no consequence. old NULL: a new fact. */
struct consequence {
	const struct entity *of;
	enum err (*draw)(struct request *q, const struct record *old, const struct record *new);
	/* Buttons beside "Save" that do one thing more, named FORM_ALSO with a value of the module's; and doing it, in
	 * the entry that saves. Both NULL: there is none. */
	enum err (*offer)(struct request *q, const struct record *old, const struct record *new);
	enum err (*also)(struct request *q, const struct record *old, const struct record *saved, struct str value);
};
#define FORM_ALSO "form_also"

/* Words that a newcomer asks about, for /help/words. */
struct word {
	const char *word, *means; /* N_ */
};

struct round_kind;
/* The site's `arg`. */
struct face {
	const struct registry *registry;
	const struct panel *const *panels; /* arrays, each ended by a row without `on`; NULL-terminated */
	const struct home *const *homes;   /* arrays, each ended by a row without `of`; NULL-terminated */
	const struct round_kind *const *rounds;
	/* Whether a right to see is needed for one record beyond entity->see: the reader's own file. NULL: none. */
	bool (*own)(const struct who *w, const struct entity *e, int64_t key);
	const struct consequence *const *consequences; /* arrays, each ended by a row without `of`; NULL-terminated */
	const char *const
		*side; /* paths of the side list in its order, others follow; NULL-terminated. NULL: as they come */
	const struct entity *const *found; /* what /find looks through first; other things follow; NULL-terminated */
	/* Further places that /find asks, such as numbers of rounds and papers: draws <li> items of at most `most` and
	 * counts them; *ret_only is the address when exactly one fits. NULL: none. */
	enum err (*find)(struct request *q, struct str words, size_t most, size_t *ret_n, struct str *ret_only);
	/* The office in the page's head; empty: none. NULL: none. */
	enum err (*office)(struct ctx *c, struct str *ret);
	/* The name of a user, by whom an entry was written. NULL: "user 7". */
	enum err (*user)(struct ctx *c, int64_t user, struct str *ret);
	/* The own file of a user; 0: none. NULL: nobody has one. */
	enum err (*person)(struct ctx *c, int64_t user, int64_t *ret);
	/* Keeps a language in the user's settings; NULL: the cookie alone. Inside write(). */
	enum err (*set_lang)(struct ctx *c, const struct who *w, struct str tag);
	const char *sign_out, *settings; /* paths: POST; GET. NULL: there is none */
	const struct word *words;        /* ended by a row without word; NULL: the face's own alone */
};
const struct face *face_of(const struct request *q);

/* Whether the reader may see (or write) this record: the entity's right within reach; the own file is seen, and written
 * by others only. Answers E_OK or
 * E_MISSING (never E_DENIED: what is outside the reach does not exist for the reader). closed: may the confidential
 * part be read. */
MUST_CHECK enum err face_may_see(struct request *q, const struct entity *e, int64_t key, bool *ret_closed);
MUST_CHECK enum err face_may_write(struct request *q, const struct entity *e, int64_t key);
/* A new one, which stands nowhere yet. E_MISSING. */
MUST_CHECK enum err face_may_make(struct request *q, const struct entity *e);
/* The address of a record's page; empty: it has none. */
struct str face_address(struct request *q, const struct entity *e, int64_t id);
/* The panels of a page, in the order of the modules: first the wide ones, then the narrow. */
MUST_CHECK enum err face_panels(struct request *q, const char *on, int64_t id, bool aside);

/* The generic pages:
 *   /                         the desk: panels on "desk"
 *   /find?q=                  people, posts, rounds and papers by words or numbers
 *   /help                     every page of this reader with its three sentences; /help/words: the glossary
 *   /list                     every list of this reader
 *   /list/{name}              list of an entity: filters, order, saved views, spreadsheet
 *   /list/{name}/new          a new THING;     /list/{name}/{key}: one, with its facts, panels and history
 *   /list/{name}/{key}/change "it changed on" or "it was recorded wrongly", check, save; conflict page
 *   /enter/{name}/{key}       a new fact of an owner;  /enter/{name}/{key}/{fact}: the same fact corrected
 *   /upload, /upload/{name}   spreadsheet: preview with row-numbered problems, then all or nothing
 *   /views, /draft            saved views; drafts
 *   /api/v1/…                 the same as REST; /api/v1/openapi.json
 *   /sheet/{name}             the list as a spreadsheet;  /language: POST, another language
 */
extern const struct page face_pages[];
extern const struct page api_pages[];
/* What api_pages[] answer, as OpenAPI 3.1. */
void api_openapi(const struct registry *r, struct arena *a, struct buf *out);
/* Rounds of every kind, the rules and their versions, and proof: /rounds, /rules, /proof and below. */
extern const struct page decision_pages[];
extern const struct panel
	face_panel_rows[]; /* on the desk: drafts, the last spreadsheet, the last proof; ended by a row without `on` */
/* Records of the face's own, all PLAIN: draft, saved_view, upload. NULL-terminated. */
extern const struct entity *const face_entities[];

#endif
