hf_unit_test(cli/command USES cli)
hf_unit_test(cli/table USES cli)
