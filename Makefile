# make run : la démonstration sur http://localhost:8000 (make run PORT=8001 pour un autre port)
# make test : tout vérifier        make unit : les tests rapides        make dev : développer avec rechargement à chaud
# make bench : mesurer             make lock : refaire les verrous      make clean : enlever ce qui se refait (pas les données)

PYTHON ?= python3
ENVIRONMENT := $(PYTHON) deploy/environment.py
BIN := .venv/bin

.PHONY: run test unit dev bench lint lock clean

run:
	@$(ENVIRONMENT) runtime
	@exec $(BIN)/portail demo

dev:
	@$(ENVIRONMENT) runtime
	@exec $(BIN)/portail dev

test:
	@$(ENVIRONMENT) tests
	@$(MAKE) --no-print-directory lint unit
	@$(BIN)/python -m pytest -m system

unit:
	@$(ENVIRONMENT) tests
	@$(BIN)/python -m pytest -m "not system" --numprocesses logical

lint:
	@$(ENVIRONMENT) tests
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/lint-imports
	@$(BIN)/mypy

bench:
	@$(ENVIRONMENT) tests
	@$(BIN)/python -m bench

lock:
	@$(ENVIRONMENT) tests
	@$(BIN)/portail lock

clean:
	rm -rf .venv .web build .states .mypy_cache .ruff_cache .pytest_cache .import_linter_cache
