set(search_SOURCES analogy.cpp analogy_questions.cpp analogy_search.cpp approximate_neighbors.cpp candidate_lists.cpp cell_index.cpp comparable_rows.cpp
  correlation.cpp distinct_rows.cpp evaluation_words.cpp exact_neighbors.cpp exact_ranks.cpp formula.cpp lloyd.cpp nearest_candidates.cpp neighbor_graph.cpp
  neighbors.cpp packed_rows.cpp pair_product.cpp search_cells.cpp similarity.cpp text_line.cpp upper_case.cpp upper_case_table.cpp
  word_pairs.cpp)
