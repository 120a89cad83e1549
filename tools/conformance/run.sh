#!/bin/sh
# Runs the Array API standard's conformance suite against Ebb: prints what fails and the counts in scope.
#
#     git clone --recurse-submodules https://github.com/data-apis/array-api-tests SUITE
#     tools/conformance/run.sh SUITE [arguments for pytest]
#
# Needs a built @ebb/core and @ebb/pager, and a Python (named by PYTHON, default python3) with pytest and
# hypothesis ≥ 6.151; for pytest-json-report and ndindex there are stand-ins in shims/, used where they are missing.
# ARRAY_API_TESTS_MODULE and ARRAY_API_TESTS_VERSION may name another module or version than ebb and 2024.12.
# The suite is copied and suite.patch applied to the copy: it cannot be collected without complex dtypes.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
suite=${1:?the folder of a clone of array-api-tests}
shift
copy=$(mktemp -d)
trap 'rm -rf "$copy"' EXIT
cp -r "$suite/." "$copy"
cd "$copy"
patch -p1 --quiet <"$here/suite.patch"
python=${PYTHON:-python3}
stub=$("$python" -c 'import pytest_jsonreport' 2>/dev/null || echo '-p pytest_jsonreport')
ARRAY_API_TESTS_MODULE=${ARRAY_API_TESTS_MODULE:-ebb} ARRAY_API_TESTS_VERSION=${ARRAY_API_TESTS_VERSION:-2024.12} \
  ARRAY_API_TESTS_SKIP_DTYPES=complex64,complex128 \
  PYTHONPATH="$here:$here/shims" "$python" -m pytest $stub -p scope -q --disable-deadline --ignore meta_tests "$@"
