hf_unit_test(codec/content USES codec)
hf_unit_test(codec/documents USES codec)
hf_unit_test(codec/published USES codec PkgConfig::JANSSON)
