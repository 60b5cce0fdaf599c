/* Keys and notes against vectors made with another Ed25519 and another language; a note with one byte changed is none.
 */
#include "ledger/note.h"

#include "base/attr.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#define NAME "example.org/merit"
#define PUBLIC NAME "+1ef0e258+AQOhB7/zzhC+HXDdGOdLwJln5NYwm6UNXx3chmQSVTG4"
#define SECRET "PRIVATE+KEY+" NAME "+1ef0e258+AQABAgMEBQYHCAkKCwwNDg8QERITFBUWFxgZGhscHR4f"
#define BODY NAME "\n1284\nSBNJTRN+FjG7owHVrKtue7eqdM4RhdRWVl71HXN2d7I=\n"
#define SIGNED                                                                                                         \
	BODY "\n\xe2\x80\x94 " NAME                                                                                    \
	     " HvDiWB7MIHlKvKCRzGeu15cl+FIS8j5ciRfq1P6Qpj90UdCZk6GBJONRD5lYV2W3G4Cbqnlw+EE+m92scXohvjCzJws=\n"
#define WITNESSED                                                                                                      \
	BODY "extension line\n\n\xe2\x80\x94 witness.example "                                                         \
	     "T3r+0hJaOPdD0By5vXQKGyw4R2BiUWJDxrIuVJ44HM5JEt/oSYGI1dogmyaYr3Pt5V5J7wuIFg4e2c7QJAgwid0DdQU=\n"          \
	     "\xe2\x80\x94 " NAME                                                                                      \
	     " HvDiWMf92MTmyzMSNBjPe1324Qr1l7d6rcJKZVlroXxkxZdOCyFOz9KeKDn3wzdjV6kF9cgh4oLC8ANKCO+uOiTFog4=\n"

static struct signer signer;
static struct verifier verifier;

static int setup(void **state)
{
	(void)state;
	unsigned char seed[32];
	for (size_t i = 0; i < sizeof seed; i++)
		seed[i] = (unsigned char)i;
	signer_make(&signer, NAME, seed);
	verifier_of(&signer, &verifier);
	return 0;
}

static void keys_have_the_texts_of_the_vector(void **state)
{
	(void)state;
	struct buf text CLEANUP(buf_release) = BUF_INIT;
	struct signer s;
	struct verifier v;
	verifier_text(&verifier, &text);
	assert_string_equal(buf_str(&text), PUBLIC);
	buf_reset(&text);
	signer_text(&signer, &text);
	assert_string_equal(buf_str(&text), SECRET);
	assert_int_equal(signer_parse(STR("\n" SECRET " \n"), &s), E_OK);
	assert_memory_equal(s.secret, signer.secret, sizeof s.secret);
	assert_int_equal(verifier_parse(STR(" " PUBLIC "\r\n"), &v), E_OK);
	assert_memory_equal(v.public, signer.public, sizeof v.public);
	assert_string_equal(v.name, NAME);
}

static void a_key_with_a_byte_changed_is_none(void **state)
{
	(void)state;
	struct verifier v;
	struct signer s;
	for (size_t i = 0; i < sizeof(PUBLIC) - 1; i++) {
		char text[] = PUBLIC;
		text[i] ^= 1;
		assert_int_equal(verifier_parse(str_of(text), &v), E_INVALID);
		assert_int_equal(verifier_parse((struct str){ PUBLIC, i }, &v), E_INVALID);
	}
	for (size_t i = 0; i < sizeof(SECRET) - 1; i++) {
		char text[] = SECRET;
		text[i] ^= 1;
		assert_int_equal(signer_parse(str_of(text), &s), E_INVALID);
	}
}

static void a_note_is_signed_as_in_the_vector(void **state)
{
	(void)state;
	struct buf note CLEANUP(buf_release) = BUF_INIT;
	struct checkpoint c = { .origin = NAME, .size = 1284, .root = sha256("root", 4) }, read;
	note_sign(&c, &signer, &note);
	assert_string_equal(buf_str(&note), SIGNED);
	assert_int_equal(note_open((struct str){ note.p, note.n }, &verifier, &read), E_OK);
	assert_string_equal(read.origin, NAME);
	assert_int_equal(read.size, 1284);
	assert_memory_equal(read.root.b, c.root.b, HASH_SIZE);
}

static void other_signatures_and_lines_are_allowed(void **state)
{
	(void)state;
	struct checkpoint c;
	assert_int_equal(note_open(STR(WITNESSED), &verifier, &c), E_OK);
	assert_int_equal(c.size, 1284);
}

static void a_note_of_another_key_is_denied(void **state)
{
	(void)state;
	struct verifier other = verifier;
	struct checkpoint c;
	other.public[0] ^= 1;
	assert_int_equal(note_open(STR(SIGNED), &other, &c), E_DENIED);
	other = verifier;
	other.name[0] = 'E';
	assert_int_equal(note_open(STR(SIGNED), &other, &c), E_DENIED);
}

static void a_note_with_a_byte_changed_is_refused(void **state)
{
	(void)state;
	struct checkpoint c = { .size = 7 };
	for (size_t i = 0; i < sizeof(SIGNED) - 1; i++)
		for (unsigned bit = 1; bit < 256; bit <<= 1) {
			char note[] = SIGNED;
			note[i] = (char)((unsigned char)note[i] ^ bit);
			assert_int_not_equal(note_open((struct str){ note, sizeof note - 1 }, &verifier, &c), E_OK);
		}
	for (size_t n = 0; n < sizeof(SIGNED) - 1; n++)
		assert_int_not_equal(note_open((struct str){ SIGNED, n }, &verifier, &c), E_OK);
	assert_int_equal(c.size, 7);
}

static void a_size_has_one_text_only(void **state)
{
	(void)state;
	static const char *const sizes[] = {
		"01284", "+1284", "-1", "", " 1284", "18446744073709551616", "1284 ", "0x1"
	};
	for (size_t i = 0; i < COUNT(sizes); i++) {
		struct buf note CLEANUP(buf_release) = BUF_INIT;
		struct checkpoint c;
		buf_printf(&note,
			   NAME "\n%s\nSBNJTRN+FjG7owHVrKtue7eqdM4RhdRWVl71HXN2d7I=\n\n\xe2\x80\x94 x AAAAAAAA\n",
			   sizes[i]);
		assert_int_equal(note_open((struct str){ note.p, note.n }, &verifier, &c), E_INVALID);
	}
}

static void names_without_blanks_and_plus(void **state)
{
	(void)state;
	char longest[129];
	memset(longest, 'a', sizeof longest);
	assert_true(note_name_fits((struct str){ longest, 127 }));
	assert_false(note_name_fits((struct str){ longest, 128 }));
	assert_true(note_name_fits(str_of("merit/kementerian-keuangan.go.id")));
	static const char *const bad[] = { "", "a b", "a+b", "a\nb", "a\xc2\xa0z", "a\xff", "a\x7f" };
	for (size_t i = 0; i < COUNT(bad); i++)
		assert_false(note_name_fits(str_of(bad[i])));
}

int note_test(void);
int note_test(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(keys_have_the_texts_of_the_vector),
		cmocka_unit_test(a_key_with_a_byte_changed_is_none),
		cmocka_unit_test(a_note_is_signed_as_in_the_vector),
		cmocka_unit_test(other_signatures_and_lines_are_allowed),
		cmocka_unit_test(a_note_of_another_key_is_denied),
		cmocka_unit_test(a_note_with_a_byte_changed_is_refused),
		cmocka_unit_test(a_size_has_one_text_only),
		cmocka_unit_test(names_without_blanks_and_plus),
	};
	return cmocka_run_group_tests_name("note", tests, setup, NULL);
}
