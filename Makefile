# quoted: every task is a target; `make help` lists them. Parses on a machine without compiler and pkg-config: `make run` and
# `make test` install what is missing and then call make again, so that what pkg-config prints is asked for after that.
.DEFAULT_GOAL := help
SHELL := /bin/sh
.DELETE_ON_ERROR:

BUILD ?= build
CC ?= gcc
ifeq ($(origin CC),default)
CC := gcc
endif
PORT ?= 8080
DB ?= $(BUILD)/quoted-run.db
PREFIX ?= /usr/local
FUZZ_SECONDS ?= 60
SHARED ?= ../shared

# --- flags -----------------------------------------------------------------------------------------------------------------------

PKGS := libmicrohttpd jansson sqlite3 libutf8proc nettle zlib libxml-2.0
PKG_CFLAGS := $(shell pkg-config --cflags $(PKGS) 2>/dev/null)
PKG_LIBS := $(shell pkg-config --libs $(PKGS) 2>/dev/null)
CPPFLAGS_ALL = -I. -I$(BUILD)/generated -D_POSIX_C_SOURCE=200809L $(PKG_CFLAGS) $(CPPFLAGS)
WARNINGS = -Wall -Wextra -Wpedantic -Wconversion -Wshadow -Wstrict-prototypes -Wmissing-prototypes -Wwrite-strings -Wvla -Werror
CFLAGS ?= -O2 -g
CFLAGS_ALL = -std=c17 $(WARNINGS) -fno-common -fstack-protector-strong -pthread $(CFLAGS) $(SANITIZE)
LDFLAGS_ALL = $(LDFLAGS) $(SANITIZE) -pthread
LIBS = $(PKG_LIBS) -lm
MAKE_AGAIN = $(MAKE) --no-print-directory
# One short line for each thing made; V=1 shows the whole command, -s nothing.
SILENT := $(findstring s,$(firstword -$(MAKEFLAGS)))
say = $(if $(V),,@$(if $(SILENT),,printf '  %-7s%s\n' $(1) $@;))

# --- the program -----------------------------------------------------------------------------------------------------------------

MODULES := base extract db ingest server cli
$(foreach m,$(MODULES),$(eval $(m)_SRC := $(wildcard $(m)/*.c)))
$(foreach m,$(MODULES),$(eval $(m)_OBJ := $(patsubst %.c,$(BUILD)/%.o,$($(m)_SRC))))
# What each module's code may link, itself first: the order of archives, and the dependency rule once more.
LINK_base := base
LINK_extract := extract base
LINK_db := db base
LINK_ingest := ingest extract db base
LINK_server := server ingest extract db base
LINK_cli := server ingest extract db base
archives = $(patsubst %,$(BUILD)/lib%.a,$(LINK_$(1)))

all: $(BUILD)/quoted ## build the program: build/quoted
	@:

$(BUILD)/quoted: $(cli_OBJ) $(call archives,cli)
	$(call say,LINK)$(CC) $(LDFLAGS_ALL) -o $@ $^ $(LIBS)

define archive_rule
$(BUILD)/lib$(1).a: $($(1)_OBJ)
	@rm -f $$@
	$$(call say,AR)ar rcs $$@ $$^
endef
$(foreach m,$(filter-out cli,$(MODULES)),$(eval $(call archive_rule,$(m))))

$(BUILD)/%.o: %.c
	@mkdir -p $(@D)
	$(call say,CC)$(CC) $(CPPFLAGS_ALL) $(CFLAGS_ALL) -MMD -MP -c -o $@ $<

# Build-time programs, run on the building machine. embed stands on its own, so that it is there before any library.
$(BUILD)/tools/embed: tools/embed.c
	@mkdir -p $(@D)
	$(call say,TOOL)$(CC) $(CPPFLAGS_ALL) $(CFLAGS_ALL) $(LDFLAGS_ALL) -o $@ $<

$(BUILD)/tools/%: tools/%.c $(BUILD)/libbase.a
	@mkdir -p $(@D)
	$(call say,TOOL)$(CC) $(CPPFLAGS_ALL) $(CFLAGS_ALL) $(LDFLAGS_ALL) -o $@ $< $(BUILD)/libbase.a $(LIBS)

# Files that the program carries as bytes: schema.sql becomes schema_sql[] in generated/schema_sql.h.
$(BUILD)/generated/%_sql.h: %.sql $(BUILD)/tools/embed
	@mkdir -p $(@D)
	$(call say,EMBED)$(BUILD)/tools/embed $*_sql <$< >$@

# The word lists of data/ as one table of hashes: generated/lexicon_table.h, which extract/lexicon.c looks up.
WORD_LISTS := $(sort $(wildcard data/*.txt))
$(BUILD)/generated/lexicon_table.h: $(WORD_LISTS) $(BUILD)/tools/lexicon_make
	@mkdir -p $(@D)
	$(call say,LISTS)$(BUILD)/tools/lexicon_make $(WORD_LISTS) >$@.new
	@mv $@.new $@
$(BUILD)/extract/lexicon.o: $(BUILD)/generated/lexicon_table.h

# The name tagger's model, carried as bytes. It is trained by `make tagger`, seldom and on purpose, and committed.
$(BUILD)/extract/tagger_model.o: CPPFLAGS_ALL += -DTAGGER_MODEL='"data/tagger.model"'
$(BUILD)/extract/tagger_model.o: data/tagger.model

# Training text in the trainer's order: open sets that may train what ships (docs/DATA.md), then our own corpus.
GOLD ?= ../shared/gold
TAGGER_SETS := crossner gum.clean redocred uner.dev uner.test wikigold wnut btc
FRAME_FILLINGS := 8
$(BUILD)/train/tagger_train: $(wildcard train/*.c) $(BUILD)/libextract.a $(BUILD)/libbase.a
	@mkdir -p $(@D)
	$(call say,CC)$(CC) $(CPPFLAGS_ALL) $(CFLAGS_ALL) $(LDFLAGS_ALL) -o $@ $^ $(LIBS)

tagger: $(BUILD)/train/tagger_train ## train the name tagger anew from the sets in GOLD and data/corpus (some minutes)
	/usr/bin/python3 train/corpus.py tagged --frames $(FRAME_FILLINGS) data/corpus >$(BUILD)/train/corpus.tsv
	$(BUILD)/train/tagger_train $(patsubst %,--dev %,$(wildcard $(GOLD)/entities/dev/*.tsv)) --out $(BUILD)/train/tagger.model \
	    $(patsubst %,$(GOLD)/entities/train/%.tsv,$(TAGGER_SETS)) $(BUILD)/train/corpus.tsv
	mv $(BUILD)/train/tagger.model data/tagger.model

# Order only: the first build does not know yet which file includes it, later ones do.
$(db_OBJ): | $(BUILD)/generated/schema_sql.h

# --- tests -----------------------------------------------------------------------------------------------------------------------

# Unit tests: tests/unit/MODULE/test_*.c, one cmocka program each.
define unit_rule
unit_$(1)_BIN := $$(patsubst tests/unit/%.c,$(BUILD)/unit/%,$$(wildcard tests/unit/$(1)/test_*.c))
$$(unit_$(1)_BIN): $(BUILD)/unit/%: tests/unit/%.c $(call archives,$(1))
	@mkdir -p $$(@D)
	$$(call say,TEST)$$(CC) $$(CPPFLAGS_ALL) $$(CFLAGS_ALL) $$(LDFLAGS_ALL) -MMD -MP -o $$@ $$< $(call archives,$(1)) -lcmocka $$(LIBS)
.PHONY: unit-$(1)
unit-$(1): $$(unit_$(1)_BIN)
	@set -e; for test in $$(abspath $$^); do echo "$$$$test"; $$$$test; done
endef
$(foreach m,$(filter-out cli,$(MODULES)),$(eval $(call unit_rule,$(m))))

unit_BIN := $(foreach m,$(filter-out cli,$(MODULES)),$(unit_$(m)_BIN))

# Fuzz targets: tests/fuzz/fuzz_*.c. With FUZZ_ENGINE=-fsanitize=fuzzer the engine drives them, else tests/fuzz/standalone.c, which
# runs the files that it is given.
FUZZ_ENGINE ?=
fuzz_BIN := $(patsubst tests/fuzz/%.c,$(BUILD)/fuzz/%,$(wildcard tests/fuzz/fuzz_*.c))
$(fuzz_BIN): $(BUILD)/fuzz/%: tests/fuzz/%.c $(if $(FUZZ_ENGINE),,tests/fuzz/standalone.c) $(call archives,server)
	@mkdir -p $(@D)
	$(call say,FUZZ)$(CC) $(CPPFLAGS_ALL) $(CFLAGS_ALL) $(LDFLAGS_ALL) $(FUZZ_ENGINE) -o $@ $(filter %.c,$^) $(filter %.a,$^) $(LIBS)

test-programs: $(BUILD)/quoted $(unit_BIN) $(fuzz_BIN)
	@:

JOBS ?= $(shell nproc 2>/dev/null || echo 1)
ASAN = CC=clang SANITIZE='-fsanitize=address,undefined -fno-sanitize-recover=all -fno-omit-frame-pointer' CFLAGS='-O1 -g -DARENA_DEBUG'
TSAN = CC=clang SANITIZE=-fsanitize=thread CFLAGS='-O1 -g'
FUZZER = CC=clang SANITIZE='-fsanitize=fuzzer-no-link,address,undefined -fno-sanitize-recover=all' FUZZ_ENGINE=-fsanitize=fuzzer \
	CFLAGS='-O1 -g -DARENA_DEBUG'

test: ## install what is missing, build, and run unit tests, golden cases, fuzz corpora, the command line and the API
	@scripts/deps.sh test
	@$(MAKE_AGAIN) -j$(JOBS) test-programs
	@scripts/run_tests.py --build $(BUILD) unit cases fuzz cli api

check: ## everything that must hold before a change lands: test, format, lint, both compilers, sanitizers, valgrind, fuzzing, image
	@scripts/deps.sh check
	@scripts/check.py --build $(BUILD)

asan: ## run all tests under the address and undefined-behaviour sanitizers
	@scripts/deps.sh check
	@$(MAKE_AGAIN) -j$(JOBS) BUILD=$(BUILD)/asan $(ASAN) test-programs
	@scripts/run_tests.py --build $(BUILD)/asan unit cases fuzz cli api

tsan: ## run the threaded parts (store, ingest, server, the tests over HTTP) under the thread sanitizer
	@scripts/deps.sh check
	@$(MAKE_AGAIN) -j$(JOBS) BUILD=$(BUILD)/tsan $(TSAN) test-programs
	@scripts/run_tests.py --build $(BUILD)/tsan --modules db,ingest,server unit api

VALGRIND = valgrind --quiet --error-exitcode=99 --leak-check=full --errors-for-leak-kinds=definite
valgrind: ## run the unit tests of base, extract and db under valgrind
	@scripts/deps.sh check
	@$(MAKE_AGAIN) -j$(JOBS) BUILD=$(BUILD)/valgrind CFLAGS='-O1 -g' test-programs
	@scripts/run_tests.py --build $(BUILD)/valgrind --modules base,extract,db --wrapper '$(VALGRIND)' unit

fuzz: ## let libFuzzer search with every fuzz target for FUZZ_SECONDS each (60)
	@scripts/deps.sh check
	@$(MAKE_AGAIN) -j$(JOBS) BUILD=$(BUILD)/fuzzer $(FUZZER) fuzz-programs
	@scripts/fuzz.sh $(BUILD)/fuzzer $(FUZZ_SECONDS)

fuzz-programs: $(fuzz_BIN)
	@:

coverage: ## run the tests on a build that counts, and write what they reach to build/coverage/index.html
	@scripts/deps.sh check
	@$(MAKE_AGAIN) -j$(JOBS) BUILD=$(BUILD)/coverage CC=gcc SANITIZE=--coverage CFLAGS='-O0 -g' test-programs
	@find $(BUILD)/coverage -name '*.gcda' -delete
	@scripts/run_tests.py --build $(BUILD)/coverage unit cases fuzz cli api
	@gcovr --root . --exclude tests --print-summary --html-details $(BUILD)/coverage/index.html $(BUILD)/coverage | tail -n 4

eval: ## measure quotes, names, bodies and dates against annotated sets, where there are some (SHARED=../shared, EXAMPLES=0 of each error)
	@scripts/deps.sh test
	@$(MAKE_AGAIN) -j$(JOBS) all
	@scripts/eval.py --examples $(or $(EXAMPLES),0) $(BUILD)/quoted $(SHARED)

# --- benchmarks ------------------------------------------------------------------------------------------------------------------

# bench/README.md tells what they measure and how to read them. BENCH_ARTICLES and BENCH_SECONDS (of a turn) make a run longer.
bench_BIN := $(addprefix $(BUILD)/bench/,generate extract ceiling floor)
$(BUILD)/bench/generate: $(BUILD)/bench/world.o
$(bench_BIN): $(BUILD)/bench/%: $(BUILD)/bench/%.o $(call archives,extract)
	$(call say,LINK)$(CC) $(LDFLAGS_ALL) -o $@ $(filter %.o,$^) $(filter %.a,$^) $(LIBS)

bench-programs: $(BUILD)/quoted $(bench_BIN)
	@:

bench: ## measure extraction, ingest and serving beside nginx and others (BENCH_ARTICLES=10000, BENCH_SECONDS=2 a turn)
	@scripts/deps.sh bench
	@$(MAKE_AGAIN) -j$(JOBS) bench-programs
	@bench/run.py --build $(BUILD)

# --- the tree's rules ------------------------------------------------------------------------------------------------------------

LINT = scripts/lint.py --build $(BUILD) --flags '$(CPPFLAGS_ALL) -DTAGGER_MODEL=\"\" $(WARNINGS)'
generated: $(BUILD)/generated/schema_sql.h $(BUILD)/generated/lexicon_table.h
	@:

format: ## bring every C file into the form of .clang-format (CHECK=1: only tell which are not)
	@scripts/deps.sh check
	@scripts/format.sh $(if $(CHECK),--check)

lint: ## check layers, headers, sizes, limits and paths, and run clang-tidy and cppcheck
	@scripts/deps.sh check
	@$(MAKE_AGAIN) generated
	@$(MAKE_AGAIN) lint-all

lint-all:
	@$(LINT) layers headers sizes limits data packages paths tidy cppcheck

layers: ## check that each module includes only what docs/ARCHITECTURE.md allows
	@scripts/deps.sh test
	@$(LINT) layers

headers: ## check that every header compiles alone, with gcc and with clang
	@scripts/deps.sh check
	@$(LINT) headers

# --- running ---------------------------------------------------------------------------------------------------------------------

run: ## install what is missing, build, ingest samples/ and serve them on 127.0.0.1:8080 (PORT=)
	@scripts/deps.sh build
	@$(MAKE_AGAIN) -j$(JOBS) all
	@scripts/run.sh $(BUILD)/quoted $(DB) $(PORT)

ingest: all ## ingest FILES (samples) into DB (build/quoted-run.db)
	$(BUILD)/quoted ingest --db $(DB) $(or $(FILES),samples)

serve: all ## serve DB (build/quoted-run.db) on 127.0.0.1:8080 (PORT=)
	$(BUILD)/quoted serve --db $(DB) --listen 127.0.0.1:$(PORT)

image: ## build the container image quoted with docker, podman or buildah
	@scripts/image.sh quoted

install: all ## copy the program to /usr/local/bin (PREFIX=, DESTDIR=)
	install -D -m 755 $(BUILD)/quoted $(DESTDIR)$(PREFIX)/bin/quoted
	install -D -m 644 README.md $(DESTDIR)$(PREFIX)/share/doc/quoted/README.md

clean: ## remove everything that was built
	rm -rf $(BUILD)

deps: ## look for the packages that building, testing and checking need, and install with apt-get what is missing
	@scripts/deps.sh check

help: ## list the targets
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

.PHONY: help deps all run ingest serve test check format lint layers headers asan tsan valgrind fuzz coverage eval image install clean
.PHONY: test-programs fuzz-programs generated lint-all bench bench-programs
-include $(shell find $(BUILD) -path $(BUILD)/image -prune -o -type f -name '*.d' -print 2>/dev/null)
