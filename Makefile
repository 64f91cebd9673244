# `make score` and `make test` need only Python >= 3.10, make and the package index.
PYTHON ?= python3
CORPORA ?= ../shared/corpora
BIN := .venv/bin
READY := .venv/.ready
TOOLS := .venv/.tools

.PHONY: docs score test test-slow lint format retrain accuracy found speed clean

$(READY): pyproject.toml
	$(PYTHON) -m venv .venv
	$(BIN)/pip install --quiet --disable-pip-version-check --editable .
	$(BIN)/python -m compileall -q hedge
	touch $@

$(TOOLS): $(READY)
	$(BIN)/pip install --quiet --disable-pip-version-check --editable ".[dev]"
	touch $@

score: $(READY)  ## score the examples
	$(BIN)/hedge score examples/*.txt

lint: $(TOOLS)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

test: lint  ## lint, types and all tests but the slow ones
	$(BIN)/pytest

test-slow: lint
	$(BIN)/pytest -m ""

format: $(TOOLS)
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

GENERAL := records=corpora labels=$(CORPORA) bioscope=$(CORPORA)/bioscope science=$(CORPORA)/science_certainty \
  uds=$(CORPORA)/uds_ih2 wikiweasel=$(CORPORA)/wikiweasel
BIOMEDICAL := bioscope=$(CORPORA)/bioscope
ENCYCLOPEDIA := wikiweasel=$(CORPORA)/wikiweasel records=corpora

# $(call train,NAME,READER=PATH ...): train, say whether models/NAME differs, and replace it
define train
	$(BIN)/hedge train --quiet --force --only --name $(1) --output build/$(1) $(addprefix --corpus ,$(2))
	@if diff -rq build/$(1) models/$(1); then echo "models/$(1): no difference"; \
	else rm -rf models/$(1) && cp -r build/$(1) models/$(1) && echo "models/$(1): replaced"; fi
endef

# The general model first: models whose corpora mark no holders take its sources.
retrain: $(READY)  ## rebuild models/ from corpora/ and $(CORPORA), and say which differ
	awk 'NR % 179 == 90' corpora/*.jsonl > hedge/rehearsal.jsonl
	$(call train,general,$(GENERAL))
	$(call train,biomedical,$(BIOMEDICAL))
	$(call train,encyclopedia,$(ENCYCLOPEDIA))

accuracy: $(READY)  ## every figure of benchmarks/accuracy.md
	$(BIN)/python benchmarks/accuracy.py --corpora $(CORPORA)

found: $(READY)  ## judge texts that come with other packages, which it fetches, by labels of our own
	$(BIN)/pip download --quiet --no-deps --dest build/found gensim==4.4.0
	$(BIN)/pip download --quiet --no-deps --no-binary :all: --dest build/found vaderSentiment==3.3.2 alpaca_eval==0.6.6
	$(BIN)/python benchmarks/found.py --gensim build/found/gensim-*.whl --vader build/found/vaderSentiment-*.tar.gz \
		--alpaca build/found/alpaca_eval-*.tar.gz --output benchmarks/found.md

speed: $(READY)  ## the table of benchmarks/speed.md, with what else is installed (pip install -e ".[benchmark]")
	$(BIN)/python benchmarks/speed.py --corpora $(CORPORA)

docs: $(TOOLS)  ## docs/cli.md and the output shown in the pages, from the code
	$(BIN)/python docs/reference.py
	$(BIN)/python docs/examples.py

clean:
	rm -rf .venv .pytest_cache .mypy_cache .ruff_cache .hypothesis dist build
