/* round_words.h - a round in the words of its readers. */
#ifndef MERIT_FACE_ROUND_WORDS_H
#define MERIT_FACE_ROUND_WORDS_H

#include "face/round_hold.h"

const char *outcome_words(enum outcome o); /* N_ */
enum tone outcome_tone(enum outcome o);
/* "Rise in rank of 1 October 2008, Directorate General of Tax", said and filled in; in the request's arena. */
MUST_CHECK enum err round_title(struct request *q, const struct round_kind *kind, struct str unit, date as_of,
				struct str *ret);
/* The outcome as a tag: "Not yet: April 2009" where time alone does it. */
void outcome_tag(struct request *q, const struct round *r, const struct candidate *k);
/* What one condition says, as a tag that opens to its sentence and source. */
void verdict_cell(struct request *q, const struct round *r, size_t criterion, const struct candidate *k,
		  enum audience who);
void verdict_tag(struct request *q, unsigned char met);
/* Where a candidate stands or comes to, in the words of the rules: "Penata, III/c". */
struct str step_label(struct request *q, const struct round_kind *kind, struct str code);
/* What the policy of that name is called. kind NULL: of a kind that this program does not know. */
struct str policy_label(struct request *q, const struct round_kind *kind, struct str name);
/* The same, leading to its conditions. */
void policy_link(struct request *q, const struct round_kind *kind, struct str name);
/* The policies of a kind but one, as choices, the usual one first; empty `but`: all. */
size_t policy_choices(struct request *q, const struct rules *r, const struct round_kind *kind, struct str but,
		      struct choice *ret, size_t most);
/* The ground on which it was decided otherwise, as people read it. */
struct str ground_label(struct request *q, const struct round_kind *kind, struct str code);
/* Why the outcome is what it is, in the version for whoever reads it. */
void round_why(struct request *q, const struct round *r, const struct candidate *k, enum audience who, struct buf *out);
/* The way to the person's file, where a paper is entered or a fact mended; nothing for who may not open it. */
void file_way(struct request *q, const struct round *r, const struct candidate *k, bool button);
/* How many conditions stand against: not met or missing. */
size_t round_short(const struct round *r, const struct candidate *k);

/* The number of a round in the path, and the round held; E_MISSING where the reader may see nobody of it. The right is
 * the page's. */
MUST_CHECK enum err round_of_page(struct request *q, const char *with, const struct held **ret);
/* The candidate named in the path by staff number; E_MISSING for who may not see them. */
MUST_CHECK enum err candidate_of_page(struct request *q, const struct held *h, const struct candidate **ret);

#endif
