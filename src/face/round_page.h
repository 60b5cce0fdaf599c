/* round_page.h - the pages of rounds, one file each; joined in decision_pages.c. */
#ifndef MERIT_FACE_ROUND_PAGE_H
#define MERIT_FACE_ROUND_PAGE_H

#include "face/round_words.h"

extern const struct page rounds_page, round_page, round_sheet_page, round_person_page, round_person_proof_page,
	round_override_page, round_seal_page, round_compare_page, round_verify_page, round_proof_page;

/* The path parameters that all of them share. */
#define ROUND_PARAM                                                                                                    \
	{                                                                                                              \
		"round", PARAM_NUMBER, 0                                                                               \
	}
#define PERSON_PARAM                                                                                                   \
	{                                                                                                              \
		"number", PARAM_CODE, 32                                                                               \
	}

/* "Rounds › Rise in rank of …" */
struct round_crumbs {
	struct crumb list[2];
	size_t n;
};
MUST_CHECK enum err round_crumbs(struct request *q, const struct round *r, struct round_crumbs *ret);

#endif
