# Every habit has a target; `make help` lists them.
SHELL := /bin/sh
PYTHON := .venv/bin/python
DIEMCAU_HOME ?= $(CURDIR)/var
export DIEMCAU_HOME
#: Tests that need neither speech engines, a browser, Prosody nor the whole installation, and take no seconds each.
QUICK := not speech and not browser and not prosody and not journey and not slow

#: Side by side on as many cores as there are, at most four: each has a database server of its own.
PYTEST := $(PYTHON) -m pytest -n logical --maxprocesses 4 --dist loadscope

.DEFAULT_GOAL := help
.PHONY: load leaks audit-parts chaos two-hosts axe guides journeys fuzz sbom help environment frontend system system-font system-test weights demo up down status test jitsi-probe quick check bench bench-web bench-minutes upload-proof translations format lock hashes clean wipe

help: ## list the targets
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{ printf "  %-12s %s\n", $$1, $$2 }'

environment: ## make or renew .venv from the pinned lists
	@./diemcau environment

frontend: ## bundle third-party scripts (sound, notice editor) with npm (once more where an earlier try did not succeed)
	@web/frontend/build.sh again

system: system-test ## install the system packages that no wheel can replace (or print the command)

system-font: environment
	@deploy/system-packages.sh font

system-test: environment
	@deploy/system-packages.sh font browser prosody pdfsig token

weights: environment ## assemble and check the speech models in the data folder
	@$(PYTHON) -m transcription.weights "$(DIEMCAU_HOME)/weights"

demo: system-font ## the whole journey on the sample recording; leaves its papers in out/
	@./diemcau demo

up: system-font ## all services with the sample data at http://127.0.0.1:8000, until Ctrl-C
	@./diemcau up --sample

down: environment ## stop the services
	@./diemcau down

status: environment ## health of each service
	@./diemcau status

test: system-test weights ## all tests, with the real engines, a real browser and a real Prosody
	@$(PYTEST) --durations=25

jitsi-probe: environment ## prove a RUNNING Jitsi site: make jitsi-probe ARGS="--domain … --room … --seats N"
	@./diemcau jitsi-probe $(ARGS)

quick: environment ## the tests that take seconds
	@$(PYTEST) -q -m "$(QUICK)"

check: environment ## every gate: style, format, types, direction of imports, sizes, quick tests
	@$(PYTHON) -m ruff check .
	@$(PYTHON) -m ruff format --check .
	@$(PYTHON) -m mypy
	@.venv/bin/lint-imports
	@$(PYTHON) .ci/sizes.py
	@$(PYTEST) -q -m "$(QUICK)"

bench: weights ## ours beside three other systems in one run: a JSON line each, pictures in benchmarks/out (ARGS="--folder …")
	@test -x "$(DIEMCAU_HOME)/whisperx/bin/python" || $(PYTHON) -m benchmarks.speech.whisperx "$(DIEMCAU_HOME)/whisperx" || true
	@$(PYTHON) -m benchmarks.speech --weights "$(DIEMCAU_HOME)/weights" --whisperx "$(DIEMCAU_HOME)/whisperx" $(ARGS)

bench-web: environment ## every screen with a year of data: times and queries, as a table
	@$(PYTHON) -m benchmarks.web

load: environment ## 200 signed-in people over a working day's mix against the web server, beside a bare page (ARGS="--users …")
	@$(PYTHON) -m benchmarks.load $(ARGS)

bench-minutes: environment ## how well conclusions are understood (MEETINGS="FOLDER…"; HEARD=FOLDER also as our recogniser hears them)
	@$(if $(HEARD),$(MAKE) weights,true)
	@$(PYTHON) -m benchmarks.minutes $(foreach folder,tests/data/demo $(MEETINGS),--meetings $(folder)) $(if $(HEARD),--heard "$(HEARD)" --weights "$(DIEMCAU_HOME)/weights")

translations: environment ## bring the English catalogue in line with the sources; names what has no English yet
	@$(PYTHON) -m web.languages

upload-proof: system-test frontend ## 2 GB over a line that breaks and a server that is killed; the server's memory (MB=…)
	@DIEMCAU_UPLOAD_PROOF_MB=$(or $(MB),2048) $(PYTHON) -m pytest -q -s tests/web/uploads/test_proof.py

fuzz: environment ## bad input to hooks, links, uploads and the API: INPUTS=10000, SEED=… repeats a run
	@DIEMCAU_FUZZ=$(or $(INPUTS),10000) $(if $(SEED),DIEMCAU_FUZZ_SEED=$(SEED)) $(PYTHON) -m pytest -q -s tests/fuzz

journeys: system-test ## every user's way on screen, on a desk and a telephone, in both languages
	@DIEMCAU_JOURNEYS=all $(PYTHON) -m pytest -q tests/web/walks

guides: system-test ## take the pictures of docs/huong-dan anew
	@DIEMCAU_GUIDES=1 $(PYTHON) -m pytest -q tests/web/walks -k desk-vi

axe: system-test ## axe on every page as every role, light and dark, desk and telephone
	@DIEMCAU_AXE=all $(PYTHON) -m pytest -q -s tests/web/axe

chaos: environment ## kill everything at random under running meetings: KILLS=100, SEED=… repeats a run; report at the end
	@$(PYTHON) -m tests.chaos --kills $(or $(KILLS),100) $(if $(SEED),--seed $(SEED)) $(ARGS)

two-hosts: environment ## two hosts with workers in networks of their own, one cut off and back (takes root)
	@$(PYTHON) -m tests.chaos.two_hosts $(ARGS)

sbom: environment ## list of all parts with versions (CycloneDX) in out/sbom.json
	@mkdir -p out
	@.venv/bin/cyclonedx-py requirements --output-reproducible --of JSON -o out/sbom.json requirements.txt
	@echo out/sbom.json

leaks: environment ## secrets in tracked files, by the forms that tokens and keys have; asks nobody
	@$(PYTHON) .ci/leaks.py

audit-parts: environment ## known weaknesses of the pinned parts: ASKS a public service about each, where that may be
	@test -x "$(DIEMCAU_HOME)/audit/bin/pip-audit" || (python3 -m venv "$(DIEMCAU_HOME)/audit" && \
		"$(DIEMCAU_HOME)/audit/bin/pip" install --quiet pip-audit==2.10.1)
	@"$(DIEMCAU_HOME)/audit/bin/pip-audit" --strict --no-deps --disable-pip -r requirements.txt $(ARGS)

format: environment ## put imports and lines in order
	@$(PYTHON) -m ruff check --select I --fix .
	@$(PYTHON) -m ruff format .

lock: environment ## compile requirements.in into the pinned requirements.txt
	@$(PYTHON) -m piptools compile --quiet --output-file requirements.txt --no-emit-index-url --no-emit-find-links \
		--no-emit-trusted-host --strip-extras --allow-unsafe --no-annotate --no-header requirements.in
	@# The CPU build of torch needs no triton, and its local version name exists on some indexes only.
	@sed -i -e '/^triton==/d' -e 's/+cpu$$//' requirements.txt
	@$(MAKE) hashes

hashes: ## the pinned list with the hashes of its files, as this machine's index has them: requirements-hashes.txt
	@test -x "$(DIEMCAU_HOME)/lock/bin/uv" || (python3 -m venv "$(DIEMCAU_HOME)/lock" && \
		"$(DIEMCAU_HOME)/lock/bin/pip" install --quiet uv==0.13.9)
	@"$(DIEMCAU_HOME)/lock/bin/python" deploy/hashes.py "$(DIEMCAU_HOME)/lock/bin/uv"

clean: ## remove the environment, caches and results; the data stays
	@rm -rf .venv out .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +

wipe: ## delete ALL data of this installation, after asking (WIPE=yes answers)
	@deploy/wipe.sh "$(DIEMCAU_HOME)"
