/* round_sheet.c - the list of a round as a spreadsheet. */
#include "base/csv.h"
#include "face/round_page.h"

static void sheet_row(struct request *q, const struct held *h, const struct candidate *k, struct buf *out)
{
	const struct round *r = h->round;
	struct buf words CLEANUP(buf_release) = BUF_INIT;
	enum audience who = held_audience(q, h, k);
	round_why(q, r, k, who, &words);
	csv_cell(out, k->number);
	csv_cell(out, k->now);
	csv_cell(out, k->next);
	csv_cell_text(out, outcome_text(k->decided));
	csv_cell_text(out, audience_text(who));
	csv_cell(out, (struct str){ words.p, words.n });
	csv_row_end(out);
	if (who != FOR_OTHER)
		request_noted(q, k->person, "round");
}

enum err round_sheet_draw(struct request *q)
{
	const struct held *h CLEANUP(round_let_go) = NULL;
	struct buf out CLEANUP(buf_release) = BUF_INIT;
	TRY(round_of_page(q, NULL, &h));
	request_type(q, "text/csv; charset=utf-8");
	request_save_as(q, str_of(arena_printf(q->arena, "round-%lld.csv", (long long)h->round->id)));
	buf_text(&out, ROUND_LIST_COLUMNS ",version,reason\n");
	for (size_t i = 0; i < h->round->n; i++) {
		const struct candidate *k = &h->round->candidates[i];
		if (held_sees(q, h, k) && who_may_at(q->who, MAY_SHEETS, h->order[i]))
			sheet_row(q, h, k, &out);
		if (out.n < 65536 && i + 1 < h->round->n)
			continue;
		TRY(request_write(q, (struct str){ out.p, out.n }));
		buf_reset(&out);
	}
	return E_OK;
}
