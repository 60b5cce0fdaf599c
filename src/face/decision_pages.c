/* decision_pages.c - the pages of rounds, rules and proof, joined. */
#include "face/proof_pages.h"
#include "face/round_page.h"
#include "face/rules_page.h"

#include <pthread.h>

static const struct page *const each[] = {
	&rounds_page,        &round_page,          &round_sheet_page,  &round_person_page,  &round_person_proof_page,
	&round_compare_page, &round_override_page, &round_seal_page,   &round_verify_page,  &round_proof_page,
	&rules_page,         &rules_table_page,    &rules_policy_page, &rules_changes_page, &proof_page,
	&proof_code_page,    &proof_sample_page,
};
static struct page rows[COUNT(each) + 1]; /* ended by a row without path */

static void join(void)
{
	for (size_t i = 0; i < COUNT(each); i++)
		rows[i] = *each[i];
}

const struct page *decision_pages(void)
{
	static pthread_once_t once = PTHREAD_ONCE_INIT;
	pthread_once(&once, join);
	return rows;
}
