add_executable(exporting_server ${CMAKE_SOURCE_DIR}/tests/interop/net/exporting_server.c)
target_include_directories(exporting_server PRIVATE ${CMAKE_SOURCE_DIR}/tests)
target_link_libraries(exporting_server PRIVATE hf_flags net_loop test_tls_pair)
add_test(NAME interop/net/keymatexport
         COMMAND ${CMAKE_SOURCE_DIR}/tests/interop/net/keymatexport.sh
                 $<TARGET_FILE:exporting_server>)
set_tests_properties(interop/net/keymatexport PROPERTIES TIMEOUT 120)
