/* enter.h - entering, changing and correcting a record on a page: one course for all. Inner to the files of the face.
 *
 * The form; when nothing is wrong with it, the same again as answers to be checked, with what it would change; then it
 * is saved. Each step stands in the reader's draft, so that a broken line loses nothing. What somebody else wrote since
 * the form was drawn is shown beside what is typed, to be chosen field by field.
 */
#ifndef MERIT_FACE_ENTER_H
#define MERIT_FACE_ENTER_H

#include "face/face.h"

enum entering_kind {
	ENTER_THING,   /* /list/{name}/new */
	ENTER_CHANGE,  /* /list/{name}/{key}/change */
	ENTER_FACT,    /* /enter/{name}/{key} */
	ENTER_CORRECT, /* /enter/{name}/{key}/{fact} */
};
#define HOW_CHANGED "changed" /* of FORM_HOW */
#define HOW_WRONGLY "wrongly"
#define HOW_NEVER "never"

/* Two writers: what stood when the form was drawn, and what stands now. */
struct conflict {
	const struct record *before, *theirs;
};

/* A repeated part of a thing, typed inside its form. */
struct child {
	const struct record *old; /* NULL: a new one */
	struct record *r;
};

struct entering {
	enum entering_kind kind;
	const struct entity *e, *thing; /* the record's; of the page that it belongs to */
	int64_t id;                     /* of the thing; 0: a new one */
	struct str key, name;           /* of the thing */
	bool closed;                    /* confidential fields are in the form */
	int64_t seen;                   /* the position from which the form was drawn */
	const struct record *old;       /* what stands now: the version or fact; NULL: nothing */
	const struct record *shown;     /* as it stood when the form was drawn */
	struct record *r;               /* as typed, on top of what holds on its day */
	const struct record *base;      /* what holds on its day before it; NULL: nothing, or a new fact */
	struct str how, why;
	struct child *children; /* those that differ from what stands */
	size_t nchildren;
};

/* Resolves the page's path within the reader's reach: E_MISSING. */
MUST_CHECK enum err entering_read(struct request *q, enum entering_kind kind, struct entering *ret);
/* What was typed, into s->r. E_INVALID: c->problems. */
MUST_CHECK enum err entering_typed(struct request *q, struct entering *s);
/* Whether somebody wrote the same record since the form was drawn. */
bool entering_conflict(const struct entering *s, struct conflict *ret);
/* The open fields in which two rows differ, or all that are set where there is only one. */
bool entering_differs(const struct entering *s, int field, const struct record *a, const struct record *b);

/* Notes that the page shows what stands in a row of the thing, where confidential fields are among it. NULL: nothing.
 */
void entering_note(struct request *q, const struct entering *s, const struct record *r);
void entering_frame(struct request *q, const struct entering *s, const char *title);

/* form_children.c: the repeated parts below the form of a thing, and what was typed into them, into s->children.
 * E_INVALID: c->problems. */
MUST_CHECK enum err form_children(struct request *q, const struct entering *s, date on);
MUST_CHECK enum err form_children_read(struct request *q, struct entering *s);

/* check_answers.c: what was typed, what it changes, and the button that saves it. */
MUST_CHECK enum err check_answers(struct request *q, struct entering *s);
/* conflict.c */
void conflict_draw(struct request *q, const struct entering *s, const struct conflict *x);

#endif
