sekisho_fuzzer(fuzz_verify_ooxml SOURCES fuzz_verify_ooxml.cpp LINKS verify_ooxml sekisho::LIBARCHIVE)
