set(table_SOURCES embedding_table.cpp repair.cpp statistics.cpp vocabulary.cpp)
