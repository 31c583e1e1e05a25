set(train_SOURCES )
