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

# --- flags -----------------------------------------------------------------------------------------------------------------------

PKGS := libmicrohttpd jansson sqlite3 libutf8proc nettle zlib
PKG_CFLAGS := $(shell pkg-config --cflags $(PKGS) 2>/dev/null)
PKG_LIBS := $(shell pkg-config --libs $(PKGS) 2>/dev/null)
CPPFLAGS_ALL = -I. -I$(BUILD)/generated -D_POSIX_C_SOURCE=200809L $(PKG_CFLAGS) $(CPPFLAGS)
WARNINGS = -Wall -Wextra -Wpedantic -Wconversion -Wshadow -Wstrict-prototypes -Wmissing-prototypes -Wwrite-strings -Wvla -Werror
CFLAGS ?= -O2 -g
CFLAGS_ALL = -std=c17 $(WARNINGS) -fno-common -fstack-protector-strong -pthread $(CFLAGS) $(SANITIZE)
LDFLAGS_ALL = $(LDFLAGS) $(SANITIZE) -pthread
LIBS = $(PKG_LIBS) -lm
MAKE_AGAIN = $(MAKE) --no-print-directory

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

$(BUILD)/quoted: $(cli_OBJ) $(call archives,cli)
	$(CC) $(LDFLAGS_ALL) -o $@ $^ $(LIBS)

define archive_rule
$(BUILD)/lib$(1).a: $($(1)_OBJ)
	@rm -f $$@
	ar rcs $$@ $$^
endef
$(foreach m,$(filter-out cli,$(MODULES)),$(eval $(call archive_rule,$(m))))

$(BUILD)/%.o: %.c
	@mkdir -p $(@D)
	$(CC) $(CPPFLAGS_ALL) $(CFLAGS_ALL) -MMD -MP -c -o $@ $<

# Build-time programs, run on the building machine. embed stands on its own, so that it is there before any library.
$(BUILD)/tools/embed: tools/embed.c
	@mkdir -p $(@D)
	$(CC) $(CPPFLAGS_ALL) $(CFLAGS_ALL) $(LDFLAGS_ALL) -o $@ $<

$(BUILD)/tools/%: tools/%.c $(BUILD)/libbase.a
	@mkdir -p $(@D)
	$(CC) $(CPPFLAGS_ALL) $(CFLAGS_ALL) $(LDFLAGS_ALL) -o $@ $< $(BUILD)/libbase.a $(LIBS)

# Files that the program carries as bytes: schema.sql becomes schema_sql[] in generated/schema_sql.h.
$(BUILD)/generated/%_sql.h: %.sql $(BUILD)/tools/embed
	@mkdir -p $(@D)
	$(BUILD)/tools/embed $*_sql <$< >$@

# Order only: the first build does not know yet which file includes it, later ones do.
$(db_OBJ): | $(BUILD)/generated/schema_sql.h

# --- tests -----------------------------------------------------------------------------------------------------------------------

# Unit tests: tests/unit/MODULE/test_*.c, one cmocka program each.
define unit_rule
unit_$(1)_BIN := $$(patsubst tests/unit/%.c,$(BUILD)/unit/%,$$(wildcard tests/unit/$(1)/test_*.c))
$$(unit_$(1)_BIN): $(BUILD)/unit/%: tests/unit/%.c $(call archives,$(1))
	@mkdir -p $$(@D)
	$$(CC) $$(CPPFLAGS_ALL) $$(CFLAGS_ALL) $$(LDFLAGS_ALL) -MMD -MP -o $$@ $$< $(call archives,$(1)) -lcmocka $$(LIBS)
.PHONY: unit-$(1)
unit-$(1): $$(unit_$(1)_BIN)
	@set -e; for test in $$^; do echo "$$$$test"; ./$$$$test; done
endef
$(foreach m,$(filter-out cli,$(MODULES)),$(eval $(call unit_rule,$(m))))

clean: ## remove everything that was built
	rm -rf $(BUILD)

help: ## list the targets
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 16

deps: ## look for the packages that building, testing and checking need, and install with apt-get what is missing
	@scripts/deps.sh check

.PHONY: all clean help deps
-include $(shell find $(BUILD) -name '*.d' 2>/dev/null)
