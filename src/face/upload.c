/* upload.c - spreadsheets that were sent: what is kept of each, and looking at its rows. */
#include "face/upload.h"

#include "entity/plain.h"
#include "face/inside.h"

#include <errno.h>
#include <sys/stat.h>
#include <unistd.h>

/* clang-format off */
static const struct field fields[] = {
	[UPLOAD_USER]      = { "acting_user", N_("User"),            T_INT,  .flags = REQUIRED | KEY },
	[UPLOAD_OF]        = { "of_list",     N_("List"),            T_TEXT, .max = 100, .flags = REQUIRED },
	[UPLOAD_FILENAME]  = { "filename",    N_("File"),            T_TEXT, .max = 200, .flags = REQUIRED },
	[UPLOAD_SENT_AT]   = { "sent_at",     N_("Sent at"),         T_INT,  .flags = REQUIRED },
	[UPLOAD_ROWS]      = { "rows_read",   N_("Rows"),            T_INT,  .flags = 0 },
	[UPLOAD_ADDED]     = { "added",       N_("New"),             T_INT,  .flags = 0 },
	[UPLOAD_CHANGED]   = { "changed",     N_("Changed"),         T_INT,  .flags = 0 },
	[UPLOAD_CORRECTED] = { "corrected",   N_("Corrected"),       T_INT,  .flags = 0 },
	[UPLOAD_UNCHANGED] = { "unchanged",   N_("As they stand"),   T_INT,  .flags = 0 },
	[UPLOAD_ASSUMED]   = { "assumed",     N_("Cells read by an assumption"), T_INT, .flags = 0 },
	[UPLOAD_PROBLEMS]  = { "problems",    N_("Problems"),        T_INT,  .flags = 0 },
	[UPLOAD_POSITION]  = { "receipt",     N_("Receipt"),         T_INT,  .flags = 0 },
	[UPLOAD_STATE]     = { "state",       N_("State"),           T_ENUM, .of = "mending ready taken", .flags = REQUIRED },
	[UPLOAD_EXTRA]     = { "ignore_extra", N_("Other columns are passed over"), T_BOOL, .flags = 0 },
	[UPLOAD_CORRECT]   = { "correcting",  N_("Rows that differ are corrections"), T_BOOL, .flags = 0 },
	[UPLOAD_WHY]       = { "reason",      N_("Reason"),          T_NOTE, .max = 1000 },
};
/* clang-format on */

const struct entity upload_entity = {
	.name = "upload",
	.title = N_("Spreadsheet sent"),
	.help = N_("A spreadsheet that somebody sent: what was found in it, and whether it was taken in."),
	.kind = PLAIN,
	FIELDS(fields),
};

/* ---- who may send what ---- */
bool upload_takes(const struct request *q, const struct entity *e)
{
	return face_may_write_any(q, e) && face_may_see_any(q, e);
}

bool upload_may(struct request *q)
{
	for (const struct entity *const *e = q->c->registry->entities; *e; e++)
		if (upload_takes(q, *e))
			return true;
	return false;
}

enum err upload_entity_asked(struct request *q, const struct entity **ret)
{
	TRY(face_entity(q, ret));
	return upload_takes(q, *ret) ? E_OK : E_MISSING;
}

/* ---- files ---- */
enum err upload_path(struct request *q, const struct record *u, enum upload_part part, const char **ret)
{
	static const char *const ends[] = {
		[UPLOAD_SHEET] = "csv", [UPLOAD_FAULTS] = "problems.csv", [UPLOAD_MAP] = "map.csv"
	};
	const char *folder = arena_printf(q->arena, "%s/uploads", ledger_side(q->c->ledger));
	if (mkdir(folder, 0700) != 0 && errno != EEXIST)
		return FAULT("the folder %s cannot be made: %s", folder, strerror(errno));
	*ret = arena_printf(q->arena, "%s/%lld.%s", folder, (long long)u->id, ends[part]);
	return E_OK;
}

void upload_close(FILE **f)
{
	if (*f)
		fclose(*f);
}

static enum err copy(const char *from, const char *to)
{
	FILE *in CLEANUP(upload_close) = fopen(from, "rbe");
	FILE *out CLEANUP(upload_close) = fopen(to, "wbe");
	char bytes[65536];
	size_t n;
	if (!in || !out)
		return FAULT("%s cannot be kept: %s", to, strerror(errno));
	while ((n = fread(bytes, 1, sizeof(bytes), in)) > 0)
		if (fwrite(bytes, 1, n, out) != n)
			return FAULT("%s cannot be written: %s", to, strerror(errno));
	if (ferror(in) || fflush(out) != 0)
		return FAULT("%s cannot be kept whole: %s", to, strerror(errno));
	return E_OK;
}

static bool whole(FILE *out, const struct buf *b)
{
	return out && fwrite(b->p, 1, b->n, out) == b->n && fflush(out) == 0;
}

enum err upload_file(const char *path, const struct buf *b)
{
	FILE *out CLEANUP(upload_close) = fopen(path, "wbe");
	return whole(out, b) ? E_OK : FAULT("%s cannot be written: %s", path, strerror(errno));
}

static enum err drop_files(struct request *q, const struct record *u)
{
	for (enum upload_part part = UPLOAD_SHEET; part <= UPLOAD_MAP; part++) {
		const char *path;
		TRY(upload_path(q, u, part, &path));
		if (unlink(path) != 0 && errno != ENOENT)
			return FAULT("%s cannot be deleted: %s", path, strerror(errno));
	}
	return E_OK;
}

/* What was found, as a spreadsheet to mend by: the first thousand. */
static enum err keep_problems(struct request *q, const struct record *u)
{
	CLEANUP(buf_release) struct buf b = BUF_INIT;
	const struct problems *p = q->c->problems;
	const char *path;
	TRY(upload_path(q, u, UPLOAD_FAULTS, &path));
	csv_cell_text(&b, SAY(q, N_("row")));
	csv_cell_text(&b, SAY(q, N_("column")));
	csv_cell_text(&b, SAY(q, N_("what is wrong")));
	csv_cell_text(&b, SAY(q, N_("what to do")));
	csv_row_end(&b);
	for (size_t i = 0; i < p->kept; i++) {
		csv_cell_int(&b, (int64_t)p->list[i].row);
		csv_cell_text(&b, p->list[i].column);
		csv_cell_text(&b, p->list[i].what);
		csv_cell_text(&b, p->list[i].todo);
		csv_row_end(&b);
	}
	return upload_file(path, &b);
}

/* ---- records ---- */
enum err upload_of_user(struct request *q, struct record ***ret, size_t *ret_n)
{
	struct value user = { .set = true, .i = q->who->actor.user };
	return plain_all(q->c, &upload_entity, UPLOAD_USER, &user, ret, ret_n);
}

enum err upload_find(struct request *q, const struct entity *e, int64_t number, struct record **ret)
{
	TRY(plain_read(q->c, &upload_entity, number, ret));
	if ((*ret)->v[UPLOAD_USER].i != q->who->actor.user || !str_is((*ret)->v[UPLOAD_OF].t, e->name))
		return E_MISSING;
	return E_OK;
}

/* In a transaction of its own. */
static enum err save(struct request *q, struct record *u)
{
	struct txn t CLEANUP(txn_end) = { 0 };
	TRY(ctx_write(q->c, &t));
	TRY(plain_save(q->c, u));
	return txn_commit(&t);
}

static enum err drop_older(struct request *q)
{
	struct txn t CLEANUP(txn_end) = { 0 };
	struct record **list;
	size_t n;
	TRY(ctx_write(q->c, &t));
	TRY(upload_of_user(q, &list, &n));
	for (size_t i = 0; i < n; i++) {
		TRY(drop_files(q, list[i]));
		TRY(plain_delete(q->c, &upload_entity, list[i]->id));
	}
	return txn_commit(&t);
}

enum err upload_new(struct request *q, const struct entity *e, const struct upload *file, struct record **ret)
{
	struct record *u = record_new(q->c->arena, &upload_entity);
	const char *path;
	TRY(drop_older(q));
	record_int(u, UPLOAD_USER, q->who->actor.user);
	record_text(u, UPLOAD_OF, str_of(e->name));
	record_text(u, UPLOAD_FILENAME, file->filename.n ? file->filename : STR("?"));
	record_int(u, UPLOAD_SENT_AT, clock_now_us());
	record_int(u, UPLOAD_STATE, UPLOAD_MENDING);
	TRY(save(q, u));
	TRY(upload_path(q, u, UPLOAD_SHEET, &path));
	TRY(copy(file->path, path));
	*ret = u;
	return E_OK;
}

/* ---- looking and taking ---- */
static void set_counts(struct record *u, const struct import_counts *n)
{
	record_int(u, UPLOAD_ROWS, (int64_t)n->rows);
	record_int(u, UPLOAD_ADDED, (int64_t)n->added);
	record_int(u, UPLOAD_CHANGED, (int64_t)n->changed);
	record_int(u, UPLOAD_CORRECTED, (int64_t)n->corrected);
	record_int(u, UPLOAD_UNCHANGED, (int64_t)n->unchanged);
	record_int(u, UPLOAD_ASSUMED, (int64_t)n->assumed);
}

static enum err import(struct request *q, const struct entity *e, const struct record *u, bool take,
		       struct import_counts *ret)
{
	struct import_options o = { .dry_run = !take,
				    .page = true,
				    .ignore_extra = record_get(u, UPLOAD_EXTRA, 0) != 0,
				    .correct = record_get(u, UPLOAD_CORRECT, 0) != 0 };
	const char *path, *map;
	TRY(upload_path(q, u, UPLOAD_SHEET, &path));
	TRY(upload_path(q, u, UPLOAD_MAP, &map));
	if (access(map, R_OK) == 0)
		o.map_path = map;
	if (o.correct)
		o.reason = terminated(q, u->v[UPLOAD_WHY].t);
	const enum err *reached = request_kept(q); /* of this very file, while others still wrote */
	TRY(reached ? *reached : upload_reach(q, e, path, o.map_path));
	return import_file(q->c, e, path, &o, ret);
}

enum err upload_look(struct request *q, const struct entity *e, struct record *u, bool take)
{
	struct import_counts n = { 0 };
	enum err done = import(q, e, u, take, &n);
	if (done != E_OK && done != E_INVALID && done != E_USAGE)
		return done;
	if (done == E_OK)
		set_counts(u, &n);
	record_int(u, UPLOAD_PROBLEMS, (int64_t)q->c->problems->count);
	record_int(u, UPLOAD_STATE, done != E_OK ? UPLOAD_MENDING : take ? UPLOAD_TAKEN : UPLOAD_READY);
	if (done == E_OK && take) {
		if (n.position)
			record_int(u, UPLOAD_POSITION, n.position);
		TRY(drop_files(q, u));
	}
	if (done != E_OK)
		TRY(keep_problems(q, u));
	/* What is wrong with the file is shown from there, and is nothing wrong with the form. */
	struct problems *p = q->c->problems;
	const struct lang *l = p->lang;
	problems_release(p);
	*p = (struct problems){ .lang = l };
	return save(q, u);
}
