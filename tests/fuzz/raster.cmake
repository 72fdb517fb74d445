sekisho_fuzzer(fuzz_raster SOURCES fuzz_raster.cpp LINKS format_raster verify_image)
