sekisho_fuzzer(fuzz_zip SOURCES fuzz_zip.cpp LINKS format_zip_container)
