set(search_SOURCES analogy.cpp analogy_questions.cpp analogy_search.cpp candidate_lists.cpp comparable_rows.cpp
  correlation.cpp distinct_rows.cpp evaluation_words.cpp exact_neighbors.cpp formula.cpp nearest_candidates.cpp neighbor_graph.cpp
  neighbors.cpp packed_rows.cpp pair_product.cpp similarity.cpp text_line.cpp upper_case.cpp upper_case_table.cpp
  word_pairs.cpp)
