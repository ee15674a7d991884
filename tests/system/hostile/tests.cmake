# Peers that misbehave towards a real daemon. Each test takes six ports of its own.
foreach(test upstream intruders vanishing)
    add_test(NAME system/hostile_${test} COMMAND python3 ${CMAKE_CURRENT_LIST_DIR}/test_${test}.py)
    set_tests_properties(system/hostile_${test} PROPERTIES TIMEOUT 600 ENVIRONMENT "BIN=${CMAKE_BINARY_DIR}/bin")
endforeach()
