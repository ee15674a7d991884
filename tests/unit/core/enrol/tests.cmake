hf_library(test_diagram SOURCES ${CMAKE_SOURCE_DIR}/tests/support/diagram.c USES test_support)
hf_unit_test(core/enrol/enrol USES core_enrol test_diagram)
hf_unit_test(core/enrol/enrolment USES core_enrol)
