sekisho_fuzzer(fuzz_odf SOURCES fuzz_odf.cpp LINKS format_odf verify_odf)
sekisho_fuzzer(fuzz_verify_odf SOURCES fuzz_verify_odf.cpp LINKS verify_odf sekisho::LIBARCHIVE)
