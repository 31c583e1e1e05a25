set(train_SOURCES checkpoint.cpp gradient_norm.cpp live_settings.cpp metrics.cpp option_fields.cpp project_config.cpp
  pytorch_project.cpp replay.cpp restored_run.cpp row_backup.cpp run.cpp text_classifier.cpp train_options.cpp trainer.cpp
  rating_split.cpp recommender.cpp recommender_baselines.cpp recommender_loss.cpp recommender_metrics.cpp recommender_options.cpp
  recommender_tables.cpp recommender_trainer.cpp)
list(APPEND train_SOURCES word_vector_batch.cpp word_vector_corpus.cpp word_vector_hogwild.cpp word_vector_kernel.cpp
  word_vector_options.cpp word_vector_sampling.cpp word_vectors.cpp)
