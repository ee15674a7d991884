# Programs we did not write, against the real daemon.
add_test(NAME interop/keys COMMAND python3 ${CMAKE_SOURCE_DIR}/tests/interop/test_keys.py)
set_tests_properties(interop/keys PROPERTIES TIMEOUT 300 ENVIRONMENT "BIN=${CMAKE_BINARY_DIR}/bin")
