# Thin: every rule is a script or CMake. `make help` lists them.
PREFIX ?= /usr/local

.PHONY: all demo check bench fuzz crash install clean help setup

all: setup
	scripts/build release

demo: setup
	scripts/build release bin/handfastd bin/handfast bin/mini-cse
	scripts/demo

check:
	scripts/check

bench:
	scripts/setup bench
	scripts/bench

fuzz:
	scripts/setup fuzz
	scripts/fuzz

crash:
	scripts/setup check
	scripts/build release
	tests/system/test_crash.py --bin build/release/bin --kills 2000

install: all
	cmake --install build/release --prefix $(DESTDIR)$(PREFIX)

clean:
	rm -rf build/dev build/tsan build/release build/fuzz build/*.lock

setup:
	scripts/setup

help:
	@echo 'make          build everything into build/release (installs missing Debian packages first)'
	@echo 'make demo     a provider, two devices and a protected CSE on this machine, in under a minute'
	@echo 'make check    every test: unit, scenario, system, interop, sanitizers, layering, format'
	@echo 'make bench    how fast, as ratios to the bare libraries on this machine'
	@echo 'make fuzz     a fuzzing campaign; SECONDS_EACH=600 for each target'
	@echo 'make crash    2,000 kills of the daemon under load'
	@echo 'make install  into PREFIX (/usr/local)'
	@echo 'make clean    removes the build folders'
