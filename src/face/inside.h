/* inside.h - what the files of the face share with each other. */
#ifndef MERIT_FACE_INSIDE_H
#define MERIT_FACE_INSIDE_H

#include "face/face.h"

/* What one page keeps while it is drawn: request->face. */
struct drawing {
	bool first_open; /* the sheet of frame_begin() is open: the page's help goes to its end */
	bool printed;
	struct str title, of;       /* of the page; what it is about: the last crumb that is no list */
	const char *heading;        /* of the sheet that was opened last */
	int depth;                  /* open sheets */
	int tables, ids;            /* numbers of captions and of what else wants an id */
	const struct head *stacks;  /* of the open table, when a phone puts its cells under each other; else NULL */
	size_t nstacks, column;     /* of its heads; of the open row */
	struct form form;           /* that is open */
	const struct entity *asked; /* whose fields its problems are of; NULL: of none */
	bool draft_read;
	const struct pair *draft; /* a draft that is gone on with: what was typed then */
	size_t ndraft;
	struct name_kept *names; /* of records, as read for this page */
};
struct drawing *drawing_of(struct request *q);

void frame_help(struct request *q); /* at the end of the first sheet */

/* ---- addresses ---- */
struct str address_path(const struct request *q); /* of this request, without its query */
/* This request's address without some of its parameters and with others: names ended by NULL; empty values are left
 * out. Percent-encoded; not escaped for HTML. */
struct str address_with(struct request *q, const char *const *without, const struct pair *with, size_t n);
/* What part_page_key() reads back from the parameter "after". */
struct str part_page_text(struct request *q, const struct list_key *k);
struct str address_of(struct request *q, const char *fmt, ...); /* url_addf() into the arena */

/* ---- forms ---- */
#define FORM_STEP "form_step"   /* "check": show what would be saved; "save" */
#define FORM_SEEN "form_seen"   /* the position that the form was drawn from */
#define FORM_HOW "form_how"     /* of a thing: "changed" or "wrongly" */
#define FORM_WORDS "form_words" /* what a draft is of, for its writer */
#define FORM_PATH "form_path"   /* where the draft of a form is gone on with */
/* What was typed, now or in the draft that is gone on with. False: nothing, so the value that stands is shown. */
bool form_typed(struct request *q, const char *name, struct str *ret);
/* draft.c: reads the draft that ?draft= asks for; and tells of one that was begun before. */
void form_draft_read(struct request *q);
void form_draft_note(struct request *q);
/* One field of an entity as a control. */
void form_field(struct request *q, const struct record *r, int field, date on);
/* The day of a fact or version, and the last one of a SERIES that states it. */
void form_days(struct request *q, const struct record *r);
MUST_CHECK enum err form_days_read(struct request *q, struct record *r);
bool form_states_day(const struct entity *e); /* it has a day of its own to be typed */
/* What the day of a fact or version is called. */
const char *day_words(struct request *q, const struct entity *e);
/* "Filed on" of "filed_on"; through say(), where a translation has it. */
const char *column_words(struct request *q, const char *column);

/* ---- words ---- */
#define SAY(q, text) say((q)->lang, text)
/* "confidential" and other tags of the sort that stand inside a line. */
void part_closed(struct request *q);
struct str text_of(struct request *q, const struct buf *b); /* a copy in the request's arena */
/* What stands before the sign, which goes out of *rest with it; all of it where there is none. */
struct str text_until(struct str *rest, char end);

/* ---- entities ---- */
const struct home *face_home(const struct request *q, const struct entity *e); /* NULL: the generic pages */
struct str face_address_key(struct request *q, const struct entity *e, struct str key);
struct str face_list_address(struct request *q, const struct entity *e);
/* What the page of its list is called: "People". */
const char *face_list_words(struct request *q, const struct entity *e);
/* The entity that the page's {name} names, which the reader may see at all. E_MISSING. */
MUST_CHECK enum err face_entity(struct request *q, const struct entity **ret);
bool face_may_see_any(const struct request *q, const struct entity *e);
bool face_may_write_any(const struct request *q, const struct entity *e);
/* After face_may_write(): whether it is the writer's own file, or that of the one in whose place they would write. */
MUST_CHECK enum err face_writes_own(struct request *q, const struct entity *e, int64_t key, bool *ret);
right_t face_right(const struct entity *e); /* to see it: its owner's too */
/* The record that {key} names, within reach. E_MISSING. */
MUST_CHECK enum err face_key(struct request *q, const struct entity *e, struct str key, int64_t *ret);
/* The records whose words these are, within reach: at most `most`, and whether there are more of them there. Of very
 * common words only the first thousand are looked at. */
MUST_CHECK enum err face_search(struct request *q, const struct entity *e, struct str words, int64_t *ret, size_t most,
				size_t *ret_n, bool *ret_more);
#define TYPE_IS_NUMBER(t) ((t) == T_INT || (t) == T_PERCENT || (t) == T_MONEY)
bool field_drawn(const struct field *f, bool may_closed); /* not retired, not hidden */

/* ---- pages and panels, as pages.c lists them ---- */
typedef enum err page_half(struct request *q);
/* clang-format off */
page_half desk_draw, language_write, find_page_draw, help_page_draw, help_page_words;
page_half lists_page_draw, lists_page_send, list_page_draw, list_sheet_draw, view_draw, view_write;
page_half record_page_draw, draft_draw, draft_write;
page_half enter_page_new, enter_page_new_write, enter_page_change, enter_page_change_write;
page_half enter_page_fact, enter_page_fact_write, enter_page_correct, enter_page_correct_write;
page_half upload_page_draw, upload_page_prepare, upload_page_write;
page_half taken_page_draw, taken_page_write, taken_page_problems;
/* clang-format on */
MUST_CHECK enum err draft_panel(struct request *q, int64_t id);
MUST_CHECK enum err upload_panel(struct request *q, int64_t id);
MUST_CHECK enum err proof_page_panel(struct request *q, int64_t id);
extern const struct entity draft_entity, saved_view_entity, upload_entity;

#endif
