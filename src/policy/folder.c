/* folder.c - the files of a pack on disk, in byte order of their paths. */
#include "policy/content.h"

#include <dirent.h>
#include <errno.h>
#include <sys/stat.h>

#define FILE_MAX_BYTES ((size_t)64 << 20)
#define FILES_MAX 2000
#define FOLDER_DEPTH 4

struct reading {
	struct arena arena;
	struct problems *problems;
	const char *folder;
	struct buf files; /* of struct pack_file */
};

static bool is_for_people(const char *name)
{
	size_t n = strlen(name);
	return name[0] == '.' || name[n - 1] == '~' || text_is(name, "LICENSE") ||
	       (n > 3 && text_is(name + n - 3, ".md"));
}

static bool read_bytes(struct reading *r, const char *full, size_t size, struct str *ret)
{
	FILE *f = fopen(full, "rb");
	if (!f) {
		problem_at(r->problems, full, 0, NULL, "the file cannot be read (%s); allow it or remove it",
			   strerror(errno));
		return false;
	}
	char *bytes = arena_alloc(&r->arena, size + 1);
	size_t n = fread(bytes, 1, size, f);
	bool good = !ferror(f);
	fclose(f);
	if (!good)
		problem_at(r->problems, full, 0, NULL, "the file cannot be read; look at the disk");
	*ret = (struct str){ bytes, n };
	return good;
}

static void read_folder(struct reading *r, const char *inside, unsigned depth);

static void read_entry(struct reading *r, const char *path, unsigned depth)
{
	const char *full = arena_printf(&r->arena, "%s/%s", r->folder, path);
	struct stat st;
	struct pack_file f = { .path = path };
	if (lstat(full, &st) != 0)
		problem_at(r->problems, full, 0, NULL, "the file cannot be read (%s); allow it or remove it",
			   strerror(errno));
	else if (S_ISLNK(st.st_mode))
		problem_at(r->problems, full, 0, NULL,
			   "this is a link, and a pack is read from its own folder only; put what it leads to in its "
			   "place");
	else if (S_ISDIR(st.st_mode) && depth < FOLDER_DEPTH)
		read_folder(r, path, depth + 1);
	else if (!S_ISREG(st.st_mode) || (size_t)st.st_size > FILE_MAX_BYTES)
		problem_at(r->problems, full, 0, NULL,
			   "this is no file of at most 64 MiB; a pack holds texts and tables only");
	else if (r->files.n / sizeof(f) >= FILES_MAX)
		return;
	else if (read_bytes(r, full, (size_t)st.st_size, &f.bytes))
		buf_add(&r->files, &f, sizeof(f));
}

static void close_folder(DIR **d)
{
	if (*d)
		closedir(*d);
}

static void read_folder(struct reading *r, const char *inside, unsigned depth)
{
	const char *full = *inside ? arena_printf(&r->arena, "%s/%s", r->folder, inside) : r->folder;
	CLEANUP(close_folder) DIR *d = opendir(full);
	if (!d) {
		problem_at(r->problems, full, 0, NULL,
			   "the folder of rules cannot be opened (%s); name a folder that holds pack.yaml",
			   strerror(errno));
		return;
	}
	for (struct dirent *e = readdir(d); e; e = readdir(d))
		if (!is_for_people(e->d_name))
			read_entry(r, arena_printf(&r->arena, "%s%s%s", inside, *inside ? "/" : "", e->d_name), depth);
}

static int by_path(const void *a, const void *b)
{
	const struct pack_file *x = a, *y = b;
	return strcmp(x->path, y->path);
}

static const char *without_slash(struct arena *a, const char *folder)
{
	size_t n = strlen(folder);
	while (n > 1 && folder[n - 1] == '/')
		n--;
	return arena_text(a, folder, n);
}

/* What is no pack is not walked through: it may be anything, and large. */
static bool is_pack(struct reading *r)
{
	struct stat st;
	if (stat(r->folder, &st) != 0 || !S_ISDIR(st.st_mode) ||
	    lstat(arena_printf(&r->arena, "%s/pack.yaml", r->folder), &st) == 0)
		return true; /* or said when the folder is opened */
	pack_say_headless(r->problems, r->folder);
	return false;
}

static enum err parse_folder(struct reading *r, const struct pack_reader *reader, struct pack **ret)
{
	size_t before = r->problems->count;
	if (is_pack(r))
		read_folder(r, "", 0);
	if (r->problems->count != before)
		return E_INVALID;
	size_t n = r->files.n / sizeof(struct pack_file);
	struct pack_file *files = ARENA_ARRAY(&r->arena, struct pack_file, n ? n : 1);
	if (n)
		memcpy(files, r->files.p, r->files.n);
	qsort(files, n, sizeof(*files), by_path);
	return pack_parse(r->folder, files, n, reader, false, r->problems, ret);
}

enum err pack_read(const char *folder, const struct pack_reader *reader, struct problems *p, struct pack **ret)
{
	struct reading r = { .problems = p };
	arena_init(&r.arena);
	r.folder = without_slash(&r.arena, folder);
	enum err e = parse_folder(&r, reader, ret);
	buf_release(&r.files);
	arena_release(&r.arena);
	return e;
}
