/* staff.h - the service book: people, their numbers, ranks, posts, ratings, results, sanctions, and the papers that
 * prove them. Sources: MP-20 MP-27 DP-01 DP-10 HR-19. */
#ifndef MERIT_MODULES_STAFF_H
#define MERIT_MODULES_STAFF_H

#include "modules/organisation/organisation.h"

extern const struct module staff_module;
extern const struct entity person_entity, person_number_entity, rank_history_entity, post_history_entity, rating_entity,
	exam_result_entity, course_result_entity, sanction_entity, status_history_entity, document_entity,
	citation_entity;
extern const struct projection staff_now_projection;
extern const struct input staff_inputs[];

/* A unit by its code, or by words that fit its name alone. E_MISSING. */
MUST_CHECK enum err unit_names_find(struct ctx *c, struct str text, int64_t *ret);

/* What everybody is who has no row of status yet, from the day of joining. */
#define STATUS_ACTIVE "active"

enum person_field { PERSON_NAME, PERSON_SEX, PERSON_BIRTH_DATE, PERSON_EDUCATION, PERSON_JOINED_ON, PERSON_CATEGORY };
enum rank_history_field {
	RANK_HELD,
	RANK_DECREE,
	RANK_DECREE_DATE,
	RANK_SIGNED_BY,
	RANK_GRADE_YEARS,
	RANK_GRADE_MONTHS,
	RANK_PROOF
};
enum status_history_field { STATUS_GIVEN, STATUS_GIVEN_DECREE, STATUS_GIVEN_PROOF };
enum post_history_field {
	POST_HELD,
	POST_HELD_DECREE,
	POST_HELD_DECREE_DATE,
	POST_HELD_OATH,
	POST_ACTING,
	POST_HELD_PROOF,
};

/* Who holds a post today; 0: nobody. And who acts for it (Plt., Plh.), by staff number in byte order; the arena's. */
MUST_CHECK enum err post_holder(struct ctx *c, int64_t post, int64_t *ret_person);
MUST_CHECK enum err post_acting(struct ctx *c, int64_t post, int64_t **ret_people, size_t *ret_n);

/* Whether the very existence of such facts is confidential. */
bool fact_hidden(const struct entity *e, bool may_closed);

/* How far a fact is proved. The words stand in each fact's `proof`; nothing stated is claimed. */
#define PROOF_WORDS "claimed proved confirmed"
extern const char *const proof_said[];
#define PROOF_FIELD                                                                                                    \
	{                                                                                                              \
		"proof", N_("Proof"), T_ENUM, .of = PROOF_WORDS, .said = proof_said, .empty_as = "claimed",            \
					      .flags = LISTED,                                                         \
					      .help = N_("Only claimed: somebody says so and no paper was seen.")      \
	}

#endif
