/* decision_pages.c - the rows of the pages of rounds, rules and proof. */
#include "face/proof_page.h"
#include "face/round_page.h"
#include "face/rules_page.h"

#define END                                                                                                            \
	{                                                                                                              \
		NULL, PARAM_TEXT, 0                                                                                    \
	}

/* clang-format off */
static const struct page_param opened[] = { { "of", PARAM_TEXT, 100 }, END };
static const struct page_param of_round[] = { { "round", PARAM_NUMBER, 0 }, END };
static const struct page_param listed[] = {
	{ "round", PARAM_NUMBER, 0 }, { "show", PARAM_CODE, 20 }, { "after", PARAM_CODE, 32 }, { "print", PARAM_FLAG, 0 }, END,
};
static const struct page_param of_person[] = { { "round", PARAM_NUMBER, 0 }, { "number", PARAM_CODE, 32 }, END };
static const struct page_param compared[] = {
	{ "round", PARAM_NUMBER, 0 }, { "with", PARAM_CODE, 100 }, { "after", PARAM_CODE, 32 }, END,
};
static const struct page_param of_table[] = { { "pack", PARAM_CODE, 100 }, { "table", PARAM_CODE, 100 }, END };
static const struct page_param of_policy[] = { { "kind", PARAM_CODE, 100 }, { "name", PARAM_CODE, 100 }, END };
static const struct page_param between[] = { { "from", PARAM_NUMBER, 0 }, { "to", PARAM_NUMBER, 0 }, END };
static const struct page_param printed[] = { { "size", PARAM_NUMBER, 0 }, { "root", PARAM_TEXT, 100 }, END };
static const struct page_param drawn[] = { { "seed", PARAM_TEXT, 100 }, { "n", PARAM_NUMBER, 0 }, END };

const struct page decision_pages[] = {
	{ .path = "/rounds", .title = N_("Rounds"), .draw = rounds_page_draw, .write = rounds_page_write,
	  .see = MAY_ROUND, .act = MAY_ROUND_WORK, .flags = PAGE_ALONE, .params = opened, .nav = N_("Rounds"),
	  .help = N_("A round considers everybody of a unit on one day under one set of rules. "
	             "Open one to see who meets the rules, who lacks a paper and whose time comes later. "
	             "It decides nothing until it is sealed; from then on its list never changes."),
	  .example = N_("On 3 August the head of personnel opens the round of 1 October for the Directorate General "
	                "of Tax and has until 15 September to complete the papers."),
	  .article = "PP 99/2000; MP-22 MP-93 MP-94" },
	{ .path = "/rounds/{round}", .title = N_("Round"), .draw = round_page_draw, .see = MAY_ROUND,
	  .flags = PAGE_SLOW, .params = listed,
	  .help = N_("Everybody of the unit with what the rules say of each, condition by condition. "
	             "Open a mark to read its reason, value and source; work first through those who lack a paper. "
	             "When the list is right, the decider seals it."),
	  .example = N_("Dewi's time in rank is 3 years 8 months of 4, complete on 1 February 2009: she is in the "
	                "April round."),
	  .article = "PP 99/2000; MP-93 MP-94" },
	{ .path = "/rounds/{round}/sheet", .title = N_("Round as spreadsheet"), .draw = round_sheet_draw,
	  .see = MAY_ROUND | MAY_SHEETS, .flags = PAGE_SLOW, .params = of_round,
	  .help = N_("The list with one row a person: number, rank, next rank, outcome and the reason in the version "
	             "that you may read. "
	             "The column version says which. "
	             "Your reading of confidential reasons is noted.") },
	{ .path = "/rounds/{round}/people/{number}", .title = N_("Why"), .draw = round_person_draw,
	  .see = MAY_ANYBODY /* the own case too; held_sees() decides */, .flags = PAGE_SLOW, .params = of_person,
	  .help = N_("What the rules ask, what the file says, and what follows, condition by condition with its "
	             "source. "
	             "Read what is still missing and from which day time alone will do. "
	             "A wrong fact is mended with its paper; this page then says what changed."),
	  .example = N_("Time in rank 3 years 8 months of 4, complete on 1 February 2009, so in the April round."),
	  .article = "MP-94; HR-57" },
	{ .path = "/rounds/{round}/people/{number}/proof", .title = N_("Proof of one person's case"), .draw = round_person_proof,
	  .see = MAY_ANYBODY, .flags = PAGE_SLOW, .params = of_person,
	  .help = N_("A file that anybody can check with the public key, without this system. "
	             "Take it to whoever asks. "
	             "It holds this person's case and no other.") },
	{ .path = "/rounds/{round}/compare", .title = N_("Compare with other rules"), .draw = round_compare_draw,
	  .see = MAY_ROUND, .flags = PAGE_SLOW, .params = compared,
	  .help = N_("The same people on the same facts under other rules. "
	             "Choose the rules; the list names each person whose outcome differs and why. "
	             "Nothing is decided here."),
	  .example = N_("A new regulation is tried on last year's people before it is signed."),
	  .article = "MP-94" },
	{ .path = "/rounds/{round}/people/{number}/otherwise", .title = N_("Decide otherwise"), .draw = round_override_draw,
	  .write = round_override_write, .see = MAY_DECIDE, .flags = PAGE_SLOW | PAGE_ALONE, .params = of_person,
	  .help = N_("The rules give a list; a human being may decide otherwise, but must say on which ground and "
	             "why. "
	             "The ground, the reason and your name are kept for ever. "
	             "Nobody decides the own case."),
	  .example = N_("A court ruled that the sanction of 2007 is void: ground court ruling, with the number of "
	                "the ruling.") },
	{ .path = "/rounds/{round}/seal", .title = N_("Seal the round"), .draw = round_seal_draw,
	  .write = round_seal_write, .see = MAY_DECIDE, .flags = PAGE_SLOW | PAGE_ALONE, .params = of_round,
	  .help = N_("Sealing makes the list a decision: files, rules and outcomes are fixed as they are now. "
	             "Read the figures, then mark that you decide. "
	             "Later corrections do not change a sealed round; they show beside it."),
	  .example = N_("1,284 considered, 402 meet all, 3 decided otherwise: sealed on 15 September.") },
	{ .path = "/rounds/{round}/check", .title = N_("Check a sealed round"), .draw = round_check_draw,
	  .see = MAY_ROUND, .flags = PAGE_SLOW, .params = of_round,
	  .help = N_("Whether a sealed round is still what it was, whether its rules give its list, and whether its "
	             "facts were those of the files. "
	             "It is computed anew each time you look. "
	             "What was learnt since stands beside it and changes nothing."),
	  .example = N_("A rating corrected in March shows under learnt since; the October round stays sealed and "
	                "true.") },
	{ .path = "/rounds/{round}/proof", .title = N_("Proof for an outsider"), .draw = round_check_proof,
	  .see = MAY_ROUND, .flags = PAGE_SLOW, .params = of_round,
	  .help = N_("A file with every case of the round that anybody can check with the public key, without this "
	             "system. "
	             "It holds confidential parts: give it only to who may read them. "
	             "Your reading of it is noted in every file.") },
	{ .path = "/rules", .title = N_("Rules"), .draw = rules_page_draw, .nav = N_("Rules"),
	  .help = N_("The law by which this system judges, as data that everybody may read: tables, values and "
	             "conditions with their sources. "
	             "What no source states is marked assumed, with the reason; ask for the source if you know it. "
	             "Nobody changes rules on a page: they come as a new version."),
	  .example = N_("Time in rank: 4 years, source PP 99/2000."),
	  .article = "HR-19" },
	{ .path = "/rules/tables/{pack}/{table}", .title = N_("A table of the rules"), .draw = rules_detail_table,
	  .params = of_table,
	  .help = N_("One table of the rules, row by row with its source. "
	             "A row marked assumed opens to the reason why. "
	             "The table changes only with a new version of the rules."),
	  .article = "HR-19" },
	{ .path = "/rules/policies/{kind}/{name}", .title = N_("The rules of a round"), .draw = rules_detail_policy,
	  .params = of_policy,
	  .help = N_("The conditions by which a round judges, each with what it asks for and how it is judged. "
	             "All must be met. "
	             "A confidential condition is told in full only to the person and to who has that duty."),
	  .article = "HR-19; MP-94" },
	{ .path = "/rules/changes", .title = N_("What changed between versions"), .draw = rules_detail_changes,
	  .flags = PAGE_SLOW, .params = between,
	  .help = N_("Every version of the rules that was ever in use, and from when to when. "
	             "Choose what changed to read the differences line by line. "
	             "A decision names the version by which it was made and keeps to it."),
	  .article = "HR-19" },
	{ .path = "/proof", .title = N_("Proof"), .draw = proof_page_draw, .prepare = proof_page_prepare,
	  .write = proof_page_write, .act = MAY_AUDIT, .flags = PAGE_OWN_READING, .nav = N_("Proof"),
	  .help = N_("Each thing that is saved gets a receipt, and one seal covers all receipts. "
	             "Letters print the seal; whoever holds an old letter can see that nothing before it was "
	             "changed. "
	             "Check a printed code here, or verify it all."),
	  .example = N_("A decree of 2008 prints 4,211 and a seal; typed in here, it must be part of the book of "
	                "today."),
	  .article = "MP-223" },
	{ .path = "/proof/code", .title = N_("A printed code"), .draw = proof_page_code, .params = printed,
	  .help = N_("Type the number and the seal that a letter prints. "
	             "The answer says whether the book of today still holds everything that it held then. "
	             "Nothing is written by asking."),
	  .example = N_("4,211 and a seal of 44 letters, digits and signs."),
	  .article = "MP-223" },
	{ .path = "/proof/sample", .title = N_("A sample of decisions"), .draw = proof_sample_draw, .see = MAY_AUDIT,
	  .flags = PAGE_SLOW, .params = drawn,
	  .help = N_("Draws decided cases by a word, so that nobody can say you chose them: the same word draws the "
	             "same cases for everybody. "
	             "Each shows its outcome, its reasons and its proof; the round it is from is checked at once. "
	             "Your reading is noted in the files."),
	  .example = N_("Word: harian-2008-09-15, ten cases."),
	  .article = "MP-223" },
	{ .path = NULL },
};
/* clang-format on */
