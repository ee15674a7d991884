# The manual page of the configuration comes from the option rows.
hf_program(config_manual SOURCES ${CMAKE_SOURCE_DIR}/tools/config_manual.c USES daemon_config)
add_test(NAME tools/manual COMMAND ${CMAKE_SOURCE_DIR}/tools/check_manual.sh
         $<TARGET_FILE:config_manual> ${CMAKE_SOURCE_DIR}/man/handfast.yaml.5)
