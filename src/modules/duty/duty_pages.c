/* duty_pages.c - the rows of the pages about users and what they may do. */
#include "modules/duty/duty_page.h"

/* clang-format off */
static const struct page_param in_params[] = { { "next", PARAM_TEXT, 2000 }, { .name = NULL } };
static const struct page_param users_params[] = {
	{ "q", PARAM_TEXT, 100 }, { "after", PARAM_TEXT, 400 }, { "from", PARAM_TEXT, 12 }, { "sort", PARAM_TEXT, 16 },
	{ "down", PARAM_FLAG, 0 }, { .name = NULL },
};
static const struct page_param user_params[] = { { "user", PARAM_CODE, 32 }, { .name = NULL } };
static const struct page_param unit_params[] = { { "unit", PARAM_TEXT, 120 }, { .name = NULL } };
static const struct page_param readers_params[] = { { "person", PARAM_CODE, 32 }, { "before", PARAM_NUMBER, 0 }, { .name = NULL } };
static const struct page_param day_params[] = { { "day", PARAM_DATE, 0 }, { "before", PARAM_NUMBER, 0 }, { .name = NULL } };

const struct page duty_pages[] = {
	{
		.path = "/in", .title = N_("Sign in"),
		.draw = in_page_draw, .write = in_page_write, .prepare = in_page_prepare,
		.flags = PAGE_PUBLIC | PAGE_SECRET | PAGE_HASHING, .params = in_params,
		.help = N_("Here you come in with your sign-in name and password. On a computer that others use too, mark it: you "
			   "are then signed out after five quiet minutes. Whoever has a letter begins with its word."),
		.example = N_("Rina types 198503152007012001 and her three words."),
	},
	{
		.path = "/activate", .title = N_("Begin with a letter"),
		.draw = activate_page_draw, .write = in_page_write, .prepare = in_page_prepare,
		.flags = PAGE_PUBLIC | PAGE_SECRET | PAGE_HASHING,
		.help = N_("Your personnel office gave you a letter with a sign-in name and a word for one use. Type both here; then "
			   "you choose a password of your own. The word works once and for thirty days."),
		.example = N_("The letter says K7WQM-4XRTD: type it with or without the dash, capitals or not."),
	},
	{
		.path = "/out", .title = N_("Sign out"),
		.draw = out_page_draw, .write = out_page_write,
		.flags = PAGE_PUBLIC | PAGE_SECRET,
		.help = N_("Ends your session on this computer. What you had saved stays. Close the window as well where others use "
			   "the computer."),
		.example = N_("At the counter, before the next visitor comes."),
	},
	{
		.path = "/kept", .title = N_("What you had typed"),
		.draw = kept_page_draw,
		.flags = PAGE_SECRET,
		.help = N_("When a session ends while you type, what you send is kept for a day on the server. After signing in you "
			   "may send it now. Nothing was saved before that."),
		.example = N_("The telephone rang for an hour in the middle of a decree."),
	},
	{
		.path = "/password", .title = N_("Change the password"),
		.draw = password_page_draw, .write = password_page_write, .prepare = password_page_prepare,
		.flags = PAGE_SECRET | PAGE_HASHING,
		.help = N_("Choose a password that only you know. Ten letters or more, no other rule; three words that do not belong "
			   "together do well. Wherever else you are signed in, you are then signed out."),
		.example = N_("Three things on your desk, in a language of your own."),
	},
	{
		.path = "/mine", .title = N_("My file"),
		.draw = mine_page_draw, .see = MAY_OWN, .nav = N_("My file"),
		.help = N_("Leads to your own file: what is believed of you, and what is proved. There you also see who has read it. "
			   "What is wrong you can say there."),
		.example = N_("Before a round, look whether your last decree has arrived."),
		.article = "DP-07",
	},
	{
		.path = "/settings", .title = N_("Settings"),
		.draw = settings_page_draw, .write = settings_page_write,
		.help = N_("Your language, this computer, and what you may do where. What you choose holds wherever you sign in. Duties "
			   "are given by whoever manages users, not here."),
		.example = N_("Choose Bahasa Indonesia, and all pages speak it from now on."),
	},
	{
		.path = "/tour", .title = N_("The first steps"),
		.draw = tour_page_draw, .write = tour_page_write,
		.help = N_("Five steps that show what Merit does for your work, in the order in which offices got most out of it. Do one "
			   "a day, or put them away. You find them again under your settings."),
		.example = N_("Day one: look how many facts of your unit are proved by paper."),
	},
	{
		.path = "/away", .title = N_("I am away"),
		.draw = away_page_draw, .write = away_page_write,
		.help = N_("Say who does your work while you are away. The deputy then sees and does what you may, from the first day to "
			   "the last; each thing done names both of you. Your own file is never handed over."),
		.example = N_("On leave from 22 to 26 September: Budi Hartono stands in."),
	},
	{
		.path = "/tokens", .title = N_("Programs that read for me"),
		.draw = tokens_page_draw, .write = tokens_page_write,
		.flags = PAGE_SECRET,
		.help = N_("A token lets a program of yours read what you may read, for a time. Mark only what it needs. It is shown once; "
			   "end it here when it is needed no more."),
		.example = N_("The spreadsheet of the budget office fetches the list of posts each Monday."),
	},
	{
		.path = "/duty", .title = N_("Users"),
		.draw = users_page_draw, .see = MAY_USERS, .params = users_params, .nav = N_("Users"),
		.help = N_("Everybody who may sign in, and what each may do where. Find one by name, or make a new one. Closing a user ends "
			   "all sessions at once."),
		.example = N_("A clerk moves to another directorate: end the one duty and give the other."),
	},
	{
		.path = "/duty/new", .title = N_("A new user"),
		.draw = new_user_page_draw, .write = new_user_page_write, .see = MAY_USERS,
		.help = N_("Makes somebody who may sign in, with one role over one unit. More duties are given afterwards. The person comes in "
			   "with a letter, which you print next."),
		.example = N_("198503152007012001, Rina Wulandari, personnel officer over the directorate PERS."),
	},
	{
		.path = "/duty/user/{user}", .title = N_("User"),
		.draw = user_page_draw, .write = user_page_write, .see = MAY_USERS, .params = user_params,
		.help = N_("What this user may do, and where. Give another duty, end one, or close the user. Nobody changes the own duties: a "
			   "colleague does."),
		.example = N_("Line manager over PERS-1A from 1 October."),
	},
	{
		.path = "/duty/letters", .title = N_("Sign-in letters"),
		.draw = letters_page_draw, .write = letters_page_write, .prepare = letters_page_prepare,
		.see = MAY_RESET, .flags = PAGE_SECRET | PAGE_HASHING, .params = unit_params, .nav = N_("Sign-in letters"),
		.help = N_("Makes users of the people of a unit who have no way in yet, and prints a letter for each. The words on them are shown "
			   "once. Hand each letter to whom it is for."),
		.example = N_("PERS-1A: thirty letters, handed out at the Monday roll call."),
	},
	{
		.path = "/duty/reset", .title = N_("A letter for one person"),
		.draw = reset_page_draw, .write = reset_page_write, .prepare = reset_page_prepare,
		.see = MAY_RESET, .flags = PAGE_SECRET | PAGE_HASHING, .params = user_params,
		.help = N_("Gives somebody of your office a new way in. Ask for the two days, type what you are told, and say why. That you did so "
			   "is written down and can be seen by the auditor."),
		.example = N_("Pak Budi forgot his password; he knows that he joined on 1 March 1990."),
	},
	{
		.path = "/duty/reads", .title = N_("Who read what"),
		.draw = reads_page_draw, .see = MAY_AUDIT, .flags = PAGE_SLOW, .params = day_params, .nav = N_("Readings"),
		.help = N_("Every look at the confidential part of a file, by day, latest first. It was written down before it was shown. Choose a "
			   "day, and follow the name to the file."),
		.example = N_("On 15 September the ratings of one person were read eleven times: ask why."),
		.article = "DP-07",
	},
	{
		.path = "/people/{person}/readers", .title = N_("Who can read, and who has read, the file"),
		.draw = readers_page_draw, .params = readers_params,
		.help = N_("Who has looked at the confidential parts of this file, when and at what; and who could. Looks are written down before "
			   "anything is shown. If a look surprises you, ask your personnel office."),
		.example = N_("On 3 October the personnel officer of the directorate read the ratings."),
		.article = "DP-07",
	},
	{ .path = NULL },
};

const struct panel duty_panels[] = {
	{ .on = "desk", .title = N_("Users"), .see = MAY_USERS, .draw = users_panel_draw },
	{ .on = "desk", .title = N_("The first steps"), .aside = true, .draw = tour_panel_draw },
	{ .on = NULL },
};

const struct home duty_homes[] = {
	{ &user_entity, "/duty", "/duty/user/%s" },
	{ .of = NULL },
};
/* clang-format on */
