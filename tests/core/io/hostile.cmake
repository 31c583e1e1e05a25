# Readers against odd and damaged bytes, writers against sudden death. The fuzz targets are those of tests/fuzz.
include(${PROJECT_SOURCE_DIR}/tests/fuzz/targets.cmake)
list(TRANSFORM FUZZ_TARGETS REPLACE "(.+)" "${PROJECT_SOURCE_DIR}/tests/fuzz/\\1.cpp" OUTPUT_VARIABLE fuzz_sources)
set(checks ${PROJECT_SOURCE_DIR}/tests/fuzz/table_check.cpp)
set(mutations ${checks} ${PROJECT_SOURCE_DIR}/tests/support/mutations.cpp
  ${PROJECT_SOURCE_DIR}/tests/support/heap_meter.cpp)
embedscope_add_test(tst_odd_text LIBS embedscope_core Qt6::Core LABELS core)
embedscope_add_test(tst_findings SOURCES ${checks} ${fuzz_sources} LIBS embedscope_core Qt6::Core LABELS core)
set(other_readers metadata preview ratings sentences session tensor_file)
list(TRANSFORM other_readers REPLACE "(.+)" "${PROJECT_SOURCE_DIR}/tests/fuzz/\\1.cpp")
embedscope_add_test(tst_mutations SOURCES ${mutations} ${other_readers} LIBS embedscope_core Qt6::Core LABELS core)
embedscope_add_test(tst_mutations_real SOURCES ${mutations} LIBS embedscope_core Qt6::Core LABELS core slow)
embedscope_add_test(tst_kill_writers LIBS embedscope_core Qt6::Core LABELS core slow)
embedscope_add_test(tst_every_file LIBS embedscope_core Qt6::Core LABELS core slow)
