/* document.c - the papers of the file, and which fact each of them proves. */
#include "modules/staff/staff.h"

enum { KIND, NUMBER, DATED, SIGNED_BY, PAGES, COPY, SEEN_BY, SEEN_ON };
enum { DOCUMENT, FACT, FACT_DAY };

/* clang-format off */
static const char *const facts_said[] = { N_("Rank held"), N_("Post held"), N_("Status in service"), N_("Yearly rating"), N_("Examination result"),
                                          N_("Course result"), N_("Sanction"), N_("Person"), NULL };

static const struct field fields[] = {
	[KIND]      = { "kind",      N_("Kind"),                T_PACK, .of = "document_kinds", .flags = REQUIRED | KEY | LISTED },
	[NUMBER]    = { "number",    N_("Number"),              T_TEXT, .max = 100, .flags = REQUIRED | KEY | LISTED | SEARCHED },
	[DATED]     = { "dated",     N_("Dated"),               T_DATE, .flags = REQUIRED | LISTED,
	                .help = N_("The day it bears; a diploma or a birth certificate is older than the file.") },
	[SIGNED_BY] = { "signed_by", N_("Signed by"),           T_TEXT, .max = 200, .flags = LISTED },
	[PAGES]     = { "pages",     N_("Pages"),               T_INT,  .min = 1, .max = 10000 },
	[COPY]      = { "sha256",    N_("Check sum of the scan"),    T_TEXT, .max = 64,
	                .help = N_("SHA-256 of the scanned copy, 64 hexadecimal digits.") },
	[SEEN_BY]   = { "seen_by",   N_("Original seen by"),    T_TEXT, .max = 200 },
	[SEEN_ON]   = { "seen_on",   N_("Original seen on"),    T_DATE, .flags = 0 },
};

static const struct field citation_fields[] = {
	[DOCUMENT] = { "document", N_("Number of the paper"), T_TEXT, .max = 100, .flags = REQUIRED | KEY | LISTED },
	[FACT]     = { "fact",     N_("Kind of fact"),        T_ENUM, .flags = REQUIRED | KEY | LISTED,
	               .said = facts_said,
	               .of = "rank_history post_history status_history rating exam_result course_result sanction person" },
	[FACT_DAY] = { "fact_day", N_("Day of the fact"),     T_DATE, .flags = REQUIRED | KEY | LISTED },
};
/* clang-format on */

static void hash_is_a_hash(struct ctx *c, const struct record *old, const struct record *new)
{
	(void)old;
	if (!record_has(new, COPY))
		return;
	struct str s = new->v[COPY].t;
	size_t digits = 0;
	while (digits < s.n &&
	       ((s.p[digits] >= '0' && s.p[digits] <= '9') || (s.p[digits] >= 'a' && s.p[digits] <= 'f')))
		digits++;
	if (s.n != 64 || digits != 64)
		problem_at(c->problems, NULL, 0, "sha256",
			   "this is not a SHA-256 hash; give 64 digits of 0-9 and a-f, as sha256sum prints them");
}

static const struct rule rules[] = { { "hash_is_a_hash", "HR-19", hash_is_a_hash } };

const struct entity document_entity = {
	.name = "document",
	.title = N_("Paper"),
	.titles = N_("Papers"),
	.help = N_("A paper, from the day it came into the person's file: what it is, who signed it, who saw the "
		   "original."),
	.kind = EVENT,
	FIELDS(fields),
	RULES(rules),
	.owner = &person_entity,
	.owner_column = "staff_number",
	.day = "filed_on",
	.see = MAY_PEOPLE,
	.write = MAY_PEOPLE_WRITE,
};

const struct entity citation_entity = {
	.name = "citation",
	.title = N_("Fact that a paper proves"),
	.titles = N_("Facts that papers prove"),
	.help = N_("That a fact of the person rests on a paper of their file."),
	.kind = EVENT,
	FIELDS(citation_fields),
	.owner = &person_entity,
	.owner_column = "staff_number",
	.day = "cited_on",
	.see = MAY_PEOPLE,
	.write = MAY_PEOPLE_WRITE,
};
