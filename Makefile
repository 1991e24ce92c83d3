# `make run` and `make test` are all a newcomer needs; each step is a line of dev.py, which works without make, too.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin/python

.PHONY: run test setup check quality bench volume soak clean

$(BIN):
	$(PYTHON) -m venv $(VENV)

run test setup check quality bench volume soak: $(BIN)
	$(BIN) dev.py $@

clean:
	rm -rf $(VENV) var build dist
