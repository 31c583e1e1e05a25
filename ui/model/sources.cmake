set(model_SOURCES document.cpp map_coordinates.cpp preflight.cpp ratings_guess.cpp recommender_run.cpp sample.cpp selection.cpp sentence_probe.cpp table_snapshot.cpp training_run.cpp vocabulary_filter.cpp vocabulary_model.cpp neighbors_model.cpp)
list(APPEND model_SOURCES document_rest.cpp rest_loader.cpp import_preview.cpp preview_table_model.cpp table_repair.cpp)
