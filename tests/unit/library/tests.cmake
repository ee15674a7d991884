hf_unit_test(codec/options USES codec_options)
