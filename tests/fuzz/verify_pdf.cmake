# format_pdf for the headers of qpdf that clang takes.
sekisho_fuzzer(fuzz_verify_pdf SOURCES fuzz_verify_pdf.cpp LINKS verify_pdf format_pdf)
