set(model_SOURCES document.cpp map_coordinates.cpp sample.cpp selection.cpp table_snapshot.cpp training_run.cpp vocabulary_filter.cpp vocabulary_model.cpp neighbors_model.cpp)
