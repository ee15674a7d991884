hf_unit_test(secure_environment/soft/sealed_file USES secure_environment_soft)
hf_unit_test(secure_environment/soft/power_cut USES secure_environment_soft)
# The test stands between the sealed file and the system.
foreach(call openat write fsync close renameat2 unlinkat flock)
    target_link_options(test_unit_secure_environment_soft_power_cut PRIVATE -Wl,--wrap=${call})
endforeach()
