set(train_SOURCES live_settings.cpp metrics.cpp text_classifier.cpp train_options.cpp trainer.cpp run.cpp replay.cpp)
