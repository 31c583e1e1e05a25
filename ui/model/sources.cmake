set(model_SOURCES autosave.cpp axes_map.cpp document.cpp document_rest.cpp import_preview.cpp map_coordinates.cpp map_job.cpp map_run.cpp pca_map.cpp neighbors_model.cpp
  preflight.cpp preview_table_model.cpp ratings_guess.cpp recommender_run.cpp rest_loader.cpp sample.cpp selection.cpp
  sentence_probe.cpp session_history.cpp session_keeper.cpp session_map.cpp session_open.cpp session_save.cpp table_repair.cpp
  table_snapshot.cpp training_run.cpp vocabulary_filter.cpp vocabulary_model.cpp)
list(APPEND model_SOURCES map_quality_run.cpp neighbour_check.cpp placed_points.cpp table_top.cpp text_vector.cpp)
