set(text_SOURCES code_points.cpp symbol_rules.cpp tokenizer.cpp unicode_tables.cpp word_rules.cpp)
