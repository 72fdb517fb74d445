sekisho_fuzzer(fuzz_pages SOURCES fuzz_pages.cpp LINKS format_pages verify_pdf)
