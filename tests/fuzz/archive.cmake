sekisho_fuzzer(fuzz_archive SOURCES fuzz_archive.cpp LINKS format_archive detect)
sekisho_fuzzer(fuzz_verify_archive SOURCES fuzz_verify_archive.cpp LINKS verify_archive sekisho::LIBARCHIVE)
