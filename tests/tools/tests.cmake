# The tree itself: who includes whom, and how it is written.
add_test(NAME tools/layering COMMAND python3 ${CMAKE_SOURCE_DIR}/tools/layering.py)
add_test(NAME tools/layering_finds COMMAND python3 ${CMAKE_SOURCE_DIR}/tests/tools/test_layering.py)
add_test(NAME tools/format COMMAND ${CMAKE_SOURCE_DIR}/tools/check_format.sh)
