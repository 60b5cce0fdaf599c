# The house builds itself from what it finds: a new file needs no edit here.
#
#   make                    build/merit, the release binary
#   make V=asan test        the tests of every layer, under a variant: debug, asan, tsan, clang, coverage, release
#   make V=debug test-store the tests of one layer with that layer and those below it
#   make V=fuzz fuzzers     a libFuzzer program for each tests/fuzz/x_fuzz.c
#   make V=clang warnings   what another compiler has to say of every file; makes nothing of them
#
# Layers, strictly downwards; a layer may include only those before it. tests/layers checks it.
LAYERS := base store ledger access entity policy population decision evidence web face modules command
V ?= release
B := build/$(V)

CC_release := gcc
CC_debug := gcc
CC_asan := gcc
CC_tsan := gcc
CC_clang := clang
CC_coverage := gcc
CC_fuzz := clang
CC := $(CC_$(V))

# A table's row leaves out what is zero, hence the last but one.
WARN := -std=c17 -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wstrict-prototypes -Wmissing-prototypes \
	-Wold-style-definition -Wvla -Wformat=2 -Wundef -Wwrite-strings -Wcast-qual -Wnull-dereference \
	-Wno-missing-field-initializers -Werror
WARN_gcc := -Wlogical-op -Wduplicated-cond -Wduplicated-branches
WARN_clang := -Wmissing-variable-declarations
HARDEN := -fstack-protector-strong -fPIE -D_FORTIFY_SOURCE=2

FLAGS_release := -O2 -g $(HARDEN)
FLAGS_debug := -Og -g
FLAGS_asan := -O1 -g1 -fsanitize=address,undefined -fno-sanitize-recover=all -fno-omit-frame-pointer -Wno-null-dereference
FLAGS_tsan := -O1 -g1 -fsanitize=thread -Wno-null-dereference
FLAGS_clang := -O1 -g
FLAGS_coverage := -O0 -g --coverage -Wno-null-dereference
FLAGS_fuzz := -O1 -gline-tables-only -fsanitize=fuzzer-no-link,address,undefined -fno-sanitize-recover=all -Wno-null-dereference
LINK_release := -pie -Wl,-z,relro,-z,now

PACKAGES := sqlite3 libpq libsodium libcrypto yaml-0.1 jansson icu-uc icu-i18n libmicrohttpd zlib
CPPFLAGS := -Isrc -include src/base/banned.h -D_GNU_SOURCE
CFLAGS = $(WARN) $(WARN_$(CC)) $(FLAGS_$(V)) -pthread $(PKG_CFLAGS)
LDFLAGS = $(FLAGS_$(V)) $(LINK_$(V)) -pthread
LDLIBS = $(PKG_LIBS) -lcsv
PKG_CFLAGS := $(patsubst -I%,-isystem %,$(shell pkg-config --cflags $(PACKAGES) 2>/dev/null))
PKG_LIBS := $(shell pkg-config --libs $(PACKAGES) 2>/dev/null)

sources = $(sort $(shell find src/$(1) -name '*.c' -not -name '*_test.c' 2>/dev/null))
# ThreadSanitizer has nothing to say of a suite without threads.
TESTS := $(if $(filter tsan,$(V)),$(shell tests/threaded),$(shell find src -name '*_test.c' 2>/dev/null))
tests = $(sort $(filter src/$(1)/%,$(TESTS)))
objects = $(patsubst %.c,$(B)/%.o,$(1))
# The layer named and all below it.
upto = $(shell for l in $(LAYERS); do echo $$l; [ $$l = $(1) ] && break; done)

ALL_SOURCES := $(foreach l,$(LAYERS),$(call sources,$(l)))
TESTED := $(foreach l,$(LAYERS),$(if $(call tests,$(l)),$(l)))

# Languages and assets, made into C: a prerequisite must be known before the rules that name it.
EMBEDDED := $(B)/locale.o $(B)/assets.o

.PHONY: all test test-programs fuzzers warnings clean format
all: build/merit

build/merit: $(B)/merit
	@cp $(B)/merit build/.merit && mv build/.merit $@

$(B)/merit: $(call objects,$(ALL_SOURCES) src/main.c) $(EMBEDDED)
	$(CC) $(LDFLAGS) -o $@ $^ $(LDLIBS)

$(B)/%.o: %.c Makefile
	@mkdir -p $(@D)
	$(CC) $(CPPFLAGS) $(CFLAGS) -MMD -MP -c -o $@ $<

$(B)/%.seen: %.c Makefile
	@mkdir -p $(@D)
	$(CC) $(CPPFLAGS) $(CFLAGS) -fsyntax-only -MMD -MP -MT $@ -MF $(@:.seen=.d) $<
	@touch $@

# Texts in other languages, as tables inside the program.
$(B)/locale.c: locale/embed $(wildcard locale/*.po)
	@mkdir -p $(@D)
	locale/embed $(wildcard locale/*.po) > $@.new && mv $@.new $@
# What pages look like, under names that hold their hash.
ASSETS := $(sort $(wildcard assets/*.css assets/*.js assets/*.svg assets/*.png assets/*.woff2))
$(B)/assets.c: assets/embed $(ASSETS)
	@mkdir -p $(@D)
	assets/embed $(ASSETS) > $@.new && mv $@.new $@
$(EMBEDDED): %.o: %.c
	$(CC) $(CPPFLAGS) $(CFLAGS) -MMD -MP -c -o $@ $<

# One test program a layer. Its list of suites comes from the names of the test files: x_test.c has `int x_test(void)`.
define layer_tests
$(B)/$(1)_suites.c: $(call tests,$(1)) tests/suites
	@mkdir -p $(B)
	tests/suites $(call tests,$(1)) > $$@
$(B)/$(1)_tests: $(B)/$(1)_suites.c $(call objects,$(foreach l,$(call upto,$(1)),$(call sources,$(l))) $(call tests,$(1))) $(B)/help.a $(EMBEDDED)
	$$(CC) $$(CPPFLAGS) $$(CFLAGS) $$(LDFLAGS) -o $$@ $$^ $$(LDLIBS) -lcmocka
.PHONY: test-$(1)
test-$(1): $(B)/$(1)_tests
	$(B)/$(1)_tests $(SUITE)
endef
# An archive, so that a layer's tests link only the help that they call.
$(B)/help.a: $(call objects,$(sort $(wildcard tests/help/*.c)))
	@rm -f $@
	ar rcs $@ $^
$(foreach l,$(TESTED),$(eval $(call layer_tests,$(l))))
test: $(foreach l,$(TESTED),test-$(l))
test-programs: $(foreach l,$(TESTED),$(B)/$(l)_tests)
warnings: $(patsubst %.c,$(B)/%.seen,$(ALL_SOURCES) src/main.c $(sort $(TESTS) $(wildcard tests/help/*.c)))

# An archive, so that a fuzzer links only what it reaches.
# A fuzzer reaches no higher than the highest layer that one of them includes.
ARCHIVED := $(if $(filter fuzz,$(V)),$(call upto,$(lastword \
	$(foreach l,$(LAYERS),$(if $(shell grep -ls '"$(l)/' tests/fuzz/*_fuzz.c),$(l))))),$(LAYERS))
$(B)/merit.a: $(call objects,$(foreach l,$(ARCHIVED),$(call sources,$(l)))) $(EMBEDDED)
	@rm -f $@
	ar rcs $@ $^
$(B)/%_fuzz: $(B)/tests/fuzz/%_fuzz.o $(B)/help.a $(B)/merit.a
	$(CC) $(LDFLAGS) -fsanitize=fuzzer -o $@ $^ $(LDLIBS) -lcmocka
fuzzers: $(patsubst tests/fuzz/%.c,$(B)/%,$(sort $(wildcard tests/fuzz/*_fuzz.c)))

# For the scripts in tests/: one place knows the flags.
print-%:
	@echo '$($*)'

clean:
	rm -rf build

format:
	clang-format -i $$(git ls-files 'src/*.[ch]' 'tests/*.[ch]')

-include $(shell find $(B) -name '*.d' 2>/dev/null)

# Measures what the stack can do and prints it beside its limits; asserts nothing. tests/bench/run --help tells more.
BENCHES := $(patsubst tests/bench/%.c,$(B)/bench/%,$(sort $(wildcard tests/bench/*_bench.c)))
$(BENCHES): $(B)/bench/%: $(B)/tests/bench/%.o $(B)/tests/help/spot.o $(B)/merit.a
	@mkdir -p $(@D)
	$(CC) $(LDFLAGS) -o $@ $^ $(LDLIBS) -lcmocka
.PHONY: bench benches
benches: $(BENCHES)
bench: build/merit benches
	tests/bench/run $(B)/bench
