set(search_SOURCES analogy.cpp analogy_questions.cpp analogy_search.cpp correlation.cpp evaluation_words.cpp formula.cpp
  neighbor_graph.cpp neighbors.cpp similarity.cpp text_line.cpp upper_case.cpp upper_case_table.cpp word_pairs.cpp)
