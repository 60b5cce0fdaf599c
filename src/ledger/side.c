/* side.c - the folder beside the store: keys and checkpoints. */
#include "ledger/inside.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

/* Longer than any note of ours with the line before it. */
#define NOTE_MAX 2048

void side_path(struct buf *out, const char *side, const char *name)
{
	buf_reset(out);
	buf_printf(out, "%s/%s", side, name);
}

enum err side_make(const char *side)
{
	if (mkdir(side, 0700) == 0 || errno == EEXIST)
		return E_OK;
	return FAULT("the folder %s cannot be made: %s; make its parent writable", side, strerror(errno));
}

static void close_fd(const int *fd)
{
	if (*fd >= 0)
		close(*fd);
}

static enum err write_all(int fd, struct str text)
{
	while (text.n > 0) {
		ssize_t n = write(fd, text.p, text.n);
		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0)
			return E_FAULT;
		text.p += n;
		text.n -= (size_t)n;
	}
	return fsync(fd) == 0 ? E_OK : E_FAULT;
}

enum err side_new_file(const char *path, unsigned mode, struct str text)
{
	int fd CLEANUP(close_fd) = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, (mode_t)mode);
	if (fd < 0 && errno == EEXIST)
		return ANSWER(E_CONFLICT, "%s already exists; a key is never written over", path);
	if (fd < 0 || write_all(fd, text) != E_OK) {
		int why = errno;
		if (fd >= 0)
			unlink(path);
		return FAULT("%s cannot be written: %s; check the folder and the free space", path, strerror(why));
	}
	return E_OK;
}

enum err side_read(const char *side, const char *name, struct buf *out)
{
	struct buf path CLEANUP(buf_release) = BUF_INIT;
	side_path(&path, side, name);
	int fd CLEANUP(close_fd) = open(buf_str(&path), O_RDONLY | O_CLOEXEC);
	if (fd < 0 && errno == ENOENT)
		return ANSWER(E_MISSING, "%s is not there; put back the folder that belongs to the store", path.p);
	if (fd < 0)
		return ANSWER(E_DENIED, "%s cannot be read: %s; run as the user who owns it", path.p, strerror(errno));
	char *room = buf_more(out, SIDE_FILE_MAX);
	ssize_t n = read(fd, room, SIDE_FILE_MAX);
	if (n < 0)
		return FAULT("%s cannot be read: %s; check the disk", path.p, strerror(errno));
	out->n += (size_t)n;
	out->p[out->n] = '\0';
	return E_OK;
}

enum err side_notes_open(const char *side, int *ret_fd)
{
	struct buf path CLEANUP(buf_release) = BUF_INIT;
	side_path(&path, side, "checkpoints");
	int fd = open(buf_str(&path), O_RDWR | O_APPEND | O_CREAT | O_CLOEXEC, 0644);
	if (fd < 0)
		return FAULT("%s cannot be opened for appending: %s; nothing is written without it", path.p,
			     strerror(errno));
	*ret_fd = fd;
	return E_OK;
}

/* Held while the file is appended to or its end looked at, so that nobody takes half of another's note for a leftover.
 */
static int lock_file(int fd)
{
	while (flock(fd, LOCK_EX) != 0 && errno == EINTR)
		;
	return fd;
}

static void unlock_file(const int *fd)
{
	flock(*fd, LOCK_UN);
}

enum err side_notes_append(int fd, struct str note)
{
	struct buf all CLEANUP(buf_release) = BUF_INIT;
	int locked CLEANUP(unlock_file) UNUSED = lock_file(fd);
	off_t before = lseek(fd, 0, SEEK_END);
	buf_add(&all, note.p, note.n);
	buf_char(&all, '\n');
	if (write_all(fd, (struct str){ all.p, all.n }) == E_OK)
		return E_OK;
	int why = errno;
	/* Half a note would stand in the way of the next one. */
	if (before >= 0 && ftruncate(fd, before) != 0)
		why = errno;
	return FAULT("the checkpoint file cannot be written: %s; check the free space of its folder", strerror(why));
}

/* Where the last whole note in s ends, with its empty line; 0: none. A note ends with a line of signature and "\n\n".
 */
static size_t notes_end(struct str s)
{
	for (size_t end = s.n; end >= 3; end--) {
		if (s.p[end - 1] != '\n' || s.p[end - 2] != '\n')
			continue;
		size_t line = end - 2;
		while (line > 0 && s.p[line - 1] != '\n')
			line--;
		if (end - line > 4 && memcmp(s.p + line, "\xe2\x80\x94 ", 4) == 0)
			return end;
	}
	return 0;
}

enum err side_notes_last(int fd, struct buf *out)
{
	char tail[2 * NOTE_MAX];
	int locked CLEANUP(unlock_file) UNUSED = lock_file(fd);
	off_t size = lseek(fd, 0, SEEK_END);
	off_t from = size > (off_t)sizeof tail ? size - (off_t)sizeof tail : 0;
	ssize_t n = size < 0 ? -1 : pread(fd, tail, sizeof tail, from);
	if (n < 0)
		return FAULT("the checkpoint file cannot be read: %s; check the disk", strerror(errno));
	size_t end = notes_end((struct str){ tail, (size_t)n });
	if (end == 0 && from > 0)
		return ANSWER(
			E_CONFLICT,
			"the checkpoint file does not end in checkpoints; put back the one that belongs to the store");
	/* What stands after the last whole note was never acknowledged. */
	if (end < (size_t)n && ftruncate(fd, from + (off_t)end) != 0)
		return FAULT("the checkpoint file cannot be repaired: %s; check the disk", strerror(errno));
	if (end == 0)
		return E_OK;
	size_t before = notes_end((struct str){ tail, end - 1 });
	buf_add(out, tail + before, end - 1 - before);
	return E_OK;
}
