# Two commands do everything on a machine that has Python (3.11 or later), pip, venv and make:
#   make certify   builds .venv, proves the main cases, writes certificates and reports into reports/
#   make test      builds .venv, runs the suite; what other programs make of the repository: make builds
# Another Python: make PYTHON=python3.13 test

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed
ROOMS := $(wildcard verified_grpo tests benchmarks soak)

# One process works on one core: the suite brings its own parallelism.
export OPENBLAS_NUM_THREADS := 1
export OMP_NUM_THREADS := 1
export PIP_DISABLE_PIP_VERSION_CHECK := 1
# Compiled once for all: the tests start hundreds of processes, and each would compile the package anew.
unexport PYTHONDONTWRITEBYTECODE

# The virtual environment is built once and again whenever the lock changes.
.PHONY: help certify test builds lint types coq vcheck programs installs release bench lock clean atlases browser runtime manual site soak coverage example-trl
.DELETE_ON_ERROR:

help:
	@echo "make certify | test | builds | lint | types | coq | vcheck | programs | installs | release | manual | site | browser | runtime | soak | coverage | bench | example-trl | clean   (lock: resolve requirements.lock anew)"

$(STAMP): requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "verified-grpo needs Python 3.11 or later; say which: make PYTHON=python3.x" >&2; exit 1; }
	rm -rf $(VENV)
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --no-deps --no-build-isolation --editable .
	for link in atlases proofs; do test -e $$link || ln -s verified_grpo/$$link $$link; done # an archive has no links
	touch $@

certify: $(STAMP)
	$(BIN)/verified-grpo certify --out reports --jobs 2

test: $(STAMP)
	$(BIN)/python -m pytest -n 2 --dist worksteal -m "not soak and not build"

# The rest of the suite: what Coq's kernel and the proved checker say of certificates, the manual by Sphinx, its
# notebooks by Jupyter.
builds: $(STAMP)
	$(BIN)/python -m pytest -n 2 --dist worksteal -m "build and not soak" tests

lint: $(STAMP)
	$(BIN)/ruff check .
	$(BIN)/mypy $(ROOMS)

# A user's program as pyright reads it; without npm nothing is asked.
types: $(STAMP)
	@command -v npm >/dev/null || { echo "no npm here: pyright is not asked" >&2; exit 0; }; \
	  npm exec --yes --package pyright@1.1.414 -- pyright --pythonpath $(BIN)/python tests/notebook/program.py

# The programs and guesses that SymPy derives, written down again; a test compares.
programs: $(STAMP)
	$(BIN)/python -m verified_grpo.model.deriving

# The library of proofs/coq by Coq's kernel, and on top of it every certificate that has an export, ending with the
# axioms used; Debian's packages are installed when missing.
coq: $(STAMP)
	rm -rf build/twins
	$(BIN)/verified-grpo export --coq reports/certificates/*.json --out build/twins --manifest build/twins.json
	$(BIN)/python -m verified_grpo.export.sample build/twins build/sample
	verified_grpo/proofs/coq/compile.sh build/coq build/$(if $(filter all,$(TWINS)),twins,sample)

# The checker that is proved in Coq, as a program in the user's cache, on top of the library that `make coq` compiled.
vcheck: $(STAMP)
	$(BIN)/python -m verified_grpo.export.proved $(wildcard build/coq/library)

# The tests in tests/browser open the HTML reports in Debian's chromium; without it they are skipped.
browser:
	@command -v chromium >/dev/null && command -v chromedriver >/dev/null || \
	  if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
	    apt-get update -qq && apt-get install -y -qq --no-install-recommends chromium chromium-driver >/dev/null \
	      || echo "chromium could not be installed" >&2; \
	  else echo "no chromium here, and no right to install it: the browser's tests will be skipped" >&2; fi

# Python for pages, into the user's cache: Pyodide by npm, its libraries by pip. Without it the tests of pages that check or
# prove are skipped.
runtime: $(STAMP)
	@command -v npm >/dev/null || \
	  if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
	    apt-get update -qq && apt-get install -y -qq --no-install-recommends npm >/dev/null || true; fi
	@$(BIN)/python -m verified_grpo.laboratory || echo "the tests of pages that check or prove will be skipped" >&2

# The longer variants of the suite's tests, then attacks, planted faults, containment, fuzzing: seconds and seed may be given; it goes on where it stopped, writes
# docs/trust.md. Without a wheel of the fuzzer the rest runs all the same.
SOAK_SECONDS ?= 3600
SOAK_SEED ?= 2026
soak: $(STAMP)
	$(BIN)/python -m pip install --quiet atheris==3.0.0 || echo "no fuzzer for this machine" >&2
	$(BIN)/python -m pytest -q -n 2 --dist worksteal -m "soak or hypothesis" --hypothesis-profile soak tests
	$(BIN)/python -m soak --budget $(SOAK_SECONDS) --seed $(SOAK_SEED)

# Branches of the checker and of the intervals that the tests do not see; none may be left.
# The tests by the million are left out: they repeat what the others do.
coverage: $(STAMP)
	$(BIN)/python -m coverage run -m pytest -q -p no:cacheprovider tests/checker tests/intervals tests/atlas \
	  --ignore tests/intervals/test_containment_mpmath.py --ignore tests/intervals/test_containment_arb.py
	$(BIN)/python -m coverage report

# The manual, out of docs/ and the docstrings; a warning is an error.
manual: $(STAMP)
	$(BIN)/python -m sphinx -W --keep-going -b html -q docs build/manual
	@echo "manual: build/manual/index.html"

# Manual, reports and laboratory as one folder of plain files: the manual's examples lead into the laboratory, the
# certificates' report checks itself.
site: $(STAMP)
	rm -rf build/site
	mkdir -p build/site/reports
	$(BIN)/python -m sphinx -W --keep-going -b html -q -D laboratory=../laboratory/index.html docs build/site/manual
	rm -rf build/site/manual/.doctrees build/site/manual/.buildinfo
	cp reports/*.html build/site/reports
	$(BIN)/verified-grpo report reports/certificates/*.json --format html --with-checker --out build/site/checked
	$(BIN)/verified-grpo serve --out build/site/laboratory
	cp docs/site.html build/site/index.html
	@echo "site: verified-grpo serve build/site"

# The peers that the benchmark compares with are never dependencies: they live beside the suite only here.
bench: $(STAMP)
	$(BIN)/python -m pip install --quiet codac==2.1.2 pyintval==0.3.0
	$(BIN)/python -m benchmarks
	$(BIN)/python -m benchmarks.atlas
	$(BIN)/python -m benchmarks.contours
	$(BIN)/python -m benchmarks.pass_rates
	$(BIN)/python -m benchmarks.small_steps
	$(BIN)/python -m benchmarks.pavings

# The wheels and the source archive, built and tried in fresh environments; with PYTHONS, on other Pythons, too.
installs: $(STAMP)
	$(BIN)/python .ci/installs $(PYTHONS)

# What is released, in dist/: built, read by who knows an index's rules, tried on each Python with every command.
release: $(STAMP)
	$(BIN)/python .ci/release $(PYTHONS)

# The standard atlases with their pictures; some minutes each.
atlases: $(STAMP)
	$(BIN)/python -m verified_grpo.atlases.make --jobs 2

# TRL's own trainer against the certificates, in an environment of its own: the callback's tests, the runs' logs anew,
# then the tables of the example's page and the figure. On one core a run takes half a minute, all thirty-four twenty minutes.
example-trl: $(STAMP)
	$(PYTHON) -m venv $(VENV)-trl
	$(VENV)-trl/bin/python -m pip install --quiet -r examples/trl/requirements.txt
	$(VENV)-trl/bin/python -m pip install --quiet pytest --editable .[tables]
	$(VENV)-trl/bin/python -m pytest -q --noconftest -p no:cacheprovider tests/integrations
	$(VENV)-trl/bin/python examples/trl/train.py --again
	$(BIN)/python examples/trl/compare.py --write

lock:
	$(PYTHON) -m venv $(VENV)-lock
	$(VENV)-lock/bin/python -m pip install --quiet pip-tools
	$(VENV)-lock/bin/pip-compile --quiet --upgrade --generate-hashes --allow-unsafe --strip-extras \
	  --no-header --no-annotate --no-emit-options --no-emit-index-url --no-emit-find-links --no-emit-trusted-host \
	  --extra tables --extra report --extra paper --extra test --extra lint --extra docs --build-deps-for editable --output-file $(VENV)-lock/pinned pyproject.toml
	{ grep '^#' requirements.lock; grep -v '^ *#' $(VENV)-lock/pinned | grep .; } > requirements.lock.new
	mv requirements.lock.new requirements.lock
	rm -rf $(VENV)-lock

clean:
	rm -rf $(VENV) $(VENV)-lock $(VENV)-trl build dist *.egg-info .pytest_cache .mypy_cache .ruff_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
