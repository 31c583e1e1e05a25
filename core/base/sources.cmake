set(base_SOURCES error.cpp large_pages.cpp parallel.cpp random.cpp strings.cpp)
# A seed gives the same numbers on every machine: no fused multiply-add where the compiler could choose one.
set_source_files_properties(base/random.cpp PROPERTIES COMPILE_OPTIONS -ffp-contract=off)
