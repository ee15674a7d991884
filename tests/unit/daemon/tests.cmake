hf_unit_test(daemon/half_open USES daemon)
hf_unit_test(daemon/config USES daemon_config)
