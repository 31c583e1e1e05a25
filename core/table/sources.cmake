set(table_SOURCES embedding_table.cpp statistics.cpp vocabulary.cpp weights.cpp)
list(APPEND table_SOURCES repair.cpp row_subset.cpp)
