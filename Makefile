# `make score` and `make test` need only Python >= 3.10, make and the package index.
PYTHON ?= python3
CORPORA ?= ../shared/corpora
BIN := .venv/bin
READY := .venv/.ready

.PHONY: score test test-slow lint format retrain accuracy clean

$(READY): pyproject.toml
	$(PYTHON) -m venv .venv
	$(BIN)/pip install --quiet --disable-pip-version-check --editable ".[dev]"
	touch $@

score: $(READY)  ## score the examples
	$(BIN)/hedge score examples/*.txt

lint: $(READY)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

test: lint  ## lint, types and all tests but the slow ones
	$(BIN)/pytest

test-slow: lint
	$(BIN)/pytest -m ""

format: $(READY)
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

retrain: $(READY)  ## rebuild models/general from corpora/ and $(CORPORA), and say whether it differs
	$(BIN)/hedge train --quiet --force --name general --output build/general --corpus records=corpora \
	  --corpus bioscope=$(CORPORA)/bioscope --corpus science=$(CORPORA)/science_certainty \
	  --corpus uds=$(CORPORA)/uds_ih2 --corpus wikiweasel=$(CORPORA)/wikiweasel
	@if diff -r build/general models/general; then echo "models/general: no difference"; \
	else rm -rf models/general && cp -r build/general models/general && echo "models/general: replaced"; fi

accuracy: $(READY)  ## every figure of benchmarks/accuracy.md
	$(BIN)/python benchmarks/accuracy.py --corpora $(CORPORA)

clean:
	rm -rf .venv .pytest_cache .mypy_cache .ruff_cache .hypothesis dist build
