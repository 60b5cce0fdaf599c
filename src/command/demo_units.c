/* demo_units.c - the tree of units sized to the number of people, its posts, and who sits where. */
#include "command/demo.h"

#include "base/csv.h"

enum { MINISTRY, GENERAL_DIRECTORATE, DIRECTORATE, DIVISION, SECTION, OFFICE };

const char *const demo_category_words[CATEGORIES] = { "structural", "functional", "general" };
const char *const demo_ranks[] = { "",      "I/a",   "I/b",   "I/c",   "I/d",  "II/a", "II/b", "II/c", "II/d",
				   "III/a", "III/b", "III/c", "III/d", "IV/a", "IV/b", "IV/c", "IV/d", "IV/e" };
static const char *const kinds[DEMO_LEVELS] = { "ministry", "directorate-general", "directorate", "division", "section",
						"office" };

/* The shares printed for the Ministry of Finance: structural, functional and general staff of 61,242. */
static const int64_t printed[CATEGORIES] = { 8619, 5759, 46864 };

/* ---- sizes ---- */

/* Largest remainder, so that the sum is exact. */
static void share_out(int64_t staff, int64_t ret[CATEGORIES])
{
	int64_t all = 0, given = 0, rest[CATEGORIES];
	for (int i = 0; i < CATEGORIES; i++)
		all += printed[i];
	for (int i = 0; i < CATEGORIES; i++) {
		ret[i] = staff * printed[i] / all;
		rest[i] = staff * printed[i] % all;
		given += ret[i];
	}
	for (; given < staff; given++) {
		int most = 0;
		for (int i = 1; i < CATEGORIES; i++)
			if (rest[i] > rest[most])
				most = i;
		ret[most]++;
		rest[most] = -1;
	}
}

static int64_t at_least_one(int64_t n)
{
	return n ? n : 1;
}

static void plan_levels(struct demo *d)
{
	int64_t u = d->units, *n = d->level_units;
	n[MINISTRY] = 1;
	n[GENERAL_DIRECTORATE] = at_least_one(u / 740);
	n[DIRECTORATE] = at_least_one(u / 68);
	n[DIVISION] = at_least_one(u * 2 / 15);
	n[SECTION] = u * 11 / 20;
	n[OFFICE] = u;
	for (int l = 0; l < OFFICE; l++)
		n[OFFICE] -= n[l];
	d->level_first[0] = 0;
	for (int l = 1; l < DEMO_LEVELS; l++)
		d->level_first[l] = d->level_first[l - 1] + n[l - 1];
}

/* Vacant heads are spread over all levels below the directorates general. */
static void plan_heads(struct demo *d, int64_t vacant)
{
	int64_t lower = d->level_first[DIRECTORATE], seat = 0, gone = 0;
	d->head_unit = xcalloc((size_t)d->drawn[STRUCTURAL] + 1, sizeof *d->head_unit);
	for (int64_t u = 0; u < d->units; u++) {
		if (gone < vacant && u >= lower && u - lower >= (2 * gone + 1) * (d->units - lower) / (2 * vacant))
			gone++;
		else
			d->head_unit[seat++] = (int32_t)u;
	}
	if (seat != d->drawn[STRUCTURAL])
		bug("%lld heads for %lld people", (long long)seat, (long long)d->drawn[STRUCTURAL]);
}

static int64_t common(int64_t a, int64_t b)
{
	return b ? common(b, a % b) : a;
}

/* People are dealt to seats by a step that has no divisor in common with their number, so that it can be undone. */
static void plan_seats(struct demo *d)
{
	struct draw r = draw_from(d->seed, 0, DRAW_MINISTRY);
	int64_t n = d->people;
	d->shift = draw_below(&r, (int)n);
	d->step = n * 5 / 8 + draw_below(&r, (int)(n / 8));
	while (common(d->step, n) != 1)
		d->step++;
	int64_t a = d->step % n, b = n, x = 1, y = 0;
	while (a > 1) {
		int64_t q = a / b, t = b;
		b = a % b;
		a = t;
		t = y;
		y = x - q * y;
		x = t;
	}
	d->back = (x % n + n) % n;
}

void demo_plan(struct demo *d, int64_t staff, uint64_t seed)
{
	*d = (struct demo){ .staff = staff, .seed = seed };
	share_out(staff, d->drawn);
	int64_t heads = d->drawn[STRUCTURAL];
	for (int i = 0; i < CATEGORIES; i++) {
		d->drawn[i] -= demo_fixed[i];
		d->people += d->drawn[i];
	}
	int64_t vacant_heads = heads * 3 / 100;
	d->vacant_posts = (staff - heads) * 3 / 100;
	d->units = d->drawn[STRUCTURAL] + vacant_heads;
	plan_levels(d);
	plan_heads(d, vacant_heads);
	plan_seats(d);
}

void demo_release(struct demo *d)
{
	free(d->head_unit);
}

/* ---- seats ---- */

int64_t demo_seat(const struct demo *d, int64_t person)
{
	return (person * d->step + d->shift) % d->people;
}

int64_t demo_holder(const struct demo *d, int64_t seat)
{
	return (seat - d->shift + d->people) % d->people * d->back % d->people;
}

enum demo_category demo_seat_category(const struct demo *d, int64_t seat)
{
	if (seat < d->drawn[STRUCTURAL])
		return STRUCTURAL;
	return seat < d->drawn[STRUCTURAL] + d->drawn[FUNCTIONAL] ? FUNCTIONAL : GENERAL;
}

static int level_of(const struct demo *d, int64_t unit)
{
	int l = DEMO_LEVELS - 1;
	while (unit < d->level_first[l])
		l--;
	return l;
}

/* Ranks as numbers: 9 is III/a, 13 IV/a, 17 IV/e. */
static const struct band *band_of(const struct demo *d, int64_t unit)
{
	static const struct band bands[DEMO_LEVELS][2] = {
		{ { "IA", 17, 17 }, { "IA", 17, 17 } },   { { "IA", 17, 17 }, { "IA", 17, 17 } },
		{ { "IIA", 15, 16 }, { "IIB", 14, 15 } }, { { "IIIA", 13, 14 }, { "IIIB", 12, 13 } },
		{ { "IVA", 11, 12 }, { "IVA", 11, 12 } }, { { "IVB", 10, 11 }, { "VA", 9, 10 } },
	};
	return &bands[level_of(d, unit)][unit % 5 == 4];
}

const struct band *demo_seat_band(const struct demo *d, int64_t seat)
{
	return band_of(d, d->head_unit[seat]);
}

/* Where the i-th of n things spread evenly over m places stands, and which of that place it is, from 1. */
static int64_t spread(int64_t i, int64_t n, int64_t m, int64_t *ret_local)
{
	int64_t place = i * m / n;
	*ret_local = i - (place * n + m - 1) / m + 1;
	return place;
}

/* How many of n things spread over m places stand at this one. */
static int64_t share_of(int64_t place, int64_t n, int64_t m)
{
	return ((place + 1) * n + m - 1) / m - (place * n + m - 1) / m;
}

static int64_t lower_units(const struct demo *d)
{
	return d->level_units[SECTION] + d->level_units[OFFICE];
}

static int64_t seat_unit(const struct demo *d, int64_t seat, int64_t *ret_local)
{
	int64_t functional = d->drawn[STRUCTURAL], general = functional + d->drawn[FUNCTIONAL];
	*ret_local = 0;
	if (seat < functional)
		return d->head_unit[seat];
	if (seat < general)
		return d->level_first[DIVISION] +
		       spread(seat - functional, d->drawn[FUNCTIONAL], d->level_units[DIVISION], ret_local);
	return d->level_first[SECTION] + spread(seat - general, d->drawn[GENERAL], lower_units(d), ret_local);
}

/* ---- codes and names ---- */

static int64_t parent_of(const struct demo *d, int64_t unit, int64_t *ret_local)
{
	int l = level_of(d, unit);
	return d->level_first[l - 1] +
	       spread(unit - d->level_first[l], d->level_units[l], d->level_units[l - 1], ret_local);
}

static void two_digits(struct buf *out, int64_t n)
{
	buf_char(out, (char)('0' + n / 10 % 10));
	buf_char(out, (char)('0' + n % 10));
}

static void unit_code(const struct demo *d, int64_t unit, struct buf *out)
{
	int64_t local = 0;
	if (unit == 0) {
		buf_text(out, "MOF");
		return;
	}
	int64_t parent = parent_of(d, unit, &local);
	unit_code(d, parent, out);
	if (parent == 0)
		buf_char(out, '-');
	two_digits(out, local);
}

static void post_code(const struct demo *d, int64_t unit, int64_t local, struct buf *out)
{
	unit_code(d, unit, out);
	buf_char(out, '.');
	two_digits(out, local);
}

void demo_seat_code(const struct demo *d, int64_t seat, struct buf *out)
{
	int64_t local;
	int64_t unit = seat_unit(d, seat, &local);
	post_code(d, unit, local, out);
}

static const char *const wide_topics[] = {
	"Taxation",       "Treasury", "Customs and Excise",     "Budget",        "State Assets",
	"Fiscal Balance", "Debt",     "Financial Institutions", "Fiscal Policy", "Public Accounts",
	"Inspection",     "Training",
};
static const char *const topics[] = {
	"Planning",    "Revenue",         "Audit",      "Accounting", "Regulation", "Appeals",
	"Information", "Cash Management", "Valuation",  "Archives",   "Transfers",  "Legal Affairs",
	"Supervision", "Procurement",     "Statistics", "Payments",
};
static const char *const places[] = {
	"Aceh",         "Ambon",     "Balikpapan", "Bandung",   "Banjarmasin", "Batam",     "Bengkulu", "Bogor",
	"Cirebon",      "Denpasar",  "Gorontalo",  "Jakarta",   "Jambi",       "Jayapura",  "Kendari",  "Kupang",
	"Lampung",      "Madiun",    "Makassar",   "Malang",    "Manado",      "Mataram",   "Medan",    "Padang",
	"Palangkaraya", "Palembang", "Palu",       "Pekanbaru", "Pontianak",   "Samarinda", "Semarang", "Serang",
	"Sorong",       "Surabaya",  "Surakarta",  "Ternate",   "Yogyakarta",
};

static void unit_name(const struct demo *d, int64_t unit, struct buf *out)
{
	int l = level_of(d, unit);
	int64_t k = unit - d->level_first[l];
	const char *topic = topics[(uint64_t)(unit * 7) % COUNT(topics)];
	const char *place = places[(uint64_t)(unit * 11) % COUNT(places)];
	if (l == MINISTRY)
		buf_text(out, "Ministry of Finance");
	else if (l == GENERAL_DIRECTORATE)
		buf_printf(out, "Directorate General of %s", wide_topics[(uint64_t)k % COUNT(wide_topics)]);
	else if (l == DIRECTORATE)
		buf_printf(out, "Directorate of %s", topic);
	else if (l == DIVISION)
		buf_printf(out, "Division of %s %s", topic, place);
	else if (l == SECTION)
		buf_printf(out, "Section of %s %s", topic, place);
	else
		buf_printf(out, "Office of %s %s", topic, place);
}

/* ---- files ---- */

#define TREE_FROM "1990-01-01"

void demo_units_csv(const struct demo *d, struct window w, struct demo_out *out)
{
	(void)w;
	struct buf cell CLEANUP(buf_release) = BUF_INIT;
	int64_t local;
	for (int64_t u = 0; u < d->units; u++) {
		buf_reset(&cell);
		unit_code(d, u, &cell);
		csv_cell_text(&out->rows, buf_str(&cell));
		buf_reset(&cell);
		unit_name(d, u, &cell);
		csv_cell_text(&out->rows, buf_str(&cell));
		buf_reset(&cell);
		if (u)
			unit_code(d, parent_of(d, u, &local), &cell);
		csv_cell_text(&out->rows, buf_str(&cell));
		csv_cell_text(&out->rows, kinds[level_of(d, u)]);
		csv_cell_text(&out->rows, TREE_FROM);
		csv_row_end(&out->rows);
	}
}

/* code,title,unit,category,echelon,rank_low,rank_high,valid_from,heads_unit */
static void post_row(const struct demo *d, int64_t unit, int64_t local, enum demo_category category, const char *title,
		     struct buf *out)
{
	struct buf cell CLEANUP(buf_release) = BUF_INIT;
	const struct band *b = local ? NULL : band_of(d, unit);
	post_code(d, unit, local, &cell);
	csv_cell_text(out, buf_str(&cell));
	csv_cell_text(out, title);
	buf_reset(&cell);
	unit_code(d, unit, &cell);
	csv_cell_text(out, buf_str(&cell));
	csv_cell_text(out, demo_category_words[category]);
	csv_cell_text(out, b ? b->echelon : NULL);
	csv_cell_text(out, b ? demo_ranks[b->low] : NULL);
	csv_cell_text(out, b ? demo_ranks[b->high] : NULL);
	csv_cell_text(out, TREE_FROM);
	csv_cell_text(out, b ? "true" : NULL);
	csv_row_end(out);
}

static void head_row(const struct demo *d, int64_t unit, struct buf *out)
{
	static const char *const titles[] = { "Secretary General", "Director General", "Director",
					      "Head of division",  "Head of section",  "Head of office" };
	post_row(d, unit, 0, STRUCTURAL, titles[level_of(d, unit)], out);
}

/* Vacant posts stand behind the held ones of their unit, in at most every unit once. */
static void staff_rows(const struct demo *d, int64_t unit, int64_t held, int64_t vacant, enum demo_category category,
		       const char *const *titles, int64_t ntitles, struct buf *out)
{
	for (int64_t local = 1; local <= held + vacant; local++)
		post_row(d, unit, local, category, titles[(unit + local) % ntitles], out);
}

void demo_posts_csv(const struct demo *d, struct window w, struct demo_out *out)
{
	(void)w;
	static const char *const functional[] = { "Auditor",          "Tax examiner", "Computer specialist",
						  "Customs examiner", "Lecturer",     "Archivist" };
	static const char *const general[] = { "Administrator", "Verifier",      "Treasury clerk", "Data processor",
					       "Analyst",       "Secretary",     "Registry clerk", "Account officer",
					       "Bookkeeper",    "Counter clerk", "Drafter",        "Storekeeper" };
	int64_t lower = lower_units(d);
	for (int64_t u = 0; u < d->units; u++) {
		int l = level_of(d, u);
		head_row(d, u, &out->rows);
		if (l == DIVISION)
			staff_rows(d, u, share_of(u - d->level_first[l], d->drawn[FUNCTIONAL], d->level_units[l]), 0,
				   FUNCTIONAL, functional, COUNT(functional), &out->rows);
		if (l >= SECTION)
			staff_rows(d, u, share_of(u - d->level_first[SECTION], d->drawn[GENERAL], lower),
				   share_of(u - d->level_first[SECTION], d->vacant_posts, lower), GENERAL, general,
				   COUNT(general), &out->rows);
		demo_out_pass(out);
	}
}
