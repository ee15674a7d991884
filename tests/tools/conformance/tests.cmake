# What the documents say: the ledgers name what exists, and the story is told with the same words.
add_test(NAME tools/conformance COMMAND python3 ${CMAKE_SOURCE_DIR}/tools/check_conformance.py)
add_test(NAME tools/story COMMAND ${CMAKE_SOURCE_DIR}/tools/check_story.sh ${CMAKE_BINARY_DIR}/bin)
