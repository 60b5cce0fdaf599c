/* form.h - forms: one column, label above, hint, error beside the field; what was typed stays.
 *
 * form_begin() writes the anti-forgery token, the mark by which a form sent twice is known, and where its draft is
 * kept.
 */
#ifndef MERIT_FACE_FORM_H
#define MERIT_FACE_FORM_H

#include "entity/change.h"
#include "web/request.h"

struct form {
	bool upload; /* enctype multipart */
	bool quiet;  /* no draft: sign-in, passwords, filters */
	bool get;    /* a filter: method GET, no token */
};
void form_begin(struct request *q, const struct form *f, const char *fmt,
		...);                                 /* the action, by html_link()'s directives; empty: this page */
void form_end(struct request *q, const char *button); /* N_; NULL: the caller has written the buttons */
void form_button(struct request *q, const char *words, const char *name, const char *value, bool quiet);
void form_hidden(struct request *q, const char *name, struct str value);

/* Inside write(), when what was typed is saved: its draft goes. */
MUST_CHECK enum err form_done(struct request *q);
/* Inside write(): keeps what was typed as the reader's draft of this form, to be gone on with at its own path with
 * ?draft=NUMBER: how a step of several is finished (request_see()), and lost by no broken line. */
MUST_CHECK enum err form_keep(struct request *q, int64_t *ret_number);

/* One control with label, hint and its problem. The value shown is what was typed, else `value`. */
enum control { C_TEXT, C_NOTE, C_NUMBER, C_DATE, C_MONTH, C_CHECK, C_CHOICE, C_RADIO, C_SECRET, C_FILE, C_LOOKUP };
struct choice {
	struct str value, label;
};
struct control_ask {
	const char *name;  /* of the form's field; problems of this column stand beside it */
	const char *label; /* N_ */
	const char *hint;  /* N_; NULL */
	enum control kind;
	struct str value;
	bool required;
	const struct choice *choices; /* C_CHOICE, C_RADIO */
	size_t nchoices;
	int most;                 /* characters; 0: no limit told */
	const char *autocomplete; /* HTML's token; NULL: off */
};
void form_control(struct request *q, const struct control_ask *a);

/* Below a C_LOOKUP whose typed text is no key: the records whose words it is, each with its key. */
void form_suggest(struct request *q, const struct entity *of, const char *name);

/* The fields of an entity as controls (codes as choices, references looked up by key), children below them. Closed
 * fields only for who may. on: the day whose codes are offered. */
void form_record(struct request *q, const struct entity *e, const struct record *r, date on, bool may_closed);
/* What was typed into form_record()'s controls, laid over `r`. Problems go to c->problems, each with its field. */
MUST_CHECK enum err form_read(struct request *q, struct record *r, date on, bool may_closed);

#endif
