# Real daemons on real sockets. Each test takes six ports of its own, so that they may run together.
foreach(test bad_input bootstrap operator faults crash demo readme workers)
    if(EXISTS ${CMAKE_SOURCE_DIR}/tests/system/test_${test}.py)
        add_test(NAME system/${test} COMMAND python3 ${CMAKE_SOURCE_DIR}/tests/system/test_${test}.py)
        set_tests_properties(system/${test} PROPERTIES TIMEOUT 1200 ENVIRONMENT "BIN=${CMAKE_BINARY_DIR}/bin")
    endif()
endforeach()
