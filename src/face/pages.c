/* pages.c - the rows of the generic pages, the records that are the face's own, and its panels of the desk. */
#include "face/inside.h"

/* clang-format off */
static const struct page_param clocks[] = {
	{ "as_of", PARAM_TEXT, 40 }, { "known_at", PARAM_TEXT, 40 }, { NULL, PARAM_TEXT, 0 },
};
static const struct page_param listed[] = {
	{ "after", PARAM_TEXT, 400 }, { "from", PARAM_NUMBER, 0 }, { "sort", PARAM_TEXT, 100 }, { "down", PARAM_FLAG, 0 },
	{ "q", PARAM_TEXT, 200 }, { NULL, PARAM_TEXT, 0 },
};
static const struct page_param asked[] = { { "q", PARAM_TEXT, 200 }, { NULL, PARAM_TEXT, 0 } };
static const struct page_param entered[] = {
	{ "fact", PARAM_NUMBER, 0 }, { "of", PARAM_DATE, 0 }, { "check", PARAM_FLAG, 0 }, { "draft", PARAM_NUMBER, 0 },
	{ NULL, PARAM_TEXT, 0 },
};
static const struct page_param numbered[] = { { "number", PARAM_NUMBER, 0 }, { NULL, PARAM_TEXT, 0 } };

const struct page face_pages[] = {
	{ .path = "/", .title = N_("My desk"), .draw = desk_draw, .nav = N_("My desk"),
	  .help = N_("Here is what waits for you: what falls due, what came back, and forms you have not finished. "
	             "Begin at the top: the oldest and the most urgent come first. "
	             "What you finish disappears from here by itself."),
	  .example = N_("A rating is due in three days: open it, enter it, and it is gone from the desk."), .article = "WP-73" },
	{ .path = "/find", .title = N_("Find"), .draw = find_page_draw, .params = asked,
	  .help = N_("Finds people, posts, rounds and papers within your reach. "
	             "Write the beginning of names in any order, or any number, also an old one. "
	             "When only one fits, its page opens at once."),
	  .example = N_("060081334 opens the person who had this staff number until 2008."), .article = "MP-20" },
	{ .path = "/language", .title = N_("Another language"), .write = language_write, .flags = PAGE_PUBLIC },
	{ .path = "/help", .title = N_("Help"), .draw = help_page_draw, .flags = PAGE_PUBLIC,
	  .help = N_("Lists the pages that your duties open, each with what it is for. "
	             "Every page also explains itself at the end of its first part. "
	             "Words of the office are explained on a page of their own."),
	  .article = "MP-221" },
	{ .path = "/help/words", .title = N_("Words of the office"), .draw = help_page_words, .flags = PAGE_PUBLIC,
	  .help = N_("Explains the words that pages use. "
	             "Look here when a word of a page is new to you. "
	             "The words of your own law stand under Rules."),
	  .article = "MP-221" },
	{ .path = "/list", .title = N_("Lists"), .draw = lists_page_draw, .nav = N_("Lists"),
	  .help = N_("Names every list that your duties open, with what stands in it. "
	             "Choose one to filter it, to order it, or to take it as spreadsheet. "
	             "What is not in your reach is in none of them."),
	  .article = "MP-222" },
	{ .path = "/list/{name}", .title = N_("List"), .draw = list_page_draw, .params = listed,
	  .help = N_("Lists everything of one kind that is in your reach, fifty at a time. "
	             "Narrow it with the filters, order it by a column head, and keep it under a name if you need it again. "
	             "The spreadsheet holds the same rows, and can be sent back."),
	  .example = N_("Filter posts by a unit to see those of that unit and all below it."), .article = "MP-222" },
	{ .path = "/sheet/{name}", .title = N_("Spreadsheet"), .draw = list_sheet_draw, .see = MAY_SHEETS, .flags = PAGE_SLOW,
	  .params = listed },
	{ .path = "/list/{name}/new", .title = N_("Enter a new one"), .draw = enter_page_new, .write = enter_page_new_write, .params = entered,
	  .help = N_("Enters something that is not here yet. "
	             "Fill in what the paper says and check it on the next page. "
	             "Nothing is written before you save it there."),
	  .article = "MP-221" },
	{ .path = "/list/{name}/{key}", .title = N_("One of a list"), .draw = record_page_draw, .params = clocks,
	  .help = N_("Shows one thing with all that belongs to it, on any day and as it was known on any day. "
	             "Choose the two dates at the top; what was corrected stands struck through with its reason. "
	             "Every line names its receipt."),
	  .example = N_("Choose the day of a decision in both fields to see what was known then."), .article = "MP-27" },
	{ .path = "/list/{name}/{key}/change", .title = N_("Change"), .draw = enter_page_change, .write = enter_page_change_write,
	  .params = entered,
	  .help = N_("Changes what is written. "
	             "Say first whether it became different on a day, or was never so: the first keeps what was before, the second "
	             "replaces it with a reason. "
	             "Check the answers on the next page; nothing is written before you save it there."),
	  .example = N_("A unit got another name on 1 March: it changed on that day. Its name was misspelt: it was recorded wrongly."),
	  .article = "MP-27" },
	{ .path = "/enter/{name}/{key}", .title = N_("Enter a fact"), .draw = enter_page_fact, .write = enter_page_fact_write, .params = entered,
	  .help = N_("Enters what a paper says. "
	             "Take the days from the paper, also when it arrives late. "
	             "The next page shows what it changes before anything is written."),
	  .example = N_("A decree of May, in effect from April, arrives in September: enter April as the day of effect."),
	  .article = "MP-27" },
	{ .path = "/enter/{name}/{key}/{fact}", .title = N_("Correct what was recorded wrongly"), .draw = enter_page_correct,
	  .write = enter_page_correct_write, .params = entered,
	  .help = N_("Corrects what was never so. "
	             "Say why; the reason stays beside what was wrong. "
	             "Decisions that were made on what was wrong stay as they are, and show beside what is known now."),
	  .example = N_("A rating was copied as 74 and is 78 on the paper: write 78, and \"copied wrongly\"."), .article = "MP-27" },
	{ .path = "/upload", .title = N_("Send a spreadsheet"), .draw = lists_page_send, .see = MAY_SHEETS,
	  .help = N_("Takes a spreadsheet, of one list at a time. "
	             "Choose the kind; its page tells the columns. "
	             "All rows are looked at first, and all are taken or none."),
	  .article = "MP-222" },
	{ .path = "/upload/{name}", .title = N_("Spreadsheet"), .draw = upload_page_draw, .prepare = upload_page_prepare, .write = upload_page_write,
	  .see = MAY_SHEETS, .flags = PAGE_SLOW | PAGE_ALONE | PAGE_UPLOAD,
	  .help = N_("Takes a spreadsheet saved as CSV. "
	             "Every row is looked at and nothing is written yet; each problem names its row and column. "
	             "When there is none, a button takes all rows at once."),
	  .example = N_("Take the list as spreadsheet, fill in the missing cells, save it as CSV and send it here."),
	  .article = "MP-222" },
	{ .path = "/upload/{name}/{number}", .title = N_("A spreadsheet that was sent"), .draw = taken_page_draw, .write = taken_page_write,
	  .see = MAY_SHEETS, .flags = PAGE_SLOW | PAGE_ALONE, .params = numbered,
	  .help = N_("Shows what was found in a spreadsheet. "
	             "With problems: mend the rows named and send it again; nothing was written. "
	             "Without: take them in, all at once, under one receipt."),
	  .article = "MP-222" },
	{ .path = "/upload/{name}/{number}/problems", .title = N_("Problems as spreadsheet"), .draw = taken_page_problems,
	  .see = MAY_SHEETS, .params = numbered },
	{ .path = "/views", .title = N_("Saved views"), .draw = view_draw, .write = view_write,
	  .help = N_("Lists the views that you have kept of lists. "
	             "A view is a list with its filters and its order. "
	             "Only you see your views."),
	  .article = "MP-222" },
	{ .path = "/draft", .title = N_("Unfinished forms"), .draw = draft_draw, .write = draft_write,
	  .help = N_("Lists forms that you began and did not send. "
	             "Open one to go on where you stopped. "
	             "They are kept for thirty days, and only you see them."),
	  .article = "MP-222" },
	{ .path = NULL },
};

const struct panel face_panel_rows[] = {
	{ .on = "desk", .title = N_("Unfinished forms"), .draw = draft_panel, .aside = true },
	{ .on = "desk", .title = N_("Spreadsheets"), .draw = upload_panel, .see = MAY_SHEETS, .aside = true },
	{ .on = "desk", .title = N_("Proof"), .draw = proof_page_panel, .see = MAY_USERS, .aside = true },
	{ .on = NULL },
};
/* clang-format on */

const struct entity *const face_entities[] = { &draft_entity, &saved_view_entity, &upload_entity, NULL };
