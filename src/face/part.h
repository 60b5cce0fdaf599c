/* part.h - the few parts that pages are made of, so that all pages look and read alike. The classes are those of
 * assets/README.md. Words marked N_ are translated here. */
#ifndef MERIT_FACE_PART_H
#define MERIT_FACE_PART_H

#include "entity/list.h"
#include "entity/read.h"
#include "web/request.h"

void sheet_begin(struct request *q, const char *heading); /* N_; NULL: none */
void sheet_end(struct request *q);
/* The next action: a sentence and one button, what it will do and cannot undo. Close with sheet_end(). */
void next_begin(struct request *q, const char *heading, ...) PRINTF(2, 3); /* N_ and what fills it in */

/* <dl class="facts"> */
void facts_begin(struct request *q);
void fact_begin(struct request *q, const char *label); /* then the value by html_… */
void fact_end(struct request *q);
void fact_text(struct request *q, const char *label, struct str value); /* all three */
void fact_int(struct request *q, const char *label, int64_t value);
void fact_date(struct request *q, const char *label, date value);
void facts_end(struct request *q);

enum tone { TONE_NOTE, TONE_GOOD, TONE_WAIT, TONE_BAD };
void tag(struct request *q, enum tone t, const char *words); /* N_; a sign goes with each tone */
void tag_text(struct request *q, enum tone t, struct str text);

/* With a NUL after it, for directives; in the request's arena. */
const char *terminated(struct request *q, struct str s);

/* Addresses by html_link()'s directives. */
void link_say(struct request *q, const char *words, const char *fmt, ...);
void link_text(struct request *q, struct str text, const char *fmt, ...);
void button_link(struct request *q, bool quiet, const char *words, const char *fmt, ...);

/* A table inside its own scroller; rows by row_begin() and cells. */
struct head {
	const char *words; /* N_ */
	const char *small; /* N_: the rule, the unit; NULL */
	bool number;       /* right-aligned figures */
	const char *sort;  /* the sort name of a list; NULL: not sortable */
};
void table_begin(struct request *q, const char *caption, const struct head *heads, size_t n);
/* Cells of sentences: where the window is narrow they stand under each other, each with its head. heads live until
 * table_end(). */
void table_begin_stacking(struct request *q, const char *caption, const struct head *heads, size_t n);
void row_begin(struct request *q);
void cell_begin(struct request *q, bool number);
void cell_end(struct request *q);
void cell_text(struct request *q, struct str s);
void cell_int(struct request *q, int64_t v);
void cell_date(struct request *q, date d);
void row_end(struct request *q);
void table_end(struct request *q);

/* An empty list teaches the first step. href NULL: no button. */
void part_empty(struct request *q, const char *what, const char *todo, const char *button, const char *href);
/* All that is wrong with what was typed, on top of a form, each linked to its field. Nothing when nothing is. */
void part_problems(struct request *q);
/* "1 to 50 of 61,242", next, first. total above at_most: "more than 1,000". */
void part_pager(struct request *q, int64_t shown, int64_t total, int64_t at_most, const struct list_key *next);

/* The row after which the page asked for goes on (params "after" text, "from" number, "sort" text, "down" flag). False:
 * the address was tampered with; from the beginning then. */
bool part_page_key(struct request *q, struct list_key *ret);

/* The two dates of every page about people: reads as_of and known_at of the address (E_INVALID: c->problems), and the
 * form that asks for them. */
MUST_CHECK enum err part_moment(struct request *q, struct moment *ret);
void part_clock(struct request *q, const struct moment *at, const char *since_href);

/* A value as people read it: labels of codes, names of records linked to their page, dates, percent; what the reader
 * may not see as "confidential", without telling whether anything stands there. */
void part_value(struct request *q, const struct field *f, const struct value *v, bool may_closed);
/* The name of a record and its page, if it has one and the reader may see it: "Sari Wulandari" with the number under
 * it. */
void part_record(struct request *q, const struct entity *e, int64_t id, bool under);
struct str part_record_name(struct request *q, const struct entity *e, int64_t id); /* empty: out of reach */
/* What people read for a code of the rules. */
struct str part_code(struct request *q, int64_t number);
/* A word of an enumerated field as pages say it. */
const char *part_word(struct request *q, const struct field *f, int64_t number);
/* The same for a code as it is written; the code itself where its table has no such row. */
struct str part_label(struct request *q, const char *of, struct str code);
/* A source or a reason of the rules, in the reader's language where the rules have it. */
struct str part_source(struct request *q, struct str text);
/* The words that name a record: name or title, else code. */
MUST_CHECK enum err part_name(struct ctx *c, const struct entity *e, int64_t id, struct moment at, struct str *ret);

/* Who wrote an entry and when: "Receipt 4,211, 3 Oct 2008, 14:05, Rina". */
MUST_CHECK enum err part_receipt(struct request *q, int64_t position);

/* Bars with their figures behind them, and the same as a table in <details> under it; at most five series. */
struct chart {
	const char *title; /* N_ */
	const struct str *labels;
	size_t n;
	const char *const *series; /* N_; NULL-terminated */
	const int64_t *values;     /* [label * series + series] */
	const char *label_head;    /* N_: head of the labels in the table */
};
void part_chart(struct request *q, const struct chart *c);

#endif
