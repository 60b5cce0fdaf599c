/* help_page.c - every page of this reader with what it is for, and the words of the office explained. */
#include "face/inside.h"

/* clang-format off */
static const struct word words[] = {
	{ N_("File"), N_("All that is kept about one person: who they are, ranks, posts, ratings, papers.") },
	{ N_("Paper"), N_("A decree, diploma, certificate or letter. A fact is proved when somebody has seen its paper.") },
	{ N_("Decree"), N_("The decision by which a rank, a post or a status is given. It has three dates: the day it was signed, the day from which it holds, and the day it reached us.") },
	{ N_("In effect from"), N_("The day from which something holds, whatever the day it was signed. Time in a rank or post is counted from it.") },
	{ N_("As things stood on"), N_("The day that a page speaks of. Choose an earlier day to see what held then.") },
	{ N_("As we knew it on"), N_("What the office believed on that day, before later papers and corrections came.") },
	{ N_("It changed on"), N_("Something became different on a day. What was before stays readable.") },
	{ N_("It was recorded wrongly"), N_("The office had written down what was never so. The right words take its place, with the reason; the wrong ones stay readable, struck through.") },
	{ N_("Proved"), N_("The paper was seen as an original, by somebody named. Claimed: somebody says so. Confirmed: the issuer says so.") },
	{ N_("Due"), N_("What the rules ask to be done by a day: an increment, a rating, a notice before retirement.") },
	{ N_("Missing"), N_("A paper that the rules ask for and that nobody has seen yet.") },
	{ N_("Not yet"), N_("A condition is not met on the day asked about. The page says what is short and on which day it will be complete.") },
	{ N_("Rank"), N_("The grade of a civil servant, such as III/c, with its own name. It is not the post.") },
	{ N_("Post"), N_("A numbered seat in a unit. It exists whether somebody holds it or not; without a holder it is vacant.") },
	{ N_("Acting"), N_("Somebody does the work of a post for a time, beside the own post.") },
	{ N_("Echelon"), N_("The level of a structural post.") },
	{ N_("Round"), N_("One decision about many people: those who rise in rank on a day, or the candidates for one post.") },
	{ N_("Sealed"), N_("A round is fixed: the files, the rules and the outcomes as they were. Later corrections show beside it and change nothing in it.") },
	{ N_("Rules"), N_("The regulations in force, with their dates and sources. What the law does not say and the office assumed is marked.") },
	{ N_("Receipt"), N_("The number under which something was written down. Quote it when you ask about it; anybody can check it.") },
	{ N_("Proof"), N_("A page by which somebody outside can check that what was written down was not altered afterwards.") },
	{ N_("Confidential"), N_("Shown only to those whose duty it is. Each reading is written down, and the person can see it.") },
	{ N_("Reach"), N_("The units that your duty covers. What is outside does not show and is not counted.") },
	{ N_("Draft"), N_("A form that you have begun. It is kept for thirty days, so that a broken line loses nothing.") },
	{ NULL, NULL },
};
/* clang-format on */

static void one_page(struct request *q, const struct page *p)
{
	struct html *h = &q->html;
	HTML(h, "<li><strong>");
	/* Others are reached from the record or the list that they are about. */
	if (strchr(p->path, '{') || (p->params && !p->nav)) {
		html_say(h, p->title);
	} else {
		HTML(h, "<a");
		html_attr_cstr(h, "href", p->path);
		HTML(h, ">");
		html_say(h, p->title);
		HTML(h, "</a>");
	}
	HTML(h, "</strong><p>");
	html_say(h, p->help);
	HTML(h, "</p>");
	if (p->example) {
		HTML(h, "<p class=\"example\">");
		html_say(h, N_("Example:"));
		HTML(h, " ");
		html_say(h, p->example);
		HTML(h, "</p>");
	}
	HTML(h, "</li>");
}

enum err help_page_draw(struct request *q)
{
	struct html *h = &q->html;
	frame_begin(q, &(struct frame){ 0 });
	HTML(h, "<p>");
	html_say(h, N_("These are the pages that your duties open. Each page also says at its end what it is for."));
	HTML(h, " ");
	link_say(q, N_("Words of the office"), "/help/words");
	HTML(h, "</p>");
	sheet_end(q);
	sheet_begin(q, N_("Your pages"));
	HTML(h, "<ul class=\"words\">");
	for (const struct page *const *set = q->site->pages; *set; set++)
		for (const struct page *p = *set; p->path; p++)
			if (p->help && p->draw && !(p->flags & PAGE_API) &&
			    (q->who ? who_may(q->who, p->see) : (p->flags & PAGE_PUBLIC) != 0))
				one_page(q, p);
	HTML(h, "</ul>");
	sheet_end(q);
	frame_end(q);
	return E_OK;
}

static void explain(struct request *q, const struct word *w)
{
	for (; w && w->word; w++) {
		HTML(&q->html, "<li><strong>");
		html_say(&q->html, w->word);
		HTML(&q->html, "</strong>");
		html_say(&q->html, w->means);
		HTML(&q->html, "</li>");
	}
}

enum err help_page_words(struct request *q)
{
	frame_begin(q, &(struct frame){ 0 });
	HTML(&q->html, "<ul class=\"words\">");
	explain(q, words);
	explain(q, face_of(q)->words);
	HTML(&q->html, "</ul>");
	sheet_end(q);
	frame_end(q);
	return E_OK;
}
