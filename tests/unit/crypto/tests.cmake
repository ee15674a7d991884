hf_unit_test(crypto/digest USES crypto)
hf_unit_test(crypto/aead USES crypto)
hf_unit_test(crypto/p256 USES crypto Threads::Threads)
hf_unit_test(crypto/random USES crypto)
# The test stands in for the operating system's generator.
target_link_options(test_unit_crypto_random PRIVATE -Wl,--wrap=getrandom)
hf_unit_test(crypto/scrypt USES crypto)
hf_unit_test(crypto/contexts USES crypto Threads::Threads)
