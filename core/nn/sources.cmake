set(nn_SOURCES )
