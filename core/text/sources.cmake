set(text_SOURCES class_names.cpp code_points.cpp columns.cpp data_set.cpp format_guess.cpp json_rows.cpp labelled_text.cpp
  rating_layout.cpp ratings.cpp records.cpp row_readers.cpp symbol_rules.cpp text_file.cpp tokenizer.cpp training_vocabulary.cpp unicode_tables.cpp word_rules.cpp)
